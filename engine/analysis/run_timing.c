/* Gaps of time that the events of a drill prove. */
#include "analysis/run_rules.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/paths.h"
#include "base/rate.h"
#include "plan/schema.h"

static int64_t value(const mu_trial *t, const mu_event *e, const char *key)
{
    return mu_journal_value(t->journal, e, key);
}

static int64_t end_of(const mu_trial *t)
{
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    return end ? end->t : t->count ? mu_journal_event(t->journal, t->count)->t : 0;
}

/* ---- calls and their answers ---- */

/* The moment at which each message was acknowledged, by its number; -1 never. */
static int64_t *answers(const mu_trial *t, size_t *room)
{
    *room = t->count + 1;
    int64_t *at = mu_alloc(t->judge.arena, *room * sizeof *at);
    for (size_t i = 0; i < *room; i++)
        at[i] = -1;
    MU_EVENTS (e, t, EV_NOTIFY_ACK) {
        int64_t m = value(t, e, "message");
        if (m >= 0 && (size_t)m < *room && at[m] < 0)
            at[m] = e->t;
    }
    return at;
}

typedef struct rate {
    int calls, late; /* a call that was never answered is late once its time is over */
    mu_proof proof;
} rate;

/* The calls of all ladders, and how many were not answered within a time. */
static rate on_time(const mu_trial *t, int64_t window)
{
    rate r = {.calls = 0};
    size_t room;
    const int64_t *answered = answers(t, &room);
    int64_t end = end_of(t);
    MU_EVENTS (e, t, EV_NOTIFY_DELIVERED) {
        int64_t m = value(t, e, "message"), at = m >= 0 && (size_t)m < room ? answered[m] : -1;
        if (strncmp(mu_word(t, e, "about"), "ladder:", 7) != 0 || (at < 0 && end - e->t <= window))
            continue;
        r.calls++;
        if (at >= 0 && at - e->t <= window)
            continue;
        r.late++;
        mu_prove(&r.proof, e);
    }
    return r;
}

static void late_acknowledgement(mu_trial *t)
{
    size_t before = t->judge.found.count;
    mu_clock_missed_of(t, "TIM-01", "acknowledge", "acknowledge_within", "An answer to the call of");
    for (size_t i = before; i < t->judge.found.count; i++) {
        mu_finding *f = &t->judge.found.list[i];
        const mu_event *start = mu_numbered(t, f->evidence[0]);
        int64_t window = start && start->kind == EV_CLOCK_START ? value(t, start, "window") : 0;
        rate r = on_time(t, window);
        if (r.calls)
            f->proof = SAY("%s; of %d call%s %d %s answered within %s", f->proof, r.calls, r.calls == 1 ? "" : "s", r.calls - r.late,
                           r.calls - r.late == 1 ? "was" : "were", mu_lasted(t, window));
    }
}

/* A report lay where it had come in. */
static void late_intake(mu_trial *t)
{
    const mu_node *intake = mu_get(t->judge.root, "intake");
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_event *start = mu_numbered(t, mu_journal_value(t->journal, e, "started")), *met = mu_met_after(t, e);
        mu_proof proof = {.count = 0};
        if (!mu_says(t, e, "clock", "intake") || !intake || !start)
            continue;
        mu_prove(&proof, start);
        mu_prove(&proof, e);
        mu_prove_outcome(t, &proof, met);
        mu_shown(t, "TIM-01", mu_word(t, e, "subject"), mu_place(intake), SAY("Taking in a report to %s %s", mu_who(t, mu_word(t, e, "subject")), mu_had_and_took(t, e, met)),
                 SAY("it came at %s, from %s", mu_clock_time(t, start->t), mu_word(t, start, "starts_with")), "simulated", &proof);
    }
}

