/* What the past says, in words: shared by every format. */
#include <string.h>

#include "base/calendar.h"
#include "report/history.h"

#define SAY(...) mu_format(v->arena, __VA_ARGS__)

const char *mu_day_words(const mu_history_view *v, int64_t local)
{
    mu_date d = mu_date_of_day(mu_day_of(local));
    return SAY("%04d-%02d-%02d", d.year, d.month, d.day);
}

int mu_history_plans(const mu_history_view *v, const char **plans)
{
    int count = 0;
    for (int i = 0; i < v->past->count; i++) {
        int k = 0;
        while (k < count && strcmp(plans[k], v->past->drills[i].plan) != 0)
            k++;
        if (k == count)
            plans[count++] = v->past->drills[i].plan;
    }
    return count;
}

const char *mu_share_words(const mu_history_view *v, int64_t k, int64_t n)
{
    return n ? SAY("%lld of %lld", (long long)k, (long long)n) : "none";
}

static int percent(int64_t millionths)
{
    return (int)((millionths + (millionths < 0 ? -5000 : 5000)) / 10000);
}

const char *mu_rate_words(const mu_history_view *v, int64_t k, int64_t n)
{
    mu_interval i = mu_rate(k, n ? n : 1);
    return n ? SAY("%lld of %lld (%d to %d %%)", (long long)k, (long long)n, percent(i.low), percent(i.high)) : "none";
}

void mu_parts_of(const mu_past_drill *d, int *exercised, int *all)
{
    *all = d->part_count;
    *exercised = 0;
    for (int i = 0; i < d->part_count; i++)
        *exercised += d->parts[i].exercised != 0;
}

bool mu_is_worse(const mu_beside_before *b)
{
    return b->by_gaps == MU_WORSE || b->by_time == MU_WORSE || b->by_targets == MU_WORSE;
}

bool mu_is_overdue(const mu_history_view *v, const mu_past_task *t)
{
    return t && strcmp(t->state, "open") == 0 && *t->due && strcmp(t->due, mu_day_words(v, v->as_of)) < 0;
}

bool mu_is_better(const mu_beside_before *b)
{
    return b->by_gaps == MU_BETTER || b->by_time == MU_BETTER || b->by_targets == MU_BETTER;
}

static const char *judged(mu_verdict verdict)
{
    return verdict == MU_WORSE ? ": worse" : verdict == MU_BETTER ? ": better" : "";
}

static const char *counts_of(const mu_history_view *v, const mu_past_drill *d)
{
    return SAY("%d critical, %d high, %d medium, %d low", mu_open_of(d, 0), mu_open_of(d, 1), mu_open_of(d, 2), mu_open_of(d, 3));
}

static const char *gap_words(const mu_history_view *v, const mu_beside_before *b)
{
    const char *back = b->back ? SAY(", %d of them back again", b->back) : "";
    if (!b->opened && !b->closed)
        return "Gaps: the same";
    return SAY("Gaps: %s, before %s (%d closed, %d opened%s)%s", counts_of(v, b->now), counts_of(v, b->before), b->closed, b->opened, back, judged(b->by_gaps));
}

static const char *target_words(const mu_history_view *v, const mu_beside_before *b)
{
    return b->targets ? SAY("Targets: of the %d that came due in both %d met, before %d%s", b->targets, b->met, b->met_before, judged(b->by_targets)) : "Targets: none came due in both";
}

/* People are few: the interval decides, not the two figures. */
static const char *time_words(const mu_history_view *v, const mu_beside_before *b)
{
    if (!b->timed || !b->timed_before)
        return "Answers: none had a limit in both";
    const char *says = b->by_time == MU_WORSE ? "worse" : b->by_time == MU_BETTER ? "better" : "too few to tell";
    return SAY("Answers in time: %s, before %s, a difference of %+d to %+d points (95 %%): %s", mu_share_words(v, b->in_time, b->timed), mu_share_words(v, b->in_time_before, b->timed_before),
               percent(b->difference.low), percent(b->difference.high), says);
}

const char *mu_verdict_words(const mu_history_view *v, const mu_beside_before *b)
{
    if (!b->before)
        return "The first drill of its kind: there is nothing to set beside it.";
    const char *basis = b->same_chance ? "Seed, scenario and assumptions are the same, so what differs is the plan, or the day that it was held against"
                        : b->now->players || b->before->players ? "Who played, or how, differs: the interval says how much of this may be chance"
                                                                : "Seed, scenario or assumptions differ, so part of this may be theirs";
    return SAY("%s than on %s. %s. %s. %s. %s.", mu_is_worse(b) && mu_is_better(b) ? "Better in one, worse in another" : mu_is_worse(b) ? "Worse" : mu_is_better(b) ? "Better" : "Neither better nor worse", mu_day_words(v, b->before->local),
               gap_words(v, b), target_words(v, b), time_words(v, b), basis);
}
