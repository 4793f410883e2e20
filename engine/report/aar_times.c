/* Response times: how many, how many in time, the median and P90 with what the number of them can carry. Never a mean, and never a
 * bare "MTTR": each measure says from which event to which. */
#include <stdlib.h>
#include <string.h>

#include "base/rate.h"
#include "report/aar.h"
#include "report/interval.h"
#include "report/parts.h"

#define NEVER INT64_MAX

typedef struct sample {
    const char *name, *from_to, *basis;
    int64_t *took;       /* NEVER: not by ENDEX */
    uint32_t *events;
    int n, never, judged, in_time;
} sample;

static sample fresh(const mu_report *r, const char *name, const char *from_to, bool played)
{
    size_t most = (size_t)r->events + (size_t)r->asked_count + 1;
    return (sample){.name = name, .from_to = from_to, .basis = mu_basis_word(played ? MU_OBSERVED : MU_SIMULATED), .took = mu_alloc(r->arena, most * sizeof(int64_t)),
                    .events = mu_alloc(r->arena, most * sizeof(uint32_t))};
}

static void put(sample *s, int64_t took, uint32_t event)
{
    s->events[s->n] = event;
    s->took[s->n++] = took < 0 ? NEVER : took;
    s->never += took < 0;
}

static void judge(sample *s, bool in_time)
{
    s->judged++;
    s->in_time += in_time;
}

/* ---- what is measured ---- */

/* Who could be asked: nobody there is counted elsewhere, and what came at ENDEX itself could not be answered. */
static sample acknowledged(const mu_report *r, bool played)
{
    sample s = fresh(r, "Acknowledged", "delivery to acknowledgement", played);
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        if (a->played != played || a->state == MU_NOBODY || (a->acked < 0 && a->delivered >= r->end))
            continue;
        put(&s, a->acked < 0 ? -1 : a->acked - a->delivered, a->ack_event ? a->ack_event : a->event);
        if (a->state == MU_MET || a->state == MU_LATE || a->state == MU_MISSED)
            judge(&s, a->state == MU_MET);
    }
    return s;
}

static const mu_event *answer_to(const mu_report *r, const mu_event *open)
{
    EACH_EVENT (e, r)
        if ((e->kind == EV_PROMPT_ANSWERED || e->kind == EV_PROMPT_SILENT) && mu_value(r, e, "prompt") == mu_value(r, open, "prompt"))
            return e;
    return NULL;
}

static bool was_opened(const mu_report *r, int64_t prompt)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_PROMPT_OPEN && mu_value(r, e, "prompt") == prompt)
            return true;
    return false;
}

static bool played_by(const mu_report *r, const mu_event *e)
{
    const mu_pinned *p = mu_person_of(r, mu_field(r, e, "person"));
    return p && p->played;
}

/* A question that nobody was there to be asked was not answered in time. */
static void unasked(const mu_report *r, sample *s)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_PROMPT_SILENT && !*mu_field(r, e, "person") && !was_opened(r, mu_value(r, e, "prompt"))) {
            put(s, -1, e->n);
            judge(s, false);
        }
}

static sample answered(const mu_report *r, bool played)
{
    sample s = fresh(r, "Question answered", "question to answer", played);
    EACH_EVENT (open, r) {
        const mu_event *e = open->kind == EV_PROMPT_OPEN && played_by(r, open) == played ? answer_to(r, open) : NULL;
        if (open->kind != EV_PROMPT_OPEN || played_by(r, open) != played)
            continue;
        bool given = e && e->kind == EV_PROMPT_ANSWERED;
        put(&s, given ? mu_value(r, e, "took") : -1, e ? e->n : open->n);
        if (e)
            judge(&s, given && mu_value(r, e, "in_time"));
    }
    if (!played)
        unasked(r, &s);
    return s;
}

static const mu_event *decision_on(const mu_report *r, int64_t task)
{
    const mu_event *made = NULL;
    EACH_EVENT (e, r)
        if (e->kind == EV_DECISION_MADE && mu_value(r, e, "task") == task)
            made = e;
    return made;
}

/* A decision that is asked for again is one decision. */
static bool asked_before(const mu_report *r, const mu_event *request)
{
    EACH_EVENT (e, r)
        if (e->kind == EV_DECISION_REQUESTED && e->n < request->n && mu_value(r, e, "task") == mu_value(r, request, "task"))
            return true;
    return false;
}

static sample decided(const mu_report *r, bool played)
{
    sample s = fresh(r, "Decided", "request to decision", played);
    EACH_EVENT (e, r) {
        if (e->kind != EV_DECISION_REQUESTED || played_by(r, e) != played || asked_before(r, e))
            continue;
        const mu_event *made = decision_on(r, mu_value(r, e, "task"));
        put(&s, made ? made->t - e->t : -1, made ? made->n : e->n);
    }
    return s;
}