/* The roles of a quorum, and how many of them were not there when its time was over. */
static void late_assembly(mu_trial *t)
{
    size_t before = t->judge.found.count;
    mu_clock_missed_of(t, "TIM-02", "assemble", "assemble_within", "The quorum of");
    for (size_t i = before; i < t->judge.found.count; i++) {
        mu_finding *f = &t->judge.found.list[i];
        const mu_node *quorum = mu_get(mu_get(mu_get(t->judge.root, "team"), "quorum"), mu_id_of(f->subject));
        const mu_event *missed = NULL;
        MU_EVENTS (e, t, EV_CLOCK_MISSED)
            missed = !missed && mu_says(t, e, "clock", "assemble") && mu_says(t, e, "subject", f->subject) ? e : missed;
        const char *lacking = missed ? mu_word(t, missed, "lacking") : "";
        const char *first = mu_copy(t->judge.arena, lacking, strcspn(lacking, ","));
        mu_caused_by_only(t, f, mu_named(t, strchr(first, ':') ? first : SAY("role:%s", first)));
        int roles = quorum ? quorum->kind == MU_SCALAR ? 1 : quorum->count : 0, absent = *lacking ? 1 : 0;
        for (const char *c = lacking; *c; c++)
            absent += *c == ',';
        if (roles)
            f->proof = SAY("%s, and %d of %d role%s had answered", f->proof, roles - absent, roles, roles == 1 ? "" : "s");
    }
}

/* More than half of the calls in time, and more than one in twenty not: said only where the interval bears it. */
static void tail(mu_trial *t)
{
    const mu_event *clock = NULL;
    MU_EVENTS (e, t, EV_CLOCK_START)
        clock = !clock && mu_says(t, e, "clock", "acknowledge") ? e : clock;
    const mu_node *level = clock ? mu_named(t, mu_word(t, clock, "subject")) : NULL;
    int64_t window = clock ? value(t, clock, "window") : -1;
    if (!level || window < 0)
        return;
    rate r = on_time(t, window);
    if (!r.calls)
        return;
    mu_interval late = mu_rate_percent(r.late, r.calls);
    if (late.low > 5 && late.high < 50)
        mu_shown(t, "TIM-12", SAY("severity:%s", level->key), mu_at_key(level, "acknowledge_within"),
                 SAY("Most calls are answered within the %s of %s, and %d of %d are not", mu_lasted(t, window), level->key, r.late, r.calls),
                 SAY("at 95%% between %d and %d of 100 calls are answered late or never", (int)late.low, (int)late.high), "simulated", &r.proof);
}

typedef struct answer {
    const mu_node *person;
    bool off;
    int64_t took;
    const mu_event *event;
} answer;

static int by_person(const void *left, const void *right)
{
    const answer *a = left, *b = right;
    if (a->person != b->person)
        return a->person->number < b->person->number ? -1 : 1;
    if (a->off != b->off)
        return a->off - b->off;
    if (a->took != b->took)
        return a->took < b->took ? -1 : 1;
    return a->event->n < b->event->n ? -1 : a->event->n > b->event->n;
}

/* Working hours as minutes of the week from Monday; returns how many ranges. */
static int working_hours(const mu_trial *t, int ranges[64][2])
{
    const mu_node *hours = mu_get(mu_get(t->judge.root, "organisation"), "working_hours");
    int n = 0;
    for (const mu_node *h = mu_items(hours); h && n < 60; h = hours->kind == MU_LIST ? h->next : NULL)
        n += mu_hours_read(h->text, ranges + n, 64 - n);
    return n;
}

static bool off_hours_at(int ranges[64][2], int n, int64_t local)
{
    static const int64_t week = 7 * 1440;
    int64_t minute = ((local / 60000 + 3 * 1440) % week + week) % week; /* 1970-01-01 was a Thursday */
    for (int i = 0; i < n; i++)
        if (minute >= ranges[i][0] && minute < ranges[i][1])
            return false;
    return true;
}

enum { ENOUGH = 3 }; /* answers on either side of the working hours; the median of fewer says nothing */

