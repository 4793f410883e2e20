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

static const char *counts(const mu_history_view *v, const int open[4])
{
    return SAY("%d critical, %d high, %d medium, %d low", open[0], open[1], open[2], open[3]);
}

static const char *counts_of(const mu_history_view *v, const mu_past_drill *d)
{
    return counts(v, (const int[4]){mu_open_of(d, 0), mu_open_of(d, 1), mu_open_of(d, 2), mu_open_of(d, 3)});
}

/* What could not show in both is no difference between them. */
static const char *beyond_words(const mu_history_view *v, const mu_beside_before *b)
{
    const mu_past_drill *shorter = b->now->ran < b->before->ran ? b->now : b->before;
    return b->beyond ? SAY("; %d more showed only after the moment at which the drill of %s was ended (%d min), and are not compared", b->beyond, mu_day_words(v, shorter->local), (int)(shorter->ran / 60000)) : "";
}

static const char *gap_words(const mu_history_view *v, const mu_beside_before *b)
{
    const char *back = b->back ? SAY(", %d of them back again", b->back) : "";
    if (!b->opened && !b->closed)
        return SAY("Gaps: the same%s", beyond_words(v, b));
    return SAY("Gaps: %s, before %s (%d closed, %d opened%s)%s%s", counts(v, b->open), counts(v, b->open_before), b->closed, b->opened, back, judged(b->by_gaps), beyond_words(v, b));
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
    const char *basis = b->same_chance && b->same_plan ? "Plan, seed, scenario and assumptions are the same, so what differs is the day: dates of the plan that ran out, who is on call or away"
                        : b->same_chance ? "Seed, scenario and assumptions are the same, so what differs is the plan, or the day that it was held against"
                        : b->now->players || b->before->players ? "Who played, or how, differs: the interval says how much of this may be chance"
                                                                : "Seed, scenario or assumptions differ, so part of this may be theirs";
    return SAY("%s than on %s%s. %s. %s. %s. %s.", mu_is_worse(b) && mu_is_better(b) ? "Better in one, worse in another" : mu_is_worse(b) ? "Worse" : mu_is_better(b) ? "Better" : "Neither better nor worse", mu_day_words(v, b->before->local), b->same_plan ? ", with the same plan" : "",
               gap_words(v, b), target_words(v, b), time_words(v, b), basis);
}

/* ---- the last change of the plan ---- */

static const char *versions(const mu_history_view *v, const mu_beside_before *b)
{
    return strcmp(b->before->version, b->now->version) == 0 ? SAY("%s, its text", b->now->version) : SAY("%s to %s", b->before->version, b->now->version);
}

/* False where the plan was changed again, and this course of drills has not seen that yet. */
static bool saw_the_newest(const mu_history_view *v, const mu_course *c)
{
    return strcmp(c->drills[c->count - 1]->plan_hash, mu_newest(v->past, c->plan)->plan_hash) == 0;
}

/* The change itself is judged by its gaps: they need no luck. What came later with the same plan is the days' doing. */
const char *mu_change_words(const mu_history_view *v, const mu_course *c)
{
    mu_beside_before b = mu_beside_change(c);
    const mu_past_drill *newest = c->drills[c->count - 1];
    if (!b.before)
        return "";
    int days = (int)(mu_day_of(b.now->local) - mu_day_of(b.before->local));
    const char *word = b.by_gaps == MU_BETTER ? "better" : b.by_gaps == MU_WORSE ? "worse" : "neither better nor worse";
    const char *basis = b.same_chance ? "Seed, scenario and assumptions are the same" : "Who played, seed, scenario or assumptions differ, so part of this may be theirs";
    const char *since = newest == b.now ? "" : SAY(" Since then the plan is the same, and %s: %s, by the days that passed.", mu_open_of(newest, -1) == mu_open_of(b.now, -1) ? "as many gaps are open" : "its gaps are", counts_of(v, newest));
    const char *again = saw_the_newest(v, c) ? "" : SAY(" The plan was changed again after that (now %s): no drill here has seen it yet.", mu_newest(v->past, c->plan)->version);
    return SAY("The change of the plan (%s) made it %s. %s; %d day%s lie between %s and %s, in which dates ran out as well. %s.%s%s", versions(v, &b), word, gap_words(v, &b), days, days == 1 ? "" : "s",
               mu_day_words(v, b.before->local), mu_day_words(v, b.now->local), basis, since, again);
}

const char *mu_change_lead(const mu_history_view *v)
{
    int seen = 0, unseen = 0, better = 0, worse = 0, least = 0, most = 0;
    const char *version = "";
    for (int i = 0; i < v->course_count; i++) {
        mu_beside_before b = mu_beside_change(&v->courses[i]);
        bool newest = saw_the_newest(v, &v->courses[i]);
        unseen += !newest;
        if (!b.before || !newest)
            continue;
        seen++;
        better += b.by_gaps == MU_BETTER;
        worse += b.by_gaps == MU_WORSE;
        version = b.now->version;
        int fewer = b.open_before[0] - b.open[0];
        least = seen == 1 || fewer < least ? fewer : least;
        most = seen == 1 || fewer > most ? fewer : most;
    }
    if (!seen)
        return "";
    const char *critical = least <= 0 ? "" : least == most ? SAY(": %d critical gap%s fewer in each", least, least == 1 ? "" : "s") : SAY(": %d to %d critical gaps fewer in each", least, most);
    const char *rest = unseen ? SAY("; %d course%s not seen it yet", unseen, unseen == 1 ? " has" : "s have") : "";
    return SAY("The last change of the plan (now %s) made it better in %d of the %d course%s of drills that saw it, worse in %d%s%s.", version, better, seen, seen == 1 ? "" : "s", worse, critical, rest);
}
