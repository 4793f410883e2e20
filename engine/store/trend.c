#include "store/trend.h"

#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

const char *mu_gap_state_word(mu_gap_state state)
{
    static const char *const words[] = {"new", "back again", "still there", "closed"};
    return words[state];
}

const mu_past_drill *mu_newest(const mu_past *past, const char *plan)
{
    for (int i = past->count - 1; i >= 0; i--)
        if (same(past->drills[i].plan, plan))
            return &past->drills[i];
    return NULL;
}

/* ---- gaps ---- */

static const mu_past_gap *gap_of(const mu_past_drill *d, const char *name)
{
    for (int i = 0; i < d->gap_count; i++)
        if (same(d->gaps[i].name, name))
            return &d->gaps[i];
    return NULL;
}

static bool looks_for(const mu_past_drill *d, const char *plan, const char *scenario)
{
    return d->over && same(d->plan, plan) && (!*scenario || same(d->title, scenario));
}

/* A drill that was ended before a gap could show says nothing of it. */
static bool had_time(const mu_past_drill *d, const mu_past_gap *gap)
{
    return gap->paper || d->ran >= gap->shown_at;
}

static bool is_model(const mu_past_drill *d)
{
    return same(d->mode, "model");
}

/* Nor does one in which stand-ins do what people did, or people what stand-ins did. */
static bool could_show(const mu_past_drill *d, const mu_gap_line *l)
{
    return had_time(d, l->gap) && is_model(d) == is_model(l->last);
}

static const mu_past_task *task_of(const mu_past_drill *newest, const mu_past_gap *gap)
{
    const mu_past_task *found = NULL;
    for (int i = 0; newest && i < newest->task_count; i++) {
        const mu_past_task *t = &newest->tasks[i];
        if (same(t->gap, gap->gap) && (!*t->subject || same(t->subject, gap->subject)) && (!found || same(t->state, "open")))
            found = t;
    }
    return found;
}

/* One gap through all drills that look for it. */
static mu_gap_line line_of(const mu_past *past, const char *name, const char *plan, const char *scenario)
{
    mu_gap_line l = {.plan = plan, .scenario = scenario};
    bool there = false, before = false;
    for (int i = 0; i < past->count; i++) {
        const mu_past_drill *d = &past->drills[i];
        if (!looks_for(d, plan, scenario))
            continue;
        const mu_past_gap *g = gap_of(d, name);
        if (!g && *scenario && l.gap && !could_show(d, &l))
            continue;
        before = there;
        there = g != NULL;
        l.of++;
        l.seen += there;
        l.returned += there && !before && l.first;
        l.closed = there ? NULL : before ? d : l.closed;
        l.first = there && !l.first ? d : l.first;
        l.last = there ? d : l.last;
        l.gap = there ? g : l.gap;
    }
    l.state = !there ? MU_GAP_CLOSED : before ? MU_GAP_STILL : l.seen > 1 ? MU_GAP_BACK : MU_GAP_NEW;
    l.task = task_of(mu_newest(past, plan), l.gap);
    return l;
}

/* Where the paper shows a gap in any drill, it is one of the paper. */
static bool of_paper(const mu_past *past, const char *plan, const char *name)
{
    for (int i = 0; i < past->count; i++) {
        const mu_past_gap *g = same(past->drills[i].plan, plan) ? gap_of(&past->drills[i], name) : NULL;
        if (g && g->paper)
            return true;
    }
    return false;
}

static bool told(const mu_gap_line *lines, int count, const char *name, const char *plan, const char *scenario)
{
    for (int i = 0; i < count; i++)
        if (same(lines[i].gap->name, name) && same(lines[i].plan, plan) && same(lines[i].scenario, scenario))
            return true;
    return false;
}

static int by_state(const void *a, const void *b)
{
    const mu_gap_line *x = a, *y = b;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    if (x->gap->weight != y->gap->weight)
        return x->gap->weight < y->gap->weight ? -1 : 1;
    int order = strcmp(x->gap->gap, y->gap->gap);
    order = order ? order : strcmp(x->gap->subject, y->gap->subject);
    order = order ? order : strcmp(x->scenario, y->scenario);
    return order ? order : strcmp(x->plan, y->plan);
}

