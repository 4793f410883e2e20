/* Gaps of duties and hygiene that the events of a drill prove. */
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
        if (met)
            mu_prove(&proof, met);
        const char *who = route ? mu_id_of(route->text) : o->key, *end = met ? SAY("was told %d min late", -mu_minutes(mu_journal_value(t->journal, met, "margin"))) : "was never told";
        mu_shown(t, "REG-03", mu_word(t, e, "subject"), mu_place(o), SAY("%s was to hear by %s and %s", who, mu_clock_time(t, e->t), end),
                 SAY("the clock ran out at %s", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

static void no_playbook(mu_trial *t)
{
    MU_EVENTS (e, t, EV_IMPROVISE) {
        const mu_node *books = mu_get(t->judge.root, "playbooks");
        const char *text = mu_word(t, e, "text");
        mu_proof proof = {.count = 0};
        if (strncmp(text, "no playbook covers ", 19) != 0)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "HYG-06", SAY("scenario:%s", text + 19), mu_place(books ? books : t->judge.root->first), SAY("No playbook covers %s", text + 19),
                 "the team had to make it up", "deterministic", &proof);
    }
}

const mu_run_rule mu_run_rules_duties[] = {
    {"HYG-06", no_playbook,
     "no playbook covers the kind of incident that was played"},
    {"REG-03", late_notice,
     "a legal or contractual clock ran out"},
    {NULL, NULL, NULL},
};
