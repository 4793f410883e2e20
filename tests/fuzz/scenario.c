/* fuzz/scenario: any bytes as a scenario, judged against a small plan and told for a while. */
#include "fuzz.h"

#include "plan/schema.h"
#include "scenario/scenario.h"

enum { STEPS = 200 };

static const char plan_text[] =
    "muster: 1\norganisation: {name: N, timezone: UTC}\nplan: {title: T}\npeople: {ana: {name: A}}\n"
    "roles: {incident_commander: {holders: [ana]}}\nchannels: {phone: {kind: telephone}}\nraci: {isolate: {R: "
    "incident_commander}}\n"
    "facts: {cut_off: x}\n";

static const mu_tree *plan(void)
{
    static mu_tree *tree;
    if (!tree) {
        mu_diags *diags = mu_diags_new();
        tree = mu_tree_read_bytes("plan.yaml", plan_text, sizeof plan_text - 1, diags);
        mu_schema_read(tree, diags);
        mu_diags_free(diags);
    }
    return tree;
}

static void tell(mu_scenario *s)
{
    const mu_msel *m = mu_scenario_msel(s);
    mu_teller t = mu_scenario_teller(s);
    for (int run = 0; run < 2 && t.restart(t.self); run++)
        for (int story = 0; story < m->story_count; story++) {
            mu_wish w = {.verb = MU_SAYS_WAIT};
            mu_outcome in = {0};
            for (int i = 0; i < STEPS && w.verb < MU_SAYS_FINISH; i++) {
                t.step(t.self, story, i ? &in : NULL, &w);
                in = (mu_outcome){.number = 1, .took = i, .late = i % 2, .silence = i % 5 == 0};
                if (w.verb == MU_SAYS_ASK && m->cards[w.card].answer_count)
                    in.answer = m->cards[w.card].answers[i % m->cards[w.card].answer_count].id;
            }
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    mu_diags *diags = mu_diags_new();
    mu_scenario *s =
        mu_scenario_run_script(mu_script_read_bytes("s.lua", (const char *)bytes, len, diags), plan(), diags);
    mu_buf out = {0};
    if (s)
        tell(s);
    mu_diags_show(&out, diags, (mu_look){false});
    mu_buf_free(&out);
    mu_scenario_free(s);
    mu_diags_free(diags);
    return 0;
}
