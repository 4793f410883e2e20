/* Gaps of time and resources that the events of a drill prove. */
#include "analysis/run_rules.h"

#include <string.h>

static void late_acknowledgement(mu_trial *t)
{
    mu_clock_missed_of(t, "TIM-01", "acknowledge", "acknowledge_within", "An answer to the call");
}

static void late_assembly(mu_trial *t)
{
    mu_clock_missed_of(t, "TIM-02", "assemble", "assemble_within", "The quorum");
}

static void contract(mu_trial *t)
{
    MU_EVENTS (e, t, EV_ENGAGE_FAIL) {
        const mu_node *external = mu_named(t, mu_word(t, e, "external")), *until = mu_get(mu_get(external, "contract"), "until");
        mu_proof proof = {.count = 0};
        if (!external || strncmp(mu_word(t, e, "reason"), "contract", 8) != 0 || mu_seen_before(t, e, "external"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "RES-01", mu_word(t, e, "external"), mu_place(until ? until : external), SAY("%s was called and has no contract that runs%s%s", external->key, until ? ": it ended on " : "", until ? until->text : ""),
                 SAY("the engagement failed at %s", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

static void blocked_by(mu_trial *t, const char *gap, const char *reason, const char *text)
{
    MU_EVENTS (e, t, EV_TASK_BLOCKED) {
        const mu_node *thing = mu_named(t, mu_word(t, e, "thing"));
        mu_proof proof = {.count = 0};
        if (!thing || !mu_says(t, e, "reason", reason))
            continue;
        MU_EVENTS (other, t, EV_TASK_BLOCKED)
            if (mu_says(t, other, "reason", reason) && mu_says(t, other, "thing", mu_word(t, e, "thing")))
                mu_prove(&proof, other);
        if (proof.list[0] == e->n)
            mu_shown(t, gap, mu_word(t, e, "thing"), mu_place(thing), SAY(text, mu_id_of(mu_word(t, e, "action")), thing->key),
                     SAY("%d action%s stood still for want of it", proof.count, proof.count == 1 ? "" : "s"), "deterministic", &proof);
    }
}

static void tool_down(mu_trial *t)
{
    blocked_by(t, "RES-06", "tool_down", "\"%s\" needs %s, which the incident took down");
}

static void log_missing(mu_trial *t)
{
    blocked_by(t, "RES-08", "log_missing", "\"%s\" needs the log %s, which was not there");
}

const mu_run_rule mu_run_rules_timing[] = {
    {"TIM-01", late_acknowledgement,
     "the time to acknowledge ran out"},
    {"TIM-02", late_assembly,
     "the time to assemble ran out"},
    {"RES-01", contract,
     "somebody outside was called without a contract that runs"},
    {"RES-06", tool_down,
     "an action stood still because a tool was down"},
    {"RES-08", log_missing,
     "an action stood still because a log was not there"},
    {NULL, NULL, NULL},
};