static void slower_off_hours(mu_trial *t, const answer *list, int in, int off)
{
    int64_t by_day = list[(in - 1) / 2].took, by_night = list[in + (off - 1) / 2].took, most = mu_limit_value(&t->judge, "off_hours");
    mu_proof proof = {.count = 0};
    if (in < ENOUGH || off < ENOUGH || by_day <= 0 || by_night < by_day * most)
        return;
    for (int i = 0; i < in + off; i++)
        mu_prove(&proof, list[i].event);
    mu_rests_on(&t->judge, mu_shown(t, "TIM-05", SAY("person:%s", list[0].person->key), mu_at_key(list[0].person, "hours"),
                SAY("%s answers within %s in working hours and within %s outside of them", TITLE(list[0].person), mu_lasted(t, by_day), mu_lasted(t, by_night)),
                SAY("the medians of %d answers in working hours and %d outside of them", in, off), "simulated", &proof), "off_hours");
}

static void off_hours(mu_trial *t)
{
    answer *list = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *list);
    int ranges[64][2], hours = working_hours(t, ranges), n = 0;
    MU_EVENTS (e, t, EV_NOTIFY_ACK) {
        const mu_node *who = mu_named(t, mu_word(t, e, "person"));
        int64_t took = value(t, e, "took");
        if (who && hours)
            list[n++] = (answer){who, off_hours_at(ranges, hours, t->judge.now + e->t - took), took, e};
    }
    qsort(list, (size_t)n, sizeof *list, by_person);
    for (int i = 0; i < n;) {
        int in = 0, off = 0;
        while (i + in < n && list[i + in].person == list[i].person && !list[i + in].off)
            in++;
        while (i + in + off < n && list[i + in + off].person == list[i].person)
            off++;
        if (in && off)
            slower_off_hours(t, list + i, in, off);
        i += in + off;
    }
}

/* ---- decisions ---- */

/* The time of the step in which an action is done, in the playbooks that were opened; -1 where none has one. */
static int64_t window_of(const mu_trial *t, const char *action)
{
    int64_t least = -1;
    MU_EVENTS (e, t, EV_STEP_OPEN) {
        const mu_node *book = mu_named(t, mu_word(t, e, "playbook"));
        const char *name = mu_word(t, e, "step"), *slash = strrchr(name, '/');
        if (!slash || !mu_says(t, e, "action", action))
            continue;
        MU_EACH (step, mu_get(book, "steps")) {
            int64_t one = mu_is(step, "id", slash + 1) ? mu_shortest(mu_get(step, "within")) : -1;
            least = one >= 0 && (least < 0 || one < least) ? one : least;
        }
    }
    return least;
}

static const mu_event *made_after(const mu_trial *t, const mu_event *asked)
{
    MU_EVENTS (e, t, EV_DECISION_MADE)
        if (e->n > asked->n && value(t, e, "task") == value(t, asked, "task"))
            return e;
    return NULL;
}

static void decision_of_task(mu_trial *t, const mu_event *asked)
{
    const mu_node *action = mu_named(t, mu_word(t, asked, "action"));
    const mu_event *made = made_after(t, asked);
    int64_t window = action ? window_of(t, mu_word(t, asked, "action")) : -1, took = (made ? made->t : end_of(t)) - asked->t;
    mu_proof proof = {.count = 0};
    if (window < 0 || took <= window)
        return;
    mu_prove(&proof, asked);
    mu_prove_outcome(t, &proof, made);
    mu_shown(t, "TIM-03", mu_word(t, asked, "action"), mu_place(action),
             made ? SAY("\"%s\" has %s, and the decision alone took %s", action->key, mu_lasted(t, window), mu_lasted(t, took))
                  : SAY("\"%s\" has %s, and after %s it was still not decided", action->key, mu_lasted(t, window), mu_lasted(t, took)),
             SAY("it was asked for at %s", mu_clock_time(t, asked->t)), "simulated", &proof);
}

