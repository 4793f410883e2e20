#include "cli/check_scenario.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plan/schema.h"
#include "scenario/worker.h"

static const char smallest[] = "muster: 1\n"
                               "organisation: {name: Nobody, timezone: UTC}\n"
                               "plan: {title: No plan}\n"
                               "people: {ana: {name: Ana}}\n"
                               "roles: {incident_commander: {holders: [ana]}}\n"
                               "channels: {phone: {kind: telephone}}\n";

bool mu_is_scenario(const char *path)
{
    char inside[4096];
    size_t len = strlen(path);
    if (len > 4 && strcmp(path + len - 4, ".lua") == 0)
        return true;
    return snprintf(inside, sizeof inside, "%s/scenario.lua", path) < (int)sizeof inside && access(inside, F_OK) == 0;
}

mu_tree *mu_plan_for_none(mu_diags *diags)
{
    return mu_tree_read_bytes("no plan", smallest, sizeof smallest - 1, diags);
}

/* Where a script failed while it ran only the line is sure, and a line that cannot be read safely is not shown at all.
 */
static bool without_line(int code)
{
    return code == 102 || code == 103 || code == 114 || code == 116;
}

static void show(mu_diags *diags, mu_look look)
{
    mu_diags *bare = mu_diags_new();
    const mu_diag *list;
    size_t count = mu_diags_list(diags, &list), errors = mu_diags_count(diags, MU_ERROR);
    mu_buf out = {0};
    for (size_t i = 0; i < count; i++) {
        char word[32];
        snprintf(word, sizeof word, "%s[MU%03d]", list[i].level == MU_ERROR ? "error" : "warning", list[i].code);
        mu_show_at(&out, without_line(list[i].code) ? bare : diags, &list[i].at, word, list[i].text, list[i].help,
                   look);
    }
    if (errors + mu_diags_count(diags, MU_WARNING) > count)
        mu_buf_puts(&out, "and more\n");
    if (errors)
        mu_buf_printf(&out, "\n%zu error%s in the scenario.\n", errors, errors == 1 ? "" : "s");
    if (out.len)
        fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
    mu_diags_free(bare);
}

static const char *copy(mu_arena *arena, const char *text)
{
    return text ? mu_copy(arena, text, strlen(text)) : NULL;
}

void mu_checked_add(mu_checked *c, mu_diags *diags)
{
    const mu_diag *list;
    size_t count = mu_diags_list(diags, &list);
    mu_diag *all = mu_alloc(c->arena, (c->wrong_count + count + 1) * sizeof *all);
    if (c->wrong_count)
        memcpy(all, c->wrong, c->wrong_count * sizeof *all);
    c->wrong = all;
    for (size_t i = 0; i < count; i++) {
        mu_diag *d = &all[c->wrong_count++];
        *d = list[i];
        d->at.file = copy(c->arena, d->at.file);
        d->text = copy(c->arena, d->text);
        d->help = copy(c->arena, d->help);
    }
}

/* What has ended well in a worker may be run here as well, for its cards. */
static size_t check_one(mu_checked *c, const mu_tree *plan, const char *path, mu_look look)
{
    mu_diags *diags = mu_diags_new(), *again = mu_diags_new();
    mu_script *script = mu_script_read(path, diags);
    bool sound = script && mu_worker_check(script, plan, diags);
    show(diags, look);
    mu_checked_add(c, diags);
    size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_scenario *scenario = sound ? mu_scenario_run_script(script, plan, again) : NULL;
    if (scenario) {
        c->scenarios[c->scenes.count] = scenario;
        c->list[c->scenes.count++] = mu_scene_of(mu_scenario_msel(scenario), path, c->arena);
    }
    if (!sound)
        mu_script_free(script);
    mu_diags_free(again);
    mu_diags_free(diags);
    return errors;
}

size_t mu_check_scenarios(mu_checked *c, const mu_tree *plan, char *const *paths, int count, mu_look look)
{
    size_t errors = 0;
    c->list = mu_alloc(c->arena, (size_t)(count + 1) * sizeof *c->list);
    c->scenarios = mu_alloc(c->arena, (size_t)(count + 1) * sizeof(mu_scenario *));
    c->scenes.list = c->list;
    for (int i = 0; i < count; i++)
        errors += check_one(c, plan, paths[i], look);
    return errors;
}

void mu_checked_free(mu_checked *c)
{
    for (int i = 0; i < c->scenes.count; i++)
        mu_scenario_free(c->scenarios[i]);
}
