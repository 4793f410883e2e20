/* Gaps of communication that the events of a drill prove: contacts that failed, words that came late, ears that listened. */
#include <string.h>

#include "analysis/jurisdictions.h"
#include "analysis/run_rules.h"
#include "analysis/shared.h"
#include "plan/schema.h"

/* ---- contacts ---- */

static int ways(const mu_node *who)
{
    const mu_node *reach = mu_get(who, "reach");
    return reach ? reach->count : 0;
}

/* Messages that failed for one reason, by whom they were for. */
static void failed(mu_trial *t, const char *reason, mu_tally *tally)
{
    MU_EVENTS (e, t, EV_NOTIFY_FAIL) {
        const mu_node *who = mu_says(t, e, "reason", reason) ? mu_named(t, mu_word(t, e, "thing")) : NULL;
        if (who)
            mu_prove(mu_tally_of(t, tally, who), e);
    }
}

static const char *times(const mu_trial *t, int n)
{
    return SAY("%d message%s", n, n == 1 ? "" : "s");
}

static void one_way(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    failed(t, "no_way", &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i];
        if (ways(who) < 2)
            mu_shown(t, "COM-01", mu_subject_of(&t->judge, who), mu_at_key(who, "reach"),
                     SAY("%s can be reached in %s", TITLE(who), ways(who) ? "one way only, and that was gone" : "no way that the plan names"),
                     SAY("%s did not reach %s", times(t, tally.proofs[i].count), TITLE(who)), "deterministic", &tally.proofs[i]);
    }
}

static void wrong_address(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    failed(t, "invalid", &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i], *first = mu_items(mu_get(who, "reach"));
        mu_shown(t, "COM-03", mu_subject_of(&t->judge, who), first ? mu_place(first) : mu_place(who), SAY("The address that the plan has for %s is not theirs", TITLE(who)),
                 SAY("%s came back", times(t, tally.proofs[i].count)), "deterministic", &tally.proofs[i]);
    }
}

/* Whom messages reached who never answered any of them. */
static void silent(mu_trial *t, mu_tally *tally)
{
    mu_set answered = MU_SET(&t->judge);
    MU_EVENTS (e, t, EV_NOTIFY_ACK)
        mu_put(&answered, mu_named(t, mu_word(t, e, "person")));
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
        const mu_node *who = mu_named(t, mu_word(t, e, "person"));
        if (who && !mu_has(&answered, who))
            mu_prove(mu_tally_of(t, tally, who), e);
    }
}

static bool unverified(const mu_trial *t, const mu_node *who)
{
    const mu_node *date = mu_get(who, "verified");
    return !date || mu_older_than_limit(&t->judge, date, "contact_verified");
}

static void nobody_tried_it(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    silent(t, &tally);
    failed(t, "no_way", &tally);
    failed(t, "invalid", &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i], *date = mu_get(who, "verified");
        bool person = who->parent == mu_get(t->judge.root, "people");
        if (!unverified(t, who) || (!person && mu_numbered(t, tally.proofs[i].list[0])->kind != EV_NOTIFY_FAIL))
            continue;
        mu_finding *f = mu_shown(t, "COM-02", mu_subject_of(&t->judge, who), mu_at_key(who, "verified"),
                                 date ? SAY("Whether %s can be reached as written was last tried on %s", TITLE(who), date->text)
                                      : SAY("No date on record shows that %s can be reached as written", TITLE(who)),
                                 SAY("%s brought no answer", times(t, tally.proofs[i].count)), "simulated", &tally.proofs[i]);
        if (date)
            mu_rests_on(&t->judge, f, "contact_verified");
    }
}

static void only_a_mailbox(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    silent(t, &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i];
        if (mu_only_mailbox(who))
            mu_shown(t, "COM-17", mu_subject_of(&t->judge, who), mu_at_key(who, "reach"),
                     SAY("%s is reached through a shared mailbox only, behind which nobody in particular sits", TITLE(who)),
                     SAY("%s went there, and nobody is known to have read a word", times(t, tally.proofs[i].count)), "simulated", &tally.proofs[i]);
    }
}