/* A decision that the scenario asks for: it is put to the next where nobody answers, and its time goes on. */
static void decision_of_card(mu_trial *t, const mu_event *open)
{
    const char *about = mu_word(t, open, "decides");
    const mu_node *action = mu_named(t, about);
    const mu_event *silent = NULL, *answered = NULL;
    mu_proof proof = {.count = 0};
    MU_EVENTS (e, t, EV_PROMPT_SILENT)
        silent = !silent && value(t, e, "prompt") == value(t, open, "prompt") ? e : silent;
    MU_EVENTS (e, t, EV_PROMPT_ANSWERED)
        answered = !answered && value(t, e, "prompt") == value(t, open, "prompt") ? e : answered;
    if (!silent)
        return;
    mu_prove(&proof, open);
    mu_prove(&proof, silent);
    mu_prove_outcome(t, &proof, answered);
    const char *window = mu_lasted(t, silent->t - open->t);
    mu_shown(t, "TIM-03", about, action ? mu_place(action) : mu_top(&t->judge),
             answered ? SAY("The incident gave %s to decide on \"%s\", and the decision took %s", window, mu_id_of(about), mu_lasted(t, answered->t - open->t))
                      : SAY("The incident gave %s to decide on \"%s\", and nobody decided", window, mu_id_of(about)),
             SAY("it was asked for at %s", mu_clock_time(t, open->t)), "simulated", &proof);
}

static void slow_decision(mu_trial *t)
{
    if (!mu_shown_already(t, "ESC-13", "section:roles")) /* nobody who may declare was to be had: that is the gap */
        mu_clock_missed_of(t, "TIM-03", "declare", "declare_within", "The declaration of");
    mu_clock_missed_of(t, "TIM-03", "decide", "decide_within", "The decision whether to notify under");
    MU_EVENTS (e, t, EV_DECISION_REQUESTED)
        if (!mu_shown_already(t, "TIM-03", mu_word(t, e, "action")))
            decision_of_task(t, e);
    MU_EVENTS (e, t, EV_PROMPT_OPEN)
        if (*mu_word(t, e, "decides") && !mu_shown_already(t, "TIM-03", mu_word(t, e, "decides")))
            decision_of_card(t, e);
}

