/* Gaps that a call tree shows: nobody acts in it, so it is judged by these rules alone. */
#include <stdlib.h>
#include <string.h>

#include "analysis/run_rules.h"

static const mu_node *who_of(const mu_trial *t, const mu_event *e)
{
    return mu_named(t, mu_word(t, e, e->kind == EV_NOTIFY_FAIL ? "to" : "person"));
}

/* The way that an event is about: the item of `reach` that the option of its message pins. */
static const mu_node *reach_of(const mu_trial *t, const mu_event *message)
{
    int64_t n = mu_journal_value(t->journal, message, "message");
    MU_EVENTS (e, t, EV_OPTION) {
        if (!mu_says(t, e, "option", "way") || --n > 0)
            continue;
        const char *slash = strchr(mu_word(t, e, "value"), '/');
        long place = slash ? strtol(slash + 1, NULL, 10) : 0;
        const mu_node *reach = mu_items(mu_get(who_of(t, message), "reach"));
        for (long i = 1; reach && i < place; i++)
            reach = reach->next;
        return n == 0 ? reach : NULL;
    }
    return NULL;
}

static bool answered(const mu_trial *t, int64_t message)
{
    MU_EVENTS (e, t, EV_NOTIFY_ACK)
        if (mu_journal_value(t->journal, e, "message") == message)
            return true;
    return false;
}

/* Of a message the last failure, NULL for none. */
static const mu_event *failure(const mu_trial *t, int64_t message)
{
    const mu_event *last = NULL;
    MU_EVENTS (e, t, EV_NOTIFY_FAIL)
        if (mu_journal_value(t->journal, e, "message") == message)
            last = e;
    return last;
}

static bool failed_as(const mu_trial *t, int64_t message, const char *reason)
{
    const mu_event *e = failure(t, message);
    return e && mu_says(t, e, "reason", reason);
}

static const char *over(const mu_node *reach)
{
    const mu_node *via = reach ? mu_get(reach, "via") : NULL;
    return via ? via->text : "a way that the plan names";
}

/* ---- what was answered by nobody ---- */

typedef struct silence {
    mu_tally tally;
    const char **over; /* of each thing: the channels */
} silence;

static void add_silence(mu_trial *t, silence *s, const mu_event *e)
{
    const mu_node *who = who_of(t, e);
    if (!who)
        return;
    mu_prove(mu_tally_of(t, &s->tally, who), e);
    size_t i = mu_place_in(&s->tally.things, who);
    const char *way = over(reach_of(t, e));
    s->over[i] = s->over[i] ? SAY("%s and %s", s->over[i], way) : way;
}

static void all_silent(mu_trial *t, silence *s)
{
    s->over = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *s->over);
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
        int64_t n = mu_journal_value(t->journal, e, "message");
        if (!answered(t, n) && !failed_as(t, n, "invalid"))
            add_silence(t, s, e);
    }
    MU_EVENTS (e, t, EV_NOTIFY_FAIL) {
        int64_t n = mu_journal_value(t->journal, e, "message");
        if (e == failure(t, n) && mu_says(t, e, "reason", "no_answer") && !answered(t, n))
            add_silence(t, s, e);
    }
}

static void unanswered(mu_trial *t)
{
    silence s = {.tally = MU_TALLY(t)};
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    if (!end)
        return;
    all_silent(t, &s);
    for (size_t i = 0; i < s.tally.things.count; i++) {
        const mu_node *who = s.tally.things.list[i];
        mu_prove(&s.tally.proofs[i], end);
        mu_shown(t, "COM-02", mu_subject_of(&t->judge, who), mu_at_key(who, "verified"), SAY("Nothing shows that %s can be reached over %s", TITLE(who), s.over[i]),
                 "asked in the call tree, and no answer came", "observed", &s.tally.proofs[i]);
    }
}

/* ---- what is not theirs ---- */

