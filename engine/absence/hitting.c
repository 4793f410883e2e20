#include "absence/hitting.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

typedef struct search {
    const mu_clause *clauses;
    int count;
    const int *costs;
    int items;
    long left;
    int *state;          /* by item: 1 chosen, 0 open, below that left out since so many choices */
    bool *best;
    int best_cost;
    int *stamp, stamped; /* by item: used by a clause of the bound */
} search;

static bool is_met(const search *s, const mu_clause *c)
{
    for (int i = 0; i < c->count; i++)
        if (s->state[c->items[i]] == 1)
            return true;
    return false;
}

/* How many of it may still be chosen, and the cheapest of them. */
static int open_in(const search *s, const mu_clause *c, int *cheapest)
{
    int n = 0;
    *cheapest = INT_MAX;
    for (int i = 0; i < c->count; i++)
        if (s->state[c->items[i]] == 0) {
            n++;
            *cheapest = s->costs[c->items[i]] < *cheapest ? s->costs[c->items[i]] : *cheapest;
        }
    return n;
}

static bool shares(const search *s, const mu_clause *c)
{
    for (int i = 0; i < c->count; i++)
        if (s->state[c->items[i]] == 0 && s->stamp[c->items[i]] == s->stamped)
            return true;
    return false;
}

/* Clauses that are not met and share nothing each cost their cheapest. The one with the fewest choices is *next, -1 none;
 * INT_MAX where one of them has no choice left. */
static int bound(search *s, int *next)
{
    int sum = 0, fewest = INT_MAX;
    *next = -1;
    s->stamped++;
    for (int i = 0; i < s->count; i++) {
        const mu_clause *c = &s->clauses[i];
        int cheapest, open;
        if (is_met(s, c))
            continue;
        open = open_in(s, c, &cheapest);
        if (open == 0)
            return INT_MAX;
        if (open < fewest) {
            fewest = open;
            *next = i;
        }
        if (shares(s, c))
            continue;
        sum += cheapest;
        for (int k = 0; k < c->count; k++)
            s->stamp[c->items[k]] = s->stamped;
    }
    return sum;
}

static void go(search *s, int cost, int depth)
{
    int next, more = bound(s, &next);
    if (more == INT_MAX || cost + more >= s->best_cost || s->left-- <= 0)
        return;
    if (next < 0) {
        s->best_cost = cost;
        for (int i = 0; i < s->items; i++)
            s->best[i] = s->state[i] == 1;
        return;
    }
    const mu_clause *c = &s->clauses[next];
    for (int i = 0; i < c->count; i++) {
        int item = c->items[i];
        if (s->state[item] != 0)
            continue;
        s->state[item] = 1;
        go(s, cost + s->costs[item], depth + 1);
        s->state[item] = -depth; /* the other branches go without it */
    }
    for (int i = 0; i < c->count; i++)
        if (s->state[c->items[i]] == -depth)
            s->state[c->items[i]] = 0;
}

/* What is met most often for its cost comes first: a choice to begin with. */
static void greedy(search *s)
{
    s->best_cost = 0;
    memset(s->best, 0, (size_t)s->items);
    for (;;) {
        int best = -1;
        double gain = 0;
        for (int item = 0; item < s->items; item++) {
            int met = 0;
            for (int i = 0; i < s->count; i++)
                for (int k = 0; k < s->clauses[i].count && !is_met(s, &s->clauses[i]); k++)
                    met += s->clauses[i].items[k] == item;
            if ((double)met / s->costs[item] > gain) {
                gain = (double)met / s->costs[item];
                best = item;
            }
        }
        if (best < 0)
            break;
        s->state[best] = 1;
        s->best[best] = true;
        s->best_cost += s->costs[best];
    }
    memset(s->state, 0, (size_t)s->items * sizeof *s->state);
}

bool mu_hitting(const mu_clause *clauses, int count, const int *costs, int items, long most, bool *chosen, int *cost)
{
    search s = {.clauses = clauses, .count = count, .costs = costs, .items = items, .left = most, .best = chosen};
    s.state = mu_grow(NULL, ((size_t)items + 1) * sizeof *s.state);
    s.stamp = mu_grow(NULL, ((size_t)items + 1) * sizeof *s.stamp);
    memset(s.state, 0, ((size_t)items + 1) * sizeof *s.state);
    memset(s.stamp, 0, ((size_t)items + 1) * sizeof *s.stamp);
    greedy(&s);
    go(&s, 0, 1);
    *cost = s.best_cost;
    free(s.state);
    free(s.stamp);
    return s.left > 0;
}