int mu_gap_lines(const mu_past *past, mu_arena *arena, const mu_gap_line **lines)
{
    int room = 0, count = 0;
    for (int i = 0; i < past->count; i++)
        room += past->drills[i].gap_count;
    mu_gap_line *out = mu_alloc(arena, ((size_t)room + 1) * sizeof *out);
    for (int i = 0; i < past->count; i++)
        for (int k = 0; past->drills[i].over && k < past->drills[i].gap_count; k++) {
            const mu_past_drill *d = &past->drills[i];
            const char *scenario = of_paper(past, d->plan, d->gaps[k].name) ? "" : d->title;
            if (!told(out, count, d->gaps[k].name, d->plan, scenario))
                out[count++] = line_of(past, d->gaps[k].name, d->plan, scenario);
        }
    qsort(out, (size_t)count, sizeof *out, by_state);
    *lines = out;
    return count;
}

/* ---- courses ---- */

int mu_courses(const mu_past *past, mu_arena *arena, const mu_course **courses)
{
    mu_course *out = mu_alloc(arena, ((size_t)past->count + 1) * sizeof *out);
    int count = 0;
    for (int i = 0; i < past->count; i++) {
        const mu_past_drill *d = &past->drills[i];
        int k = 0;
        while (k < count && !(same(out[k].plan, d->plan) && same(out[k].title, d->title) && same(out[k].mode, d->mode)))
            k++;
        if (!d->over)
            continue;
        if (k == count)
            out[count++] = (mu_course){d->plan, d->title, d->mode, mu_alloc(arena, ((size_t)past->count + 1) * sizeof *out[k].drills), 0};
        out[k].drills[out[k].count++] = d;
    }
    *courses = out;
    return count;
}

void mu_in_time(const mu_past_drill *d, int64_t *met, int64_t *of)
{
    *met = *of = 0;
    for (int i = 0; i < d->time_count; i++) {
        *of += d->times[i].in_time >= 0;
        *met += d->times[i].in_time == 1;
    }
}

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

int64_t mu_middle(const mu_past_drill *d, const char *habit, int *n, mu_arena *arena)
{
    int64_t *took = mu_alloc(arena, ((size_t)d->time_count + 1) * sizeof *took);
    *n = 0;
    for (int i = 0; i < d->time_count; i++)
        if (same(d->times[i].habit, habit) && d->times[i].took >= 0)
            took[(*n)++] = d->times[i].took;
    qsort(took, (size_t)*n, sizeof *took, by_length);
    return *n >= 6 ? took[(*n - 1) / 2] : -1;
}

/* ---- beside the one before ---- */

static bool ever_before(const mu_course *c, const mu_past_drill *before, const char *name)
{
    for (int i = 0; i < c->count && c->drills[i] != before; i++)
        if (gap_of(c->drills[i], name))
            return true;
    return false;
}

int mu_open_of(const mu_past_drill *d, int weight)
{
    int n = 0;
    for (int i = 0; i < d->gap_count; i++)
        n += !d->gaps[i].accepted && (weight < 0 || d->gaps[i].weight == weight);
    return n;
}

/* The heaviest weight in which the two differ decides: ten light gaps do not outweigh a critical one. */
static mu_verdict by_weight(const mu_beside_before *b)
{
    for (int weight = 0; weight < 4; weight++)
        if (b->open[weight] != b->open_before[weight])
            return b->open[weight] > b->open_before[weight] ? MU_WORSE : MU_BETTER;
    return MU_THE_SAME;
}

/* One drill's gaps, of those that the other had the time to show. */
static void count_open(mu_beside_before *b, const mu_past_drill *of, const mu_past_drill *other, int open[4])
{
    for (int i = 0; i < of->gap_count; i++) {
        const mu_past_gap *g = &of->gaps[i];
        bool could = gap_of(other, g->name) || had_time(other, g);
        open[g->weight & 3] += could && !g->accepted;
        b->beyond += !could && !g->accepted;
    }
}

