/* Gaps of escalation that the events of a drill prove. */
#include "analysis/run_rules.h"

#include <string.h>

static void exhausted(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_EXHAUSTED) {
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder"));
        mu_proof proof = {.count = 0};
        if (!ladder || !mu_says(t, e, "why", "nobody answered on any step"))
            continue;
        MU_EVENTS (step, t, EV_ESCALATE_STEP)
            if (step->arg[0] == e->arg[0])
                mu_prove(&proof, step);
        mu_prove(&proof, e);
        mu_shown(t, "ESC-04", mu_word(t, e, "ladder"), mu_place(ladder), SAY("The ladder \"%s\" came to its end and nobody had answered", ladder->key),
                 SAY("the last step was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static void waits_without_end(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ESCALATE_STEP) {
        const mu_node *ladder = mu_named(t, mu_word(t, e, "ladder")), *rung = mu_get(ladder, "steps") ? mu_get(ladder, "steps")->first : NULL;
        int64_t number = mu_journal_value(t->journal, e, "step");
        mu_proof proof = {.count = 0};
        if (!ladder || mu_journal_value(t->journal, e, "within") >= 0)
            continue;
        for (int64_t i = 1; rung && i < number; i++)
            rung = rung->next;
        mu_prove(&proof, e);
        if (rung)
            mu_shown(t, "ESC-03", SAY("escalation:%s/%d", ladder->key, (int)number), rung->at, SAY("Step %d of the ladder \"%s\" waits without end", (int)number, ladder->key),
                     SAY("the ladder stood on it from %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

const mu_run_rule mu_run_rules_escalations[] = {
    {"ESC-03", waits_without_end,
     "a ladder stood on a step without a time"},
    {"ESC-04", exhausted,
     "a ladder came to its end and nobody had answered"},
    {NULL, NULL, NULL},
};
