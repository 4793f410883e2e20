/* Gaps of time that the events of a drill prove: who has too much at once, who is on duty too long, and whom we wait for. */
#include "analysis/run_rules.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/paths.h"

static int64_t value(const mu_trial *t, const mu_event *e, const char *key)
{
    return mu_journal_value(t->journal, e, key);
}

/* ---- work that waits ---- */

typedef struct work {
    const mu_node *person, *role;
    int64_t given, taken_up, began, ended; /* began: -1 never */
    const mu_event *assigned;
} work;

static work *work_of(const mu_trial *t, work *list, const mu_event *e)
{
    int64_t task = value(t, e, "task");
    return task >= 0 && (size_t)task <= t->count ? &list[task] : NULL;
}

/* What a person did first with a task: from there on it waited for others. */
static void taken_up(const mu_trial *t, work *list, mu_kind_of_event kind)
{
    MU_EVENTS (e, t, kind) {
        work *w = work_of(t, list, e);
        if (w && w->assigned && e->n > w->assigned->n && e->t < w->taken_up)
            w->taken_up = e->t;
    }
}

/* Of each task the last time that it was given to somebody, and what became of it then. */
static void collect(const mu_trial *t, work *list)
{
    static const mu_kind_of_event kinds[] = {EV_TASK_WAIT, EV_DECISION_REQUESTED, EV_ENGAGE_START, EV_TASK_START, EV_TASK_BLOCKED, EV_TASK_DONE};
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    int64_t last = end ? end->t : t->count ? mu_journal_event(t->journal, t->count)->t : 0;
    MU_EVENTS (e, t, EV_TASK_ASSIGNED) {
        work *w = work_of(t, list, e);
        if (w)
            *w = (work){mu_named(t, mu_word(t, e, "person")), mu_named(t, mu_word(t, e, "role")), e->t, last, -1, last, e};
    }
    MU_EVENTS (e, t, EV_TASK_START) {
        work *w = work_of(t, list, e);
        if (w)
            w->began = e->t;
    }
    MU_EVENTS (e, t, EV_TASK_DONE) {
        work *w = work_of(t, list, e);
        if (w)
            w->ended = e->t;
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        taken_up(t, list, kinds[k]);
}

static int by_person(const void *left, const void *right)
{
    const work *a = left, *b = right;
    uint32_t p = a->person ? a->person->number : UINT32_MAX, q = b->person ? b->person->number : UINT32_MAX;
    if (p != q)
        return p < q ? -1 : 1;
    uint32_t m = a->assigned ? a->assigned->n : 0, n = b->assigned ? b->assigned->n : 0;
    return m < n ? -1 : m > n;
}

/* How long one task lay while its person was at another. Compared within one person's tasks, which are few. */
static int64_t lay(const work *list, int count, const work *w)
{
    int64_t most = 0;
    for (int i = 0; i < count; i++) {
        if (&list[i] == w || list[i].began < 0)
            continue;
        int64_t from = list[i].began > w->given ? list[i].began : w->given, to = list[i].ended < w->taken_up ? list[i].ended : w->taken_up;
        most = to - from > most ? to - from : most;
    }
    return most;
}

enum { QUEUE = 2 }; /* one task that lies is a task; two are a queue */

static void queue_of(mu_trial *t, const work *list, int count)
{
    mu_set said = MU_SET(&t->judge);
    int64_t most = mu_limit_value(&t->judge, "queue");
    for (int i = 0; i < count; i++) {
        mu_proof proof = {.count = 0};
        int64_t sum = 0;
        int waited = 0;
        if (!list[i].role || mu_has(&said, list[i].role))
            continue;
        mu_put(&said, list[i].role);
        for (int k = 0; k < count; k++) {
            int64_t one = list[k].role == list[i].role ? lay(list, count, &list[k]) : 0;
            if (one <= most)
                continue;
            waited++;
            sum += one;
            mu_prove(&proof, list[k].assigned);
        }
        if (waited >= QUEUE)
            mu_rests_on(&t->judge, mu_shown(t, "TIM-06", SAY("role:%s", list[i].role->key), mu_place(list[i].role),
                        SAY("%d actions waited for %s, %s together, while %s was at another", waited, TITLE(list[i].role), mu_lasted(t, sum), TITLE(list[i].person)),
                        "they had been given out, and nobody else took them up", "simulated", &proof), "queue");
    }
}

static void queueing(mu_trial *t)
{
    work *list = mu_alloc(t->judge.arena, (t->count + 1) * sizeof *list);
    size_t n = 0, room = t->count + 1;
    collect(t, list);
    for (size_t i = 0; i < room; i++)
        if (list[i].assigned && list[i].person)
            list[n++] = list[i];
    qsort(list, n, sizeof *list, by_person);
    for (size_t i = 0; i < n;) {
        size_t k = i;
        while (k < n && list[k].person == list[i].person)
            k++;
        if (k - i > QUEUE)
            queue_of(t, list + i, (int)(k - i));
        i = k;
    }
}

/* ---- shifts ---- */

typedef struct duty {
    const mu_node *person;
    int64_t since, last;
    const mu_event *first;
} duty;

static int64_t rest_of(const mu_node *role)
{
    const mu_node *rest = mu_get(role, "rest");
    return rest && rest->value > 0 ? rest->value : 11 * 3600000LL; /* the daily rest of directive 2003/88/EC, article 3 */
}

static void on_duty(mu_trial *t, duty *d, const mu_node *role, const mu_event *e)
{
    const mu_node *person = mu_named(t, mu_word(t, e, "person"));
    int64_t limit = mu_limit_value(&t->judge, "shift");
    mu_proof proof = {.count = 0};
    if (d->person != person || e->t - d->last >= rest_of(role))
        *d = (duty){person, e->t, e->t, e};
    d->last = e->t;
    if (!person || e->t - d->since <= limit || mu_shown_already(t, "TIM-10", SAY("role:%s", role->key)))
        return;
    mu_prove(&proof, d->first);
    mu_prove(&proof, e);
    mu_rests_on(&t->judge, mu_shown(t, "TIM-10", SAY("role:%s", role->key), mu_place(role), SAY("%s did the work of %s for more than %s, and nobody relieved", TITLE(person), TITLE(role), mu_long(&t->judge, limit)),
                                    SAY("from %s to %s without a rest", mu_clock_time(t, d->first->t), mu_clock_time(t, e->t)), "simulated", &proof), "shift");
}

/* One pass over all events, with what is known of each role so far. */
static void no_relief(mu_trial *t)
{
    const mu_node *roles = mu_get(t->judge.root, "roles");
    if (!roles || !roles->first)
        return;
    uint32_t from = roles->first->number, room = mu_last(roles)->number - from + 1;
    duty *list = mu_alloc(t->judge.arena, (size_t)room * sizeof *list);
    for (const mu_event *e = mu_numbered(t, 1); e; e = mu_numbered(t, e->n + 1)) {
        bool at_work = e->kind == EV_TASK_START || e->kind == EV_TASK_DONE || e->kind == EV_DECISION_MADE || e->kind == EV_TASK_CONSULTED || e->kind == EV_PROMPT_ANSWERED;
        const mu_node *role = at_work ? mu_named(t, mu_word(t, e, "role")) : NULL;
        if (role && role->parent == roles)
            on_duty(t, &list[role->number - from], role, e);
    }
}

static void shift_over(mu_trial *t)
{
    MU_EVENTS (e, t, EV_SHIFT_OVER) {
        const mu_node *role = mu_named(t, mu_word(t, e, "role"));
        mu_proof proof = {.count = 0};
        if (!role || *mu_word(t, e, "relieved_by") || mu_shown_already(t, "TIM-10", mu_word(t, e, "role")))
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "TIM-10", mu_word(t, e, "role"), mu_at_key(role, "longest_shift"), SAY("The shift of %s ended at %s, and nobody could relieve %s", TITLE(role), mu_clock_time(t, e->t), mu_who(t, mu_word(t, e, "person"))),
                 SAY("after %s on duty", mu_long(&t->judge, value(t, e, "worked"))), "simulated", &proof);
    }
}

