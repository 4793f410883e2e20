/* table.h - a small plan, and a scenario from a text: what the tests of this room lay on the table. */
#ifndef MU_TESTS_SCENARIO_TABLE_H
#define MU_TESTS_SCENARIO_TABLE_H

#include <stdio.h>
#include <string.h>

#include "plan/schema.h"
#include "scenario/codes.h"
#include "scenario/scenario.h"

#include "test.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static const char table_plan[] = "muster: 1\n"
                                 "organisation: {name: Weir, timezone: Europe/Dublin}\n"
                                 "plan: {title: Plan}\n"
                                 "people: {ana: {name: Ana}, bo: {name: Bo}}\n"
                                 "teams: {desk: {members: [ana, bo]}}\n"
                                 "roles: {commander: {holders: [ana]}, counsel: {holders: [bo]}}\n"
                                 "channels: {phone: {kind: telephone}, mail: {kind: mail}}\n"
                                 "externals: {lab: {organisation: Lab, kind: retainer}}\n"
                                 "dependencies: {signon: {kind: identity_provider}}\n"
                                 "assets: {till: {criticality: high}}\n"
                                 "resources: {tools: {console: {owner: role:commander}}}\n"
                                 "raci: {isolate: {R: commander}, restore: {R: commander}}\n"
                                 "phases: {hold_still: {lead: commander}}\n"
                                 "severities: {sev1: {rank: 1, when: {any: [ransom_demand]}}}\n"
                                 "playbooks: {lockup: {covers: [ransomware], steps: [{id: one, action: isolate}]}}\n"
                                 "facts: {cut_off: the intruder is out}\n";

/* The header of an exercise, on one line, so that what follows begins on line 2. */
#define HEAD "exercise { title = 'T', starts = '2026-03-06 17:40', lasts = '3h', objectives = { 'one: First' } }\n"
#define QUESTION "question 'q' { to = 'commander', asks = 'What?', answers = { 'yes: Yes', 'no: No' }, at = '1m' }\n"
#define INJECT "inject 'i' { to = 'commander', says = 'Look', at = '0m' }\n"

typedef struct table {
    mu_tree *plan;
    mu_diags *diags;
    mu_scenario *scenario; /* NULL where there was an error */
    mu_buf said;           /* "line:column code text (help)" for each diagnostic */
} table;

/* Every code that is ever said can be explained. */
static void table_explains(int code)
{
    const mu_code *c = mu_scenario_codes;
    while (c->code && c->code != code)
        c++;
    if (!c->code)
        fail_msg("MU%d has no explanation", code);
}

static table table_lay(const char *source)
{
    table t = {.diags = mu_diags_new()};
    const mu_diag *list;
    t.plan = mu_tree_read_bytes("plan.yaml", table_plan, sizeof table_plan - 1, t.diags);
    mu_schema_read(t.plan, t.diags);
    assert_int_equal(mu_diags_count(t.diags, MU_ERROR), 0);
    t.scenario =
        mu_scenario_run_script(mu_script_read_bytes("s.lua", source, strlen(source), t.diags), t.plan, t.diags);
    size_t count = mu_diags_list(t.diags, &list);
    for (size_t i = 0; i < count; i++) {
        table_explains(list[i].code);
        mu_buf_printf(&t.said, "%d:%d %d ", list[i].at.line, list[i].at.column, list[i].code);
        mu_buf_safe(&t.said, list[i].text, strlen(list[i].text), 400);
        mu_buf_printf(&t.said, " (%s)\n", list[i].help ? list[i].help : "");
    }
    mu_buf_add(&t.said, "", 0);
    return t;
}

static void table_clear(table *t)
{
    mu_scenario_free(t->scenario);
    mu_tree_free(t->plan);
    mu_diags_free(t->diags);
    mu_buf_free(&t->said);
}

/* Fails where `source` does not get exactly one error that begins so; "" where it must be clean. */
static inline void table_says(const char *source, const char *expected)
{
    table t = table_lay(source);
    bool ok =
        *expected ? !t.scenario && strncmp(t.said.text, expected, strlen(expected)) == 0 : t.scenario && !*t.said.text;
    if (!ok)
        fail_msg("for\n%s\nexpected\n  %s\nbut it was said\n  %s", source, *expected ? expected : "nothing",
                 t.said.text);
    table_clear(&t);
}

#endif