static void branch_fails(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    mu_set heads = MU_SET(&t->judge);
    mu_weak_branches(&t->judge, &heads);
    if (!heads.count)
        return;
    MU_EVENTS (e, t, EV_AWAY) {
        const mu_node *who = mu_named(t, mu_word(t, e, "person"));
        if (who)
            mu_prove(mu_tally_of(t, &tally, who), e);
    }
    silent(t, &tally);
    failed(t, "no_way", &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i], *calls = mu_get(who, "calls");
        if (mu_has(&heads, who))
            mu_shown(t, "COM-08", SAY("person:%s", who->key), mu_place(calls), SAY("%s was not there to call %s%s", TITLE(who), mu_title_of(&t->judge, calls->first), calls->count > 1 ? " and others" : ""),
                     SAY("the branch below %s hangs on these", TITLE(who)),
                     mu_numbered(t, tally.proofs[i].list[0])->kind == EV_NOTIFY_DELIVERED ? "simulated" : "deterministic", &tally.proofs[i]);
    }
}

/* ---- channels ---- */

static bool has_use(const mu_trial *t, const char *use)
{
    MU_EACH (c, mu_get(t->judge.root, "channels"))
        if (mu_is(c, "use", use))
            return true;
    return false;
}

static void no_out_of_band(mu_trial *t)
{
    const mu_node *channels = mu_get(t->judge.root, "channels");
    mu_proof proof = {.count = 0};
    bool lost = false, unreached = false;
    if (has_use(t, "out_of_band"))
        return;
    MU_EVENTS (e, t, EV_CHANNEL_DOWN)
        if (mu_is_primary(mu_named(t, mu_word(t, e, "channel"))))
            mu_prove(&proof, e);
    bool down = proof.count > 0;
    MU_EVENTS (e, t, EV_NOTIFY_FAIL)
        if (down && mu_says(t, e, "reason", "no_way")) {
            mu_prove(&proof, e);
            lost = unreached = true;
        }
    MU_EVENTS (e, t, EV_CLOCK_MISSED)
        if (down && mu_says(t, e, "clock", "assemble")) {
            mu_prove(&proof, e);
            lost = true;
        }
    if (lost)
        mu_shown(t, "COM-04", "section:channels", mu_place(channels), "No channel stands apart from the ones that an incident may take",
                 "the primary channels fell, and nothing was left to call the team over", unreached ? "deterministic" : "simulated", &proof);
}

/* A ladder called over a channel that takes no acknowledgement, and nothing came back. */
static void fire_and_forget(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    bool *answered = mu_alloc(t->judge.arena, t->count + 1);
    MU_EVENTS (e, t, EV_NOTIFY_ACK)
        if (e->arg[0] >= 0 && (size_t)e->arg[0] <= t->count)
            answered[e->arg[0]] = true;
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
        const mu_node *channel = mu_named(t, mu_word(t, e, "via")), *ack = mu_get(channel, "acknowledge");
        bool open = e->arg[0] >= 0 && (size_t)e->arg[0] <= t->count && !answered[e->arg[0]];
        if (open && channel && !(ack && ack->value) && strncmp(mu_word(t, e, "about"), "ladder:", 7) == 0)
            mu_prove(mu_tally_of(t, &tally, channel), e);
    }
    for (size_t i = 0; i < tally.things.count; i++)
        mu_shown(t, "COM-07", SAY("channel:%s", tally.things.list[i]->key), mu_at_key(tally.things.list[i], "acknowledge"),
                 SAY("A ladder calls over %s, which takes no acknowledgement", TITLE(tally.things.list[i])),
                 SAY("%s went out, and whether anybody heard is not known", times(t, tally.proofs[i].count)), "simulated", &tally.proofs[i]);
}

/* Channels that stand on what was compromised, each with the event. */
static void listened_to(mu_trial *t, mu_tally *tally)
{
    mu_tally things = MU_TALLY(t);
    mu_things_of(t, EV_COMPROMISED, "thing", &things);
    MU_EACH (c, things.things.count ? mu_get(t->judge.root, "channels") : NULL) {
        const mu_event *first = mu_first_under(t, &things, c);
        if (first)
            mu_prove(mu_tally_of(t, tally, c), first);
    }
}