/* Somebody decided without having been asked: how long the decision took is not known. */
static void decided_unasked(mu_trial *t)
{
    MU_EVENTS (e, t, EV_DECISION_MADE) {
        const mu_node *action = mu_named(t, mu_word(t, e, "action"));
        bool asked = value(t, e, "task") < 0 || mu_says(t, e, "reason", "does it and answers for it");
        mu_proof proof = {.count = 0};
        MU_EVENTS (r, t, EV_DECISION_REQUESTED)
            asked = asked || (r->n < e->n && value(t, r, "task") == value(t, e, "task"));
        if (!action || asked || mu_shown_already(t, "TIM-09", mu_word(t, e, "action")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "TIM-09", mu_word(t, e, "action"), mu_place(action), SAY("The decision on \"%s\" is in the record without the time of its request", action->key),
                 SAY("it was made at %s, and nobody had asked for it", mu_clock_time(t, e->t)), "simulated", &proof);
    }
}

/* ---- the path to containment ---- */

static const mu_event *step_event(const mu_trial *t, mu_kind_of_event kind, const char *step, const mu_event *until)
{
    MU_EVENTS (e, t, kind)
        if (mu_says(t, e, "step", step) && e->n <= until->n)
            return e;
    return NULL;
}

/* Of the steps that contain, or that another waits for, the one that was done last before a moment. */
static const mu_event *last_done(const mu_trial *t, const mu_node *book, const mu_node *of, const mu_event *until)
{
    const mu_event *last = NULL;
    MU_EACH (step, mu_get(book, "steps")) {
        bool wanted = !of && mu_contains(&t->judge, step);
        MU_EACH (after, mu_get(of, "after"))
            wanted = wanted || after->ref == step;
        const mu_event *e = wanted ? step_event(t, EV_STEP_DONE, SAY("step:%s/%s", book->key, mu_get_text(step, "id")), until) : NULL;
        last = e && (!last || e->n > last->n) ? e : last;
    }
    return last;
}

static const mu_node *step_of(const mu_node *book, const char *name)
{
    const char *slash = strrchr(name, '/');
    MU_EACH (step, slash ? mu_get(book, "steps") : NULL)
        if (mu_is(step, "id", slash + 1))
            return step;
    return NULL;
}

/* The level's clock may have started while an action was under way: what went before does not count. */
static void share_of(mu_trial *t, const mu_event *open, const mu_event *done, int64_t from, int64_t whole)
{
    const mu_node *action = mu_named(t, mu_word(t, open, "action"));
    int64_t began = open->t > from ? open->t : from, took = done->t - began;
    mu_proof proof = {.count = 0};
    if (!action || took * 100 <= whole * mu_limit_value(&t->judge, "one_task"))
        return;
    mu_prove(&proof, open);
    mu_prove(&proof, done);
    mu_rests_on(&t->judge, mu_shown(t, "TIM-04", mu_word(t, open, "action"), mu_place(action),
                SAY("\"%s\" took %s of the %s that it took to contain", action->key, mu_lasted(t, took), mu_lasted(t, whole)),
                SAY("from %s to %s everything else waited for it", mu_clock_time(t, began), mu_clock_time(t, done->t)), "simulated", &proof), "one_task");
}

/* From the last step that contained back to the first, each by the one that it waited for longest. */
static void one_task(mu_trial *t)
{
    const mu_event *met = NULL, *first = mu_next_of(t, NULL, EV_STEP_OPEN);
    MU_EVENTS (e, t, EV_CLOCK_MET)
        met = !met && mu_says(t, e, "clock", "contain") ? e : met;
    const mu_event *start = met ? mu_numbered(t, value(t, met, "started")) : NULL;
    const mu_node *book = start && first ? mu_named(t, mu_word(t, first, "playbook")) : NULL;
    const mu_event *done = book ? last_done(t, book, NULL, met) : NULL;
    int left = mu_get(book, "steps") ? mu_get(book, "steps")->count : 0;
    while (done && left-- > 0) {
        const mu_node *step = step_of(book, mu_word(t, done, "step"));
        const mu_event *open = step_event(t, EV_STEP_OPEN, mu_word(t, done, "step"), done);
        if (!step || !open)
            return;
        share_of(t, open, done, start->t, met->t - start->t);
        done = last_done(t, book, step, open);
    }
}

const mu_run_rule mu_run_rules_timing[] = {
    {"TIM-01", late_intake,
     "a report was taken in later than the intake says, or not at all"},
    {"TIM-01", late_acknowledgement,
     "the time to acknowledge ran out; of all calls it says how many were answered in time, one that never was counts as late"},
    {"TIM-02", late_assembly,
     "the time to assemble ran out; it says how many roles of the quorum had answered"},
    {"TIM-03", slow_decision,
     "the time to decide or to declare ran out, a decision took longer than the step it belongs to, or longer than the scenario gave"},
    {"TIM-04", one_task,
     "on the way to containment one action took a larger share of the time than one_task"},
    {"TIM-05", off_hours,
     "somebody with three answers or more on either side takes off_hours times as long outside working hours; two drills, one by day and one by night, show it better"},
    {"TIM-09", decided_unasked,
     "a decision was made that nobody had asked for, so that the record does not say how long it took"},
    {"TIM-12", tail,
     "of many calls in one drill most are answered in time, and more than one in twenty is not, at 95%; a few calls cannot show it, many drills can"},
    {NULL, NULL, NULL},
};