static sample tasks(const mu_report *r, bool played, bool to_the_end)
{
    sample s = fresh(r, to_the_end ? "Action done" : "Action begun", to_the_end ? "assignment to end" : "assignment to start", played);
    for (int i = 0; i < r->task_count; i++) {
        const mu_task_row *t = &r->tasks[i];
        int64_t until = to_the_end ? t->done : t->started;
        if (t->assigned >= 0 && t->played == played)
            put(&s, until < 0 ? -1 : until - t->assigned, t->last);
    }
    return s;
}

/* ---- words ---- */

static const char *length(const mu_report *r, int64_t took)
{
    return took == NEVER ? "not by ENDEX" : mu_report_length(r, took);
}

static const char *percentile(const mu_report *r, const sample *s, int percent)
{
    int low, high, rank = mu_rank_of(s->n, percent);
    if (mu_ranks(s->n, percent, &low, &high))
        return SAY("%s (95 %%: %s to %s)", length(r, s->took[rank - 1]), length(r, s->took[low - 1]), length(r, s->took[high - 1]));
    if (mu_greatest_bounds(s->n, percent) && s->took[s->n - 1] == NEVER)
        return SAY("no bound: %d of %d were not done by ENDEX", s->never, s->n);
    if (mu_greatest_bounds(s->n, percent))
        return SAY("at most %s (95 %%, one-sided)", length(r, s->took[s->n - 1]));
    return SAY("left out: n = %d cannot carry it", s->n);
}

static const char *share(const mu_report *r, const sample *s)
{
    int exact_low, exact_high;
    if (s->judged == 0)
        return "no limit was set";
    mu_exact(s->in_time, s->judged, &exact_low, &exact_high);
    mu_interval wilson = mu_rate_percent(s->in_time, s->judged);
    const char *exact = s->judged <= 30 ? SAY("; exact %d to %d %%", exact_low, exact_high) : "";
    return SAY("%d of %d (95 %%: Wilson %d to %d %%%s)", s->in_time, s->judged, (int)wilson.low, (int)wilson.high, exact);
}

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void row(mu_doc *d, const mu_report *r, sample s)
{
    if (s.n == 0)
        return;
    qsort(s.took, (size_t)s.n, sizeof *s.took, by_length);
    qsort(s.events, (size_t)s.n, sizeof *s.events, by_number);
    MU_ROW(d, ((mu_refs){s.events, s.n}), s.name, s.from_to, s.basis, SAY("%d", s.n), SAY("%d", s.never), share(r, &s), percentile(r, &s, 50), percentile(r, &s, 90));
}

static const char *nobody_there(const mu_report *r)
{
    int n = 0;
    for (int i = 0; i < r->asked_count; i++)
        n += r->asked[i].state == MU_NOBODY;
    return n ? SAY("%s nobody was there to be asked. ", n == 1 ? "Once more" : SAY("%d more times", n)) : "";
}

/* ---- each limit ---- */

static void limits(mu_doc *d, const mu_report *r)
{
    static const char *const heads[] = {"To", "About", "Whose limit", "Limit", "Took", "State", NULL};
    mu_doc_picture(d, mu_draw_limits);
    mu_doc_table(d, "Every answer that had a limit", heads, true);
    for (int i = 0; i < r->asked_count; i++) {
        const mu_asked_row *a = &r->asked[i];
        if (a->limit < 0 || a->state == MU_NOBODY)
            continue;
        MU_ROW(d, MU_REFS(a->event, a->ack_event, a->act_event), a->role, a->about, a->limit_of, mu_report_length(r, a->limit), a->settled < 0 ? "not by ENDEX" : mu_report_length(r, a->settled - a->delivered),
               mu_state_word(a->state));
    }
    mu_doc_table_end(d, "Nothing that was asked had a limit.");
}

void mu_aar_times(mu_doc *d, const mu_aar *a)
{
    static const char *const heads[] = {"Measure", "From, to", "Made of", "n", "Never, or open at ENDEX", "In time", "Median", "P90", NULL};
    const mu_report *r = a->r;
    mu_doc_section(d, "times", "Response times",
                   SAY("What was never done stays in, as longer than everything that was. A median needs six values for an interval, P90 thirty-six, or twenty-nine for a bound. Intervals are of the order of the values "
                       "and assume no distribution. Of stand-ins they speak of the assumptions alone. %s%s", nobody_there(r), mu_report_pauses(r)));
    mu_doc_table(d, "Response times", heads, false);
    for (int played = 1; played >= 0; played--) {
        if (played && !r->measured)
            continue;
        row(d, r, acknowledged(r, played));
        row(d, r, answered(r, played));
        row(d, r, decided(r, played));
        row(d, r, tasks(r, played, false));
        row(d, r, tasks(r, played, true));
    }
    mu_doc_table_end(d, "Nobody was asked anything in this run.");
    if (r->players && !r->measured)
        mu_doc_text(d, "Time stood while people were asked, so no time of theirs is given.", MU_NO_REFS);
    limits(d, r);
}