/* ---- outside parties ---- */

static const mu_event *came(const mu_trial *t, const mu_event *start)
{
    MU_EVENTS (e, t, EV_ENGAGE_DONE)
        if (e->n > start->n && mu_says(t, e, "external", mu_word(t, start, "external")) && mu_says(t, e, "action", mu_word(t, start, "action")))
            return e;
    return NULL;
}

static bool failed(const mu_trial *t, const mu_event *start)
{
    MU_EVENTS (e, t, EV_ENGAGE_FAIL)
        if (e->n > start->n && mu_says(t, e, "external", mu_word(t, start, "external")) && mu_says(t, e, "action", mu_word(t, start, "action")))
            return true;
    return false;
}

static void third_party(mu_trial *t)
{
    const mu_event *end = mu_next_of(t, NULL, EV_END);
    MU_EVENTS (e, t, EV_ENGAGE_START) {
        const mu_node *who = mu_named(t, mu_word(t, e, "external")), *action = mu_named(t, mu_word(t, e, "action"));
        const mu_event *done = came(t, e);
        int64_t took = (done ? done->t : end ? end->t : e->t) - e->t, promised = mu_responds(who), wanted = mu_longest(mu_get(action, "engage_within"));
        bool late = wanted >= 0 && took > wanted;
        mu_proof proof = {.count = 0};
        if (!who || !action || failed(t, e) || !(late || (promised >= 0 && took > promised)) || mu_shown_already(t, "TIM-11", mu_word(t, e, "external")))
            continue;
        mu_prove(&proof, e);
        mu_prove(&proof, done ? done : end);
        const char *target = late ? SAY("\"%s\" gives it %s%s", action->key, mu_long(&t->judge, wanted), promised < 0 ? "; it has promised no time at all" : "") : SAY("its contract says %s", mu_long(&t->judge, promised));
        mu_shown(t, "TIM-11", mu_word(t, e, "external"), late ? mu_at_key(action, "engage_within") : mu_at_key(mu_get(who, "contract"), "respond_within"),
                 done ? SAY("%s was there after %s, and %s", TITLE(who), mu_lasted(t, took), target) : SAY("%s was not there after %s, and %s", TITLE(who), mu_lasted(t, took), target),
                 SAY("it was called at %s", mu_clock_time(t, e->t)), late && (promised < 0 || promised > wanted) ? "deterministic" : "simulated", &proof);
    }
}

