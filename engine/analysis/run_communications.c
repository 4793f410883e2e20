/* Gaps of communication that the events of a drill prove. */
#include "analysis/run_rules.h"

#include <string.h>

static const mu_event *fell(const mu_trial *t, bool primary, const char *because)
{
    MU_EVENTS (e, t, EV_CHANNEL_DOWN) {
        const mu_node *channel = mu_named(t, mu_word(t, e, "channel"));
        bool fits = channel && (primary ? mu_is_primary(channel) : mu_is(channel, "use", "out_of_band"));
        if (fits && (!because || mu_says(t, e, "because", because)))
            return e;
    }
    return NULL;
}

static void fell_together(mu_trial *t)
{
    const mu_event *second = fell(t, false, NULL);
    const mu_event *first = second ? fell(t, true, mu_word(t, second, "because")) : NULL;
    mu_proof proof = {.count = 0};
    if (!first)
        return;
    const mu_node *channel = mu_named(t, mu_word(t, second, "channel"));
    mu_prove(&proof, first);
    mu_prove(&proof, second);
    mu_shown(t, "COM-05", mu_word(t, second, "channel"), mu_at_key(channel, "depends_on"),
             SAY("%s stands on %s, and so does %s, which it is to replace", TITLE(channel), mu_who(t, mu_word(t, second, "because")), mu_who(t, mu_word(t, first, "channel"))),
             "both fell at the same moment", "deterministic", &proof);
}

/* notify.fail for one reason, each channel once. */
static void failed_for(mu_trial *t, const char *gap, const char *reason, const char *key, const char *text)
{
    MU_EVENTS (e, t, EV_NOTIFY_FAIL) {
        const mu_node *channel = mu_named(t, mu_word(t, e, "via"));
        mu_proof proof = {.count = 0};
        if (!channel || !mu_says(t, e, "reason", reason))
            continue;
        bool first = true;
        MU_EVENTS (other, t, EV_NOTIFY_FAIL)
            if (mu_says(t, other, "reason", reason) && mu_says(t, other, "via", mu_word(t, e, "via"))) {
                first = first && (proof.count > 0 || other->n == e->n);
                mu_prove(&proof, other);
            }
        if (first)
            mu_shown(t, gap, mu_word(t, e, "via"), mu_at_key(channel, key), SAY(text, TITLE(channel)),
                     SAY("%d message%s could not be sent over it", proof.count, proof.count == 1 ? "" : "s"), "deterministic", &proof);
    }
}

static void not_enrolled(mu_trial *t)
{
    failed_for(t, "COM-06", "not_enrolled", "enrolled", "People who had to be reached over %s are not enrolled in it");
}

static void no_directory(mu_trial *t)
{
    failed_for(t, "COM-16", "no_directory", "directory", "The numbers for %s were kept on what had failed");
}

static void plan_unreadable(mu_trial *t)
{
    mu_proof proof = {.count = 0};
    const mu_node *plan = mu_get(t->judge.root, "plan");
    const mu_event *miss = NULL;
    MU_EVENTS (e, t, EV_LOOKUP_MISS) {
        if (mu_says(t, e, "because", "no page of that name"))
            continue;
        mu_prove(&proof, e);
        miss = miss ? miss : e;
    }
    bool none = miss && mu_says(t, miss, "because", "no copy on record");
    if (miss)
        mu_shown(t, "COM-16", "section:stored", mu_at_key(plan, "stored"),
                 none ? "Nobody could read the plan: no copy of it is on record" : SAY("Nobody could read the plan while %s was down", mu_who(t, mu_word(t, miss, "because"))),
                 SAY("at %s the plan was wanted and no copy could be reached", mu_clock_time(t, miss->t)), "deterministic", &proof);
}

static void out_of_order(mu_trial *t)
{
    MU_EVENTS (e, t, EV_MESSAGE_RELEASED) {
        const mu_node *audience = mu_named(t, mu_word(t, e, "audience"));
        const mu_node *before = mu_named(t, mu_word(t, e, "before"));
        mu_proof proof = {.count = 0};
        if (!audience || mu_journal_value(t->journal, e, "order_ok"))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "COM-14", mu_word(t, e, "audience"), mu_at_key(audience, "after"),
                 before && before->parent == mu_get(t->judge.root, "raci") ? SAY("%s heard before \"%s\" was done", TITLE(audience), before->key)
                                                                               : SAY("%s heard before %s", TITLE(audience), mu_who(t, mu_word(t, e, "before"))), SAY("the message went out at %s", mu_clock_time(t, e->t)), "simulated", &proof);
        return;
    }
}

static void no_update(mu_trial *t)
{
    mu_clock_missed_of(t, "COM-13", "update", "update_every", "News of");
}

/* The clock of an audience runs to the first word, and from each word to the next. */
static void audience_missed(mu_trial *t, const mu_event *e, const mu_node *audience)
{
    const mu_event *start = mu_numbered(t, mu_journal_value(t->journal, e, "started")), *met = mu_met_after(t, e);
    mu_proof proof = {.count = 0};
    bool next = start && mu_says(t, start, "starts_with", "message.released");
    const char *gap = next ? "COM-13" : "COM-12";
    if (!start || mu_shown_already(t, gap, mu_word(t, e, "subject")))
        return;
    mu_prove(&proof, start);
    mu_prove(&proof, e);
    mu_prove_outcome(t, &proof, met);
    const char *within = mu_lasted(t, mu_journal_value(t->journal, e, "window"));
    const char *late = met ? SAY("heard after %s", mu_took(t, e, met)) : next ? "heard nothing more" : "never did";
    mu_shown(t, gap, mu_word(t, e, "subject"), next ? mu_at_key(audience, "every") : mu_place(audience),
             next ? SAY("The audience %s was to hear again within %s of the last word and %s", TITLE(audience), within, late)
                  : SAY("The audience %s was to hear within %s and %s", TITLE(audience), within, late),
             SAY("the time was over at %s", mu_clock_time(t, e->t)), "simulated", &proof);
}

static void told_late_or_never(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *audience = mu_says(t, e, "clock", "audience") ? mu_named(t, mu_word(t, e, "subject")) : NULL;
        if (audience)
            audience_missed(t, e, audience);
    }
}

const mu_run_rule mu_run_rules_communications[] = {
    {"COM-05", fell_together,
     "one thing took a primary channel and its replacement with it"},
    {"COM-06", not_enrolled,
     "a message failed because its receiver is not enrolled in the channel"},
    {"COM-12", told_late_or_never,
     "an audience that was due heard too late, or never"},
    {"COM-13", no_update,
     "an update that was due did not come, or came too late; an audience that had heard once did not hear again in time"},
    {"COM-14", out_of_order,
     "an audience was told before those who come first"},
    {"COM-16", no_directory,
     "a message failed because the place that keeps the addresses was down"},
    {"COM-16", plan_unreadable,
     "somebody looked for the plan and no copy could be read"},
    {NULL, NULL, NULL},
};