static void read_along(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    listened_to(t, &tally);
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
        const mu_node *channel = tally.things.count ? mu_named(t, mu_word(t, e, "via")) : NULL;
        const char *about = mu_word(t, e, "about");
        bool from_outside = strncmp(about, "card:", 5) == 0 || strncmp(about, "prompt:", 7) == 0;
        if (channel && mu_has(&tally.things, channel) && !from_outside && e->n > mu_tally_of(t, &tally, channel)->list[0])
            mu_prove(mu_tally_of(t, &tally, channel), e);
    }
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_proof *p = &tally.proofs[i];
        if (p->count > 1)
            mu_shown(t, "COM-20", SAY("channel:%s", tally.things.list[i]->key), mu_place(tally.things.list[i]),
                     SAY("The response was spoken of over %s while the intruder read along", TITLE(tally.things.list[i])),
                     SAY("from %s on %s went over it", mu_clock_time(t, mu_numbered(t, p->list[0])->t), times(t, p->count - 1)), "deterministic", p);
    }
}

/* ---- words to the outside ---- */

static void wrong_voice(mu_trial *t)
{
    const mu_node *team = mu_get(t->judge.root, "team"), *speaks = mu_get(team, "spokesperson");
    mu_set people = MU_SET(&t->judge);
    mu_proof proof = {.count = 0};
    const mu_event *first = NULL;
    if (speaks)
        mu_meant(&t->judge, speaks, &people);
    MU_EVENTS (e, t, EV_MESSAGE_RELEASED) {
        const mu_node *audience = mu_named(t, mu_word(t, e, "audience")), *who = mu_named(t, mu_word(t, e, "person"));
        if (!audience || !who || !mu_is_group(audience, "media") || mu_has(&people, who))
            continue;
        mu_prove(&proof, e);
        first = first ? first : e;
    }
    if (first)
        mu_shown(t, "COM-09", "section:team", speaks ? mu_place(speaks) : team ? mu_place(team) : mu_top(&t->judge),
                 SAY("%s spoke to the press, and %s", mu_who(t, mu_word(t, first, "person")), speaks ? "is not the spokesperson" : "nobody is named who may"),
                 SAY("the first words went out at %s", mu_clock_time(t, first->t)), "simulated", &proof);
}

static void no_template(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    mu_wordings words = mu_wordings_of(&t->judge);
    MU_EVENTS (e, t, EV_MESSAGE_DRAFTED) {
        const mu_node *audience = *mu_word(t, e, "template") ? NULL : mu_named(t, mu_word(t, e, "audience"));
        if (audience)
            mu_prove(mu_tally_of(t, &tally, audience), e);
    }
    MU_EVENTS (e, t, EV_CLOCK_START) {
        const mu_node *duty = mu_says(t, e, "clock", "obligation") ? mu_named(t, mu_word(t, e, "subject")) : NULL;
        if (duty && !mu_get(duty, "template"))
            mu_prove(mu_tally_of(t, &tally, duty), e);
    }
    for (size_t i = 0; i < tally.things.count; i++)
        mu_shown(t, "COM-10", mu_subject_of(&t->judge, tally.things.list[i]), mu_place(tally.things.list[i]),
                 mu_no_words(&t->judge, &words, tally.things.list[i]),
                 "it was written from nothing, while the time ran", "deterministic", &tally.proofs[i]);
}

/* ---- approvals ---- */

typedef struct approval {
    const mu_event *asked, *given; /* first asked; last given */
} approval;

/* What was asked of whom approves each action, and when the last of it was given. */
static approval *approvals(mu_trial *t, mu_set *rows)
{
    const mu_node *raci = mu_get(t->judge.root, "raci");
    approval *list = mu_alloc(t->judge.arena, (size_t)(raci ? raci->count + 1 : 1) * sizeof *list);
    MU_EVENTS (e, t, EV_DECISION_REQUESTED) {
        const mu_node *row = mu_named(t, mu_word(t, e, "action"));
        mu_put(rows, row);
        if (row && !list[mu_place_in(rows, row)].asked)
            list[mu_place_in(rows, row)].asked = e;
    }
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_node *row = mu_named(t, mu_word(t, e, "action"));
        if (row && mu_has(rows, row))
            list[mu_place_in(rows, row)].given = e;
    }
    return list;
}