static void compare_gaps(mu_beside_before *b, const mu_course *c)
{
    count_open(b, b->now, b->before, b->open);
    count_open(b, b->before, b->now, b->open_before);
    for (int i = 0; i < b->now->gap_count; i++) {
        const mu_past_gap *g = &b->now->gaps[i];
        bool opened = !gap_of(b->before, g->name) && !g->accepted && had_time(b->before, g);
        b->opened += opened;
        b->back += opened && ever_before(c, b->before, g->name);
    }
    for (int i = 0; i < b->before->gap_count; i++) {
        const mu_past_gap *g = &b->before->gaps[i];
        b->closed += !gap_of(b->now, g->name) && had_time(b->now, g);
    }
    b->by_gaps = by_weight(b);
}

static void compare_times(mu_beside_before *b)
{
    mu_in_time(b->now, &b->in_time, &b->timed);
    mu_in_time(b->before, &b->in_time_before, &b->timed_before);
    if (!b->timed || !b->timed_before)
        return;
    b->difference = mu_rate_difference(b->in_time, b->timed, b->in_time_before, b->timed_before);
    b->by_time = b->difference.high < 0 ? MU_WORSE : b->difference.low > 0 ? MU_BETTER : MU_CANNOT_TELL;
}

int mu_targets_met(const mu_past_drill *d)
{
    int n = 0;
    for (int i = 0; i < d->target_count; i++)
        n += d->targets[i].met != 0;
    return n;
}

/* The same targets, those that came due in both. Few as they are, only with the same chance does a difference say anything. */
static void compare_targets(mu_beside_before *b)
{
    for (int i = 0; i < b->now->target_count; i++)
        for (int k = 0; k < b->before->target_count; k++)
            if (same(b->now->targets[i].name, b->before->targets[k].name)) {
                b->targets++;
                b->met += b->now->targets[i].met != 0;
                b->met_before += b->before->targets[k].met != 0;
                break;
            }
    if (b->same_chance && b->targets)
        b->by_targets = b->met < b->met_before ? MU_WORSE : b->met > b->met_before ? MU_BETTER : MU_THE_SAME;
}

/* One drill of a course beside the one before it. */
static mu_beside_before beside(const mu_course *c, int i)
{
    mu_beside_before b = {.now = c->drills[i], .before = i > 0 ? c->drills[i - 1] : NULL, .by_gaps = MU_FIRST, .by_time = MU_CANNOT_TELL, .by_targets = MU_CANNOT_TELL};
    if (!b.before)
        return b;
    b.same_chance = !b.now->players && !b.before->players && same(b.now->seed, b.before->seed) && same(b.now->scenario_hash, b.before->scenario_hash) &&
                    same(b.now->assumptions, b.before->assumptions);
    b.same_plan = same(b.now->plan_hash, b.before->plan_hash);
    compare_gaps(&b, c);
    compare_times(&b);
    compare_targets(&b);
    return b;
}

mu_beside_before mu_beside_last(const mu_course *c)
{
    return beside(c, c->count - 1);
}

mu_beside_before mu_beside_change(const mu_course *c)
{
    int i = c->count - 1;
    while (i > 0 && same(c->drills[i - 1]->plan_hash, c->drills[i]->plan_hash))
        i--;
    return beside(c, i);
}

/* ---- parts of the plan ---- */

int mu_part_lines(const mu_past *past, const char *plan, int64_t since, mu_arena *arena, const mu_part_line **lines)
{
    const mu_past_drill *newest = mu_newest(past, plan);
    int count = newest ? newest->part_count : 0;
    mu_part_line *out = mu_alloc(arena, ((size_t)count + 1) * sizeof *out);
    for (int i = 0; i < count; i++) {
        out[i].part = &newest->parts[i];
        for (int d = 0; d < past->count; d++)
            for (int k = 0; same(past->drills[d].plan, plan) && past->drills[d].over && k < past->drills[d].part_count; k++)
                if (past->drills[d].parts[k].exercised && same(past->drills[d].parts[k].name, out[i].part->name) && same(past->drills[d].parts[k].kind, out[i].part->kind))
                    out[i].last = &past->drills[d];
        out[i].lately = out[i].last && out[i].last->local >= since;
    }
    *lines = out;
    return count;
}
