/* Gaps of legal and contractual duties that the events of a drill prove. */
#include "analysis/duties.h"
#include "analysis/run_rules.h"

#include <string.h>

static void late_notice(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *o = mu_named(t, mu_word(t, e, "subject"));
        const mu_node *route = mu_get(o, "route");
        const mu_event *met = mu_met_after(t, e), *start = mu_numbered(t, mu_journal_value(t->journal, e, "started"));
        mu_proof proof = {.count = 0};
        const mu_clock_rule *rule = o ? mu_law_of(o) : NULL;
        if (!o || !mu_says(t, e, "clock", "obligation") || (rule && !mu_clock_rule_binds(rule)))
            continue;
        if (start)
            mu_prove(&proof, start);
        mu_prove(&proof, e);
        mu_prove_outcome(t, &proof, met);
        const char *who = route ? mu_title_of(&t->judge, route) : o->key, *end = met ? SAY("was told %s late", mu_span(t->judge.arena, -mu_journal_value(t->journal, met, "margin"))) : "was never told";
        mu_shown(t, "REG-03", mu_word(t, e, "subject"), mu_place(o), SAY("%s was to hear by %s and %s", who, mu_clock_time(t, e->t), end),
                 SAY("the clock ran out at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

const mu_run_rule mu_run_rules_duties[] = {
    {"REG-03", late_notice,
     "a legal or contractual clock ran out"},
    {NULL, NULL, NULL},
};
