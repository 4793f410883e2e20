/* Whether a run that is played again is as new: the shipped plan and scenarios, with other seeds, people away and things down. */
#include <string.h>

#include "participants/standin.h"
#include "plan/schema.h"
#include "scenario/scenario.h"

#include "test.h"

typedef struct table {
    mu_diags *diags;
    mu_tree *plan;
    mu_scenario *scenario;
    mu_assumptions *assumptions;
    mu_journal *journal;
    mu_run *run;
    mu_standin *people;
} table;

static void lay(table *t, const char *scenario)
{
    t->diags = mu_diags_new();
    t->plan = mu_tree_read(SCENARIOS "/plans/meridian-pay.yaml", t->diags);
    mu_schema_read(t->plan, t->diags);
    t->scenario = mu_scenario_load(scenario, t->plan, t->diags);
    t->assumptions = mu_assumptions_read(NULL, t->plan, t->diags);
    t->journal = mu_journal_new();
    assert_non_null(t->scenario);
}

static void clear(table *t)
{
    mu_standin_free(t->people);
    mu_run_free(t->run);
    mu_journal_free(t->journal);
    mu_assumptions_free(t->assumptions);
    mu_scenario_free(t->scenario);
    mu_tree_free(t->plan);
    mu_diags_free(t->diags);
}

static void play(table *t, uint64_t seed, mu_buf *out)
{
    static const char *const away[] = {"aoife"}, *const down[] = {"okta"};
    const mu_msel *m = mu_scenario_msel(t->scenario);
    mu_run_options o = {.seed = seed, .starts_local = m->starts + (int64_t)(seed % 3) * 86400000, .mode = "model", .engine = "test", .assumptions = "",
                        .away = {away, seed % 2}, .down = {down, seed % 3 == 0}};
    mu_journal_clear(t->journal);
    if (t->run) {
        mu_run_again(t->run, &o);
        mu_standin_again(t->people, seed);
    } else {
        t->run = mu_run_new(t->plan, m, mu_scenario_teller(t->scenario), t->journal, &o);
        t->people = mu_standin_new(t->run, t->journal, t->assumptions, seed);
    }
    assert_true(mu_run_start(t->run));
    while (!mu_run_over(t->run)) {
        int64_t engine = mu_run_advance(t->run, mu_run_now(t->run)), theirs = mu_standin_next(t->people), next = engine < theirs ? engine : theirs;
        (void)mu_run_advance(t->run, next);
        mu_standin_act(t->people, next);
    }
    out->len = 0;
    for (size_t n = 1; n <= mu_journal_count(t->journal); n++) {
        mu_event_json(out, mu_journal_symbols(t->journal), mu_journal_event(t->journal, n));
        mu_buf_puts(out, "\n");
    }
}

static void again_as_new(const char *scenario)
{
    mu_buf old = {0}, new = {0};
    table t = {0};
    lay(&t, scenario);
    for (uint64_t seed = 1; seed <= 8; seed++) {
        table fresh = {0};
        lay(&fresh, scenario);
        play(&t, seed, &old);
        play(&fresh, seed, &new);
        clear(&fresh);
        assert_true(new.len > 10000);
        assert_string_equal(old.text, new.text);
    }
    clear(&t);
    mu_buf_free(&old);
    mu_buf_free(&new);
}

static void ransomware_on_a_friday(void **state)
{
    (void)state;
    again_as_new(SCENARIOS "/ransomware-friday");
}

static void a_blackout_of_communications(void **state)
{
    (void)state;
    again_as_new(SCENARIOS "/comms-blackout");
}

static void a_leak_of_credentials(void **state)
{
    (void)state;
    again_as_new(SCENARIOS "/credential-leak");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ransomware_on_a_friday),
        cmocka_unit_test(a_blackout_of_communications),
        cmocka_unit_test(a_leak_of_credentials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