/* When an action had to be done, how long it had, and the event that says so. */
typedef struct deadline {
    int64_t t, window;
    const mu_event *says;
} deadline;

/* The wait for the approval was still on when the time was over, and took more than half of it. */
static bool too_late(const approval *a, const deadline *d)
{
    return a->asked->t < d->t && (!a->given || a->given->t > d->t) && (d->t - a->asked->t) * 2 > d->window;
}

static void held_up(mu_trial *t, const mu_node *row, const approval *a, const deadline *d, mu_set *said)
{
    mu_proof proof = {.count = 0};
    if (mu_has(said, row) || !mu_get(row, "approve") || !too_late(a, d))
        return;
    mu_put(said, row);
    mu_prove(&proof, d->says);
    mu_prove(&proof, a->asked);
    if (a->given)
        mu_prove(&proof, a->given);
    mu_shown(t, "COM-11", SAY("action:%s", row->key), mu_at_key(row, "approve"), SAY("\"%s\" was ready, and its time ran out while it waited to be approved", row->key),
             SAY("it was put to those who approve at %s, and %s", mu_clock_time(t, a->asked->t),
                 a->given ? SAY("they had all answered at %s", mu_clock_time(t, a->given->t)) : "they never all answered"),
             "simulated", &proof);
}

static int64_t length_of(const mu_node *within)
{
    const mu_node *own = within && within->kind == MU_MAP ? mu_get(within, "within") : within;
    mu_duration d;
    return own && own->kind == MU_SCALAR && mu_duration_read(own->text, &d) ? mu_duration_ms(d) : -1;
}

/* A duty's clock, or the time of a step, ran out while the action waited for an approval. */
static void approved_too_late(mu_trial *t)
{
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    mu_set rows = MU_SET(&t->judge), said = MU_SET(&t->judge);
    const approval *list = approvals(t, &rows);
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *action = mu_get(mu_named(t, mu_word(t, e, "subject")), "action"), *row = action ? action->ref : NULL;
        deadline d = {e->t, mu_journal_value(t->journal, e, "window"), e};
        if (row && mu_has(&rows, row))
            held_up(t, row, &list[mu_place_in(&rows, row)], &d, &said);
    }
    MU_EVENTS (e, t, EV_STEP_OPEN) {
        const mu_node *row = mu_named(t, mu_word(t, e, "action"));
        int64_t within = row && mu_has(&rows, row) ? length_of(mu_get(mu_step_named(t, mu_word(t, e, "step")), "within")) : -1;
        deadline d = {e->t + within, within, e};
        if (within >= 0 && end && d.t <= end->t)
            held_up(t, row, &list[mu_place_in(&rows, row)], &d, &said);
    }
}

/* ---- counsel, places, the way in ---- */

static void counsel_late(mu_trial *t)
{
    const mu_event *written = mu_next_of(t, NULL, EV_MESSAGE_RELEASED), *engaged = NULL;
    const mu_node *legal = NULL;
    mu_set lawyers = MU_SET(&t->judge);
    mu_proof proof = {.count = 0};
    MU_EACH (role, mu_get(t->judge.root, "roles"))
        if (mu_is(role, "function", "legal")) {
            mu_holders(&t->judge, role, &lawyers);
            legal = legal ? legal : role;
        }
    MU_EVENTS (e, t, EV_NOTIFY_ACK)
        if (!engaged && mu_has(&lawyers, mu_named(t, mu_word(t, e, "person"))))
            engaged = e;
    if (!written || !lawyers.count || (engaged && engaged->n < written->n))
        return;
    mu_prove(&proof, written);
    mu_prove_outcome(t, &proof, engaged);
    mu_finding *f = mu_shown(t, "COM-15", SAY("role:%s", legal->key), mu_place(legal), SAY("The audience %s heard before any lawyer had answered", mu_who(t, mu_word(t, written, "audience"))),
             SAY("the message went out at %s, and %s", mu_clock_time(t, written->t),
                 engaged ? SAY("%s first answered at %s", mu_who(t, mu_word(t, engaged, "person")), mu_clock_time(t, engaged->t)) : "no lawyer ever answered"),
             "simulated", &proof);
    mu_caused_by_only(t, f, legal);
}

