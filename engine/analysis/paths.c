#include "analysis/paths.h"

#include <string.h>

static bool is_external(const mu_judge *j, const mu_node *ref)
{
    return ref->ref && ref->ref->parent == mu_get(j->root, "externals");
}

const mu_node *mu_done_outside(const mu_judge *j, const mu_node *action)
{
    const mu_node *by = mu_get(action, "by"), *cell = mu_get(action, "R"), *outside = NULL;
    if (by)
        return by->ref;
    for (const mu_node *r = mu_items(cell); r; r = cell->kind == MU_LIST ? r->next : NULL) {
        if (!is_external(j, r))
            return NULL;
        outside = outside ? outside : r->ref;
    }
    return outside;
}

int64_t mu_shortest(const mu_node *n)
{
    int64_t least = -1;
    if (n && n->kind == MU_SCALAR)
        return n->value > 0 ? n->value : -1;
    MU_EACH (c, n) {
        int64_t one = c->kind == MU_SCALAR && c->value > 0 ? c->value : -1;
        least = one >= 0 && (least < 0 || one < least) ? one : least;
    }
    return least;
}

int64_t mu_longest(const mu_node *n)
{
    int64_t most = n && n->kind == MU_SCALAR && n->value > 0 ? n->value : -1;
    MU_EACH (c, n)
        most = c->kind == MU_SCALAR && c->value > most ? c->value : most;
    return most;
}