static void wrong(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    const mu_node **first = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *first);
    MU_EVENTS (e, t, EV_NOTIFY_FAIL) {
        int64_t n = mu_journal_value(t->journal, e, "message");
        const mu_node *who = who_of(t, e);
        if (!who || e != failure(t, n) || !mu_says(t, e, "reason", "invalid") || answered(t, n))
            continue;
        mu_prove(mu_tally_of(t, &tally, who), e);
        size_t i = mu_place_in(&tally.things, who);
        first[i] = first[i] ? first[i] : reach_of(t, e);
    }
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i];
        const char *words = mu_word(t, mu_numbered(t, tally.proofs[i].list[0]), "about");
        mu_shown(t, "COM-03", mu_subject_of(&t->judge, who), first[i] ? mu_place(first[i]) : mu_place(who), SAY("The address that the plan has for %s (%s) is not theirs", TITLE(who), over(first[i])),
                 SAY("the call tree heard: %s", words), "observed", &tally.proofs[i]);
    }
}

/* ---- branches ---- */

/* Asked, and reached over no way; with what shows it. What nobody tried shows nothing. */
static void unreached(mu_trial *t, mu_tally *tally)
{
    mu_set reached = MU_SET(&t->judge);
    MU_EVENTS (e, t, EV_NOTIFY_ACK)
        mu_put(&reached, who_of(t, e));
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED)
        if (who_of(t, e) && !mu_has(&reached, who_of(t, e)))
            mu_prove(mu_tally_of(t, tally, who_of(t, e)), e);
    MU_EVENTS (e, t, EV_NOTIFY_FAIL) {
        bool tried = mu_says(t, e, "reason", "invalid") || mu_says(t, e, "reason", "no_answer");
        if (tried && who_of(t, e) && !mu_has(&reached, who_of(t, e)))
            mu_prove(mu_tally_of(t, tally, who_of(t, e)), e);
    }
}

static bool called_by_another(const mu_trial *t, const mu_node *whom, const mu_node *caller)
{
    MU_EACH (p, mu_get(t->judge.root, "people"))
        MU_EACH (c, mu_get(p, "calls"))
            if (p != caller && c->ref == whom)
                return true;
    return false;
}

/* Whom nobody else calls, as a sentence names them; "" for nobody. */
static const char *lost_with(const mu_trial *t, const mu_node *who)
{
    const char *lost = "";
    int n = 0;
    MU_EACH (c, mu_get(who, "calls"))
        if (c->ref && !called_by_another(t, c->ref, who) && n++ < 3)
            lost = SAY("%s%s%s", lost, *lost ? ", " : "", TITLE(c->ref));
    return n > 3 ? SAY("%s and others", lost) : lost;
}

/* Whoever begins the tree is asked like everybody else: that they are not there is shown, and no supposition. */
static void branch_fails(mu_trial *t)
{
    mu_tally tally = MU_TALLY(t);
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    if (!end || mu_get(mu_get(t->judge.root, "backup_communications"), "if_not_reached"))
        return;
    unreached(t, &tally);
    for (size_t i = 0; i < tally.things.count; i++) {
        const mu_node *who = tally.things.list[i], *calls = mu_get(who, "calls");
        const char *lost = lost_with(t, who);
        if (!*lost)
            continue;
        mu_prove(&tally.proofs[i], end);
        mu_shown(t, "COM-08", SAY("person:%s", who->key), mu_place(calls), SAY("%s was not reached, and nobody else calls %s", TITLE(who), lost),
                 SAY("the branch below %s hangs on these", TITLE(who)), "observed", &tally.proofs[i]);
    }
}

const mu_run_rule mu_run_rules_calltree[] = {
    {"COM-02", unanswered,
     "somebody was asked over a way and never answered over it"},
    {"COM-03", wrong,
     "a message was refused as there is no such address, came back, or reached somebody else"},
    {"COM-08", branch_fails,
     "somebody whose calls nobody else makes was reached over no way"},
    {NULL, NULL, NULL},
};