/* A duty under the law of this place: both begin with the same two letters. */
static bool of_place(const mu_trial *t, const mu_node *row, const char *code)
{
    MU_EACH (duty, mu_get(t->judge.root, "obligations")) {
        const char *rule = mu_get_text(duty, "rule");
        if (rule && mu_get(duty, "action") && mu_get(duty, "action")->ref == row && strncmp(rule, code, 2) == 0)
            return true;
    }
    return false;
}

static void waits_for_morning(mu_trial *t)
{
    MU_EACH (code, mu_get(mu_get(t->judge.root, "organisation"), "jurisdictions")) {
        const char *lacking = mu_uncovered(&t->judge, code->text);
        mu_proof proof = {.count = 0};
        const mu_event *first = NULL;
        MU_EVENTS (e, t, EV_ROLE_UNFILLED) {
            const mu_node *row = lacking && mu_says(t, e, "why", "off hours") ? mu_named(t, mu_word(t, e, "needed_for")) : NULL;
            if (!row || !of_place(t, row, code->text))
                continue;
            mu_prove(&proof, e);
            first = first ? first : e;
        }
        if (first)
            mu_shown(t, "COM-18", SAY("jurisdiction:%s", code->text), mu_place(code), SAY("In %s nobody can be reached %s", code->text, lacking),
                     SAY("at %s a notice to its authorities waited for somebody's morning", mu_clock_time(t, first->t)), "deterministic", &proof);
    }
}

static void no_way_in(mu_trial *t)
{
    const mu_node *intake = mu_get(t->judge.root, "intake");
    mu_proof proof = {.count = 0};
    if (mu_has_intake(&t->judge))
        return;
    MU_EVENTS (e, t, EV_INJECT_UNHEARD)
        mu_prove(&proof, e);
    MU_EVENTS (e, t, EV_EXPECT_MISSED)
        if (mu_says(t, e, "outcome", "never seen"))
            mu_prove(&proof, e);
    if (proof.count)
        mu_shown(t, "COM-19", "section:intake", intake ? mu_place(intake) : mu_top(&t->judge), "Nothing says how somebody who sees an incident tells us",
                 SAY("%d report%s reached nobody", proof.count, proof.count == 1 ? "" : "s"), "simulated", &proof);
}

const mu_run_rule mu_run_rules_audiences[] = {
    {"COM-01", one_way,
     "a message found no way to somebody who has fewer than two"},
    {"COM-02", nobody_tried_it,
     "messages to a contact that was not verified in time failed, or brought no answer"},
    {"COM-03", wrong_address,
     "an address turned out not to be theirs"},
    {"COM-04", no_out_of_band,
     "primary channels fell without one out of band, and the team was not assembled in time or could not be called"},
    {"COM-07", fire_and_forget,
     "a ladder called over a channel that takes no acknowledgement, and nothing came back"},
    {"COM-08", branch_fails,
     "somebody whose calls nobody else makes was away, or answered nothing"},
    {"COM-09", wrong_voice,
     "the press was told by somebody who is not the spokesperson"},
    {"COM-10", no_template,
     "a message was drafted, or a duty ran, without a template"},
    {"COM-11", approved_too_late,
     "the time of a duty or a step ran out while its action waited for an approval, which took more than half of it"},
    {"COM-15", counsel_late,
     "an audience was told before any lawyer had answered a message"},
    {"COM-17", only_a_mailbox,
     "messages went to a shared mailbox and were never answered"},
    {"COM-18", waits_for_morning,
     "a notice under the law of a place that nobody covers waited because it was outside somebody's hours"},
    {"COM-19", no_way_in,
     "a report reached nobody, and the plan has no intake"},
    {"COM-20", read_along,
     "messages of the response went over a channel after it was compromised"},
    {NULL, NULL, NULL},
};