const char *mu_long(const mu_judge *j, int64_t ms)
{
    enum { MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
    int64_t minutes = (ms + MINUTE - 1) / MINUTE;
    if (ms % MINUTE && ms < 10 * MINUTE)
        return MU_SAY(j, "%d s", (int)((ms + 999) / 1000));
    if (ms % DAY == 0 && ms >= 4 * (int64_t)DAY)
        return MU_SAY(j, "%d days", (int)(ms / DAY));
    if (minutes < 90)
        return MU_SAY(j, "%d min", (int)minutes);
    return minutes % 60 == 0 ? MU_SAY(j, "%d h", (int)(minutes / 60)) : MU_SAY(j, "%d h %02d", (int)(minutes / 60), (int)(minutes % 60));
}

int64_t mu_laxest_contain(const mu_judge *j, bool always)
{
    int64_t most = -1;
    MU_EACH (s, mu_get(j->root, "severities")) {
        int64_t one = mu_is_level(s) && !(always && mu_is(s, "cover", "working_hours")) ? mu_longest(mu_get(s, "contain_within")) : -1;
        most = one > most ? one : most;
    }
    return most;
}

int64_t mu_responds(const mu_node *external)
{
    return mu_shortest(mu_get(mu_get(external, "contract"), "respond_within"));
}

/* Advice from outside is waited for until it comes, or until the plan waits no longer. */
static int64_t advice(const mu_judge *j, const mu_node *action)
{
    const mu_node *cell = mu_get(action, "C");
    int64_t longest = 0, within = mu_shortest(mu_get(action, "consult_within"));
    for (const mu_node *c = mu_items(cell); c; c = cell->kind == MU_LIST ? c->next : NULL) {
        int64_t one = is_external(j, c) ? mu_responds(c->ref) : 0;
        longest = one > longest ? one : longest;
    }
    return within >= 0 && within < longest ? within : longest;
}

int64_t mu_least_of(const mu_judge *j, const mu_node *action)
{
    const mu_node *outside = mu_done_outside(j, action);
    int64_t respond = outside ? mu_responds(outside) : 0;
    return advice(j, action) + (respond > 0 ? respond : 0);
}

bool mu_step_in(const mu_node *step, const char *phase)
{
    const mu_node *action = mu_get(step, "action");
    return mu_get(step, "phase") ? mu_is(step, "phase", phase) : action && action->ref && mu_is(action->ref, "phase", phase);
}

bool mu_contains(const mu_judge *j, const mu_node *step)
{
    static const char *const functions[] = {"security", "cloud", "it", "application"};
    const mu_node *action = mu_get(step, "action"), *cell = action && action->ref ? mu_get(action->ref, mu_get(action->ref, "R") ? "R" : "R/A") : NULL;
    if (!cell || !mu_step_in(step, "contain") || mu_done_outside(j, action->ref))
        return false;
    for (const mu_node *r = mu_items(cell); r; r = cell->kind == MU_LIST ? r->next : NULL)
        for (size_t i = 0; r->ref && i < sizeof functions / sizeof *functions; i++)
            if (mu_is(r->ref, "function", functions[i]))
                return true;
    return false;
}

/* ---- the path ---- */

enum { DEEP = 2000 }; /* a longer chain of steps counts from there: the least time stays a least time */

typedef struct walk {
    const mu_judge *j;
    const mu_node **steps;
    int64_t *begins, *done; /* done: -1 not looked at, -2 being looked at: a ring of steps ends there */
    bool *skipped;          /* a decision may skip it */
    int *places;            /* by the step's number, from the first step's on; plus one */
    uint32_t from, to;
    int count, depth;
} walk;

static int place_of(const walk *w, const mu_node *step)
{
    return step && step->number >= w->from && step->number <= w->to ? w->places[step->number - w->from] - 1 : -1;
}

static void look_at(walk *w, int i);

/* Where a step may be skipped, whatever it leads to may begin when it would have begun itself. */
static int64_t begin_of(walk *w, const mu_node *step)
{
    int64_t latest = 0;
    MU_EACH (after, mu_get(step, "after")) {
        int before = place_of(w, after->ref);
        if (before < 0)
            continue;
        look_at(w, before);
        int64_t then = w->done[before] < 0 ? 0 : w->skipped[before] ? w->begins[before] : w->done[before];
        latest = then > latest ? then : latest;
    }
    return latest;
}

static void look_at(walk *w, int i)
{
    const mu_node *step = w->steps[i], *action = mu_get(step, "action");
    int64_t gates = 0;
    if (w->done[i] != -1 || w->depth > DEEP)
        return;
    w->done[i] = -2;
    w->depth++;
    MU_EACH (g, mu_get(step, "gate")) {
        int64_t one = g->ref ? mu_least_of(w->j, g->ref) : 0;
        gates = one > gates ? one : gates;
    }
    w->begins[i] = begin_of(w, step);
    w->done[i] = w->begins[i] + gates + (action && action->ref ? mu_least_of(w->j, action->ref) : 0);
    w->depth--;
}

static void list_steps(walk *w, const mu_node *list)
{
    size_t room = (size_t)list->count + 1;
    w->from = list->first->number;
    w->to = mu_last(list)->number;
    w->steps = mu_alloc(w->j->arena, room * sizeof *w->steps);
    w->begins = mu_alloc(w->j->arena, room * sizeof *w->begins);
    w->done = mu_alloc(w->j->arena, room * sizeof *w->done);
    w->skipped = mu_alloc(w->j->arena, room * sizeof *w->skipped);
    w->places = mu_alloc(w->j->arena, ((size_t)(w->to - w->from) + 1) * sizeof *w->places);
    for (const mu_node *step = list->first; step; step = step->next) {
        w->steps[w->count] = step;
        w->done[w->count++] = -1;
        w->places[step->number - w->from] = w->count;
    }
}

mu_path mu_path_of(const mu_judge *j, const mu_node *book)
{
    const mu_node *list = mu_get(book, "steps");
    walk w = {.j = j};
    if (!list || list->kind != MU_LIST || !list->count)
        return (mu_path){NULL, NULL, 0};
    list_steps(&w, list);
    for (int i = 0; i < w.count; i++)
        MU_EACH (d, mu_get(w.steps[i], "decides")) {
            int to = place_of(&w, d->ref);
            if (to >= 0)
                w.skipped[to] = true;
        }
    for (int i = 0; i < w.count; i++)
        look_at(&w, i);
    return (mu_path){w.steps, w.done, w.count};
}