/* A notice that waited for an outside party alone for longer than its whole window: nobody of ours could have been quick enough. */
static void window_too_short(mu_trial *t)
{
    MU_EVENTS (e, t, EV_CLOCK_MISSED) {
        const mu_node *notice = mu_named(t, mu_word(t, e, "subject")), *action = mu_get(notice, "action");
        const char *name = action && action->ref ? SAY("action:%s", action->ref->key) : "";
        int64_t window = value(t, e, "window"), least = *name ? mu_least_of(&t->judge, action->ref) : 0;
        mu_proof proof = {.count = 0};
        if (!mu_says(t, e, "clock", "obligation") || least <= window || mu_shown_already(t, "TIM-07", mu_word(t, e, "subject")))
            continue;
        MU_EVENTS (w, t, EV_TASK_WAIT)
            if (mu_says(t, w, "action", name) && w->n < e->n)
                mu_prove(&proof, w);
        MU_EVENTS (s, t, EV_ENGAGE_START)
            if (mu_says(t, s, "action", name) && s->n < e->n)
                mu_prove(&proof, s);
        if (!proof.count)
            continue;
        mu_prove(&proof, e);
        mu_shown(t, "TIM-07", mu_word(t, e, "subject"), mu_place(notice), SAY("%s was due within %s, and waiting for outside parties alone takes %s", notice->key, mu_long(&t->judge, window), mu_long(&t->judge, least)),
                 SAY("the clock ran out at %s while they were waited for", mu_clock_time(t, e->t)), "deterministic", &proof);
    }
}

const mu_run_rule mu_run_rules_load[] = {
    {"TIM-06", queueing,
     "two actions or more lay for longer than queue while whoever had them was at another"},
    {"TIM-07", window_too_short,
     "a legal clock ran out while an outside party was waited for that has longer to respond than the whole window"},
    {"TIM-10", no_relief,
     "one person did the work of a role for longer than shift without a rest"},
    {"TIM-10", shift_over,
     "a shift ended and nobody could relieve"},
    {"TIM-11", third_party,
     "an outside party took longer than its contract says or than the action gives it"},
    {NULL, NULL, NULL},
};
