#include "absence/hitting.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Clauses and items as bits of each other. */
typedef struct search {
    int count, items;
    size_t clause_words, item_words;
    uint64_t *of_clause, *of_item; /* by clause, its items; by item, its clauses */
    int *costs;
    double *rest;                  /* by item: what of its cost no clause has claimed */
    int *order;                    /* clauses, in the order in which they claim */
    long left;
    uint64_t *best;
    int best_cost;
} search;

/* What is decided on the way to a place of the search. */
typedef struct place {
    uint64_t *open, *items, *chosen; /* clauses that are not met; items that may still be chosen; that are */
    int cost;
} place;

static void *zeroed(size_t count, size_t size)
{
    void *bytes = mu_grow(NULL, (count + 1) * size);
    memset(bytes, 0, (count + 1) * size);
    return bytes;
}

static bool has(const uint64_t *bits, int i)
{
    return bits[i / 64] >> i % 64 & 1;
}

static void put(uint64_t *bits, int i)
{
    bits[i / 64] |= UINT64_C(1) << i % 64;
}

static void take(uint64_t *bits, int i)
{
    bits[i / 64] &= ~(UINT64_C(1) << i % 64);
}

/* The first from `from` on that stands in both; -1 behind the last. */
static int next(const uint64_t *a, const uint64_t *b, size_t words, int from)
{
    size_t w = (size_t)from / 64;
    uint64_t bits = w < words ? a[w] & b[w] & ~UINT64_C(0) << from % 64 : 0;
    while (!bits && ++w < words)
        bits = a[w] & b[w];
    return bits ? (int)(w * 64) + __builtin_ctzll(bits) : -1;
}

#define EACH_OF(i, a, b, words) for (int i = next(a, b, words, 0); i >= 0; i = next(a, b, words, i + 1))

static int common(const uint64_t *a, const uint64_t *b, size_t words)
{
    int n = 0;
    for (size_t w = 0; w < words; w++)
        n += __builtin_popcountll(a[w] & b[w]);
    return n;
}

/* Whatever of `a` counts is in `b`. */
static bool within(const uint64_t *a, const uint64_t *b, const uint64_t *counts, size_t words)
{
    for (size_t w = 0; w < words; w++)
        if (a[w] & counts[w] & ~b[w])
            return false;
    return true;
}

static uint64_t *clause_of(const search *s, int c)
{
    return s->of_clause + (size_t)c * s->item_words;
}

static uint64_t *item_of(const search *s, int i)
{
    return s->of_item + (size_t)i * s->clause_words;
}

static search search_of(int count, int items)
{
    search s = {.count = count, .items = items, .clause_words = (size_t)count / 64 + 1, .item_words = (size_t)items / 64 + 1, .best_cost = INT_MAX};
    s.of_clause = zeroed((size_t)count * s.item_words, sizeof *s.of_clause);
    s.of_item = zeroed((size_t)items * s.clause_words, sizeof *s.of_item);
    s.costs = zeroed((size_t)items, sizeof *s.costs);
    s.rest = zeroed((size_t)items, sizeof *s.rest);
    s.order = zeroed((size_t)count, sizeof *s.order);
    s.best = zeroed(s.item_words, sizeof *s.best);
    return s;
}

static void search_free(search *s)
{
    void *all[] = {s->of_clause, s->of_item, s->costs, s->rest, s->order, s->best};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static void holds(search *s, int clause, int item)
{
    put(clause_of(s, clause), item);
    put(item_of(s, item), clause);
}

static place place_of(const search *s)
{
    uint64_t *bits = zeroed(s->clause_words + 2 * s->item_words, sizeof *bits);
    return (place){bits, bits + s->clause_words, bits + s->clause_words + s->item_words, 0};
}

static place copied(const search *s, const place *p)
{
    place copy = place_of(s);
    memcpy(copy.open, p->open, (s->clause_words + 2 * s->item_words) * sizeof *copy.open);
    copy.cost = p->cost;
    return copy;
}

/* ---- what needs no search ---- */

static void choose(const search *s, place *p, int item)
{
    put(p->chosen, item);
    take(p->items, item);
    p->cost += s->costs[item];
    for (size_t w = 0; w < s->clause_words; w++)
        p->open[w] &= ~item_of(s, item)[w];
}

/* A clause with one item left takes it. False where one has none. */
static bool take_forced(const search *s, place *p, bool *changed)
{
    EACH_OF(c, p->open, p->open, s->clause_words) {
        int n = common(clause_of(s, c), p->items, s->item_words);
        if (n == 0)
            return false;
        *changed = *changed || n == 1;
        if (n == 1)
            choose(s, p, next(clause_of(s, c), p->items, s->item_words, 0));
    }
    return true;
}

/* Whatever meets a clause meets one that holds all of its items. */
static bool drop_clauses(const search *s, place *p)
{
    bool changed = false;
    EACH_OF(a, p->open, p->open, s->clause_words)
        EACH_OF(b, p->open, p->open, s->clause_words)
            if (b != a && within(clause_of(s, a), clause_of(s, b), p->items, s->item_words)) {
                take(p->open, b);
                changed = true;
            }
    return changed;
}

/* Another meets all that this one does, and costs no more; of two alike the first stays. */
static bool is_idle(const search *s, const place *p, int item)
{
    const uint64_t *own = item_of(s, item);
    int any = next(own, p->open, s->clause_words, 0);
    if (any < 0)
        return true;
    EACH_OF(other, clause_of(s, any), p->items, s->item_words) {
        if (other == item || s->costs[other] > s->costs[item] || !within(own, item_of(s, other), p->open, s->clause_words))
            continue;
        if (other < item || s->costs[other] < s->costs[item] || !within(item_of(s, other), own, p->open, s->clause_words))
            return true;
    }
    return false;
}

static bool drop_items(const search *s, place *p)
{
    bool changed = false;
    EACH_OF(i, p->items, p->items, s->item_words)
        if (is_idle(s, p, i)) {
            take(p->items, i);
            changed = true;
        }
    return changed;
}

/* False where a clause cannot be met any more. */
static bool reduce(const search *s, place *p)
{
    for (bool changed = true; changed;) {
        changed = false;
        if (!take_forced(s, p, &changed))
            return false;
        changed = drop_items(s, p) || changed;
        changed = drop_clauses(s, p) || changed;
    }
    return true;
}

/* ---- the bound ---- */

/* A clause claims what the cheapest of its items has left. No item is claimed for more than its cost, so whatever is claimed
 * must be paid. */
static double claims(search *s, const place *p, int clause)
{
    double least = INT_MAX;
    EACH_OF(i, clause_of(s, clause), p->items, s->item_words)
        least = s->rest[i] < least ? s->rest[i] : least;
    return least;
}

/* One after the other, those with few items first. */
static double in_turn(search *s, const place *p)
{
    double sum = 0;
    EACH_OF(i, p->items, p->items, s->item_words)
        s->rest[i] = s->costs[i];
    for (int k = 0; k < s->count; k++) {
        if (!has(p->open, s->order[k]))
            continue;
        double claim = claims(s, p, s->order[k]);
        EACH_OF(i, clause_of(s, s->order[k]), p->items, s->item_words)
            s->rest[i] -= claim;
        sum += claim;
    }
    return sum;
}

/* All at once: each claims an equal share of an item. */
static double in_shares(search *s, const place *p)
{
    double sum = 0;
    EACH_OF(i, p->items, p->items, s->item_words)
        s->rest[i] = s->costs[i] / (double)common(item_of(s, i), p->open, s->clause_words);
    EACH_OF(c, p->open, p->open, s->clause_words)
        sum += claims(s, p, c);
    return sum;
}

static int bound(search *s, const place *p)
{
    double turn = in_turn(s, p), shares = in_shares(s, p);
    return (int)ceil((turn > shares ? turn : shares) - 1e-6);
}

/* ---- the search ---- */

static void keep(search *s, const place *p)
{
    s->best_cost = p->cost;
    memcpy(s->best, p->chosen, s->item_words * sizeof *s->best);
}

/* Of the clause with the fewest items, the one that meets most; -1 where no clause is open. */
static int fullest(const search *s, const place *p)
{
    int fewest = INT_MAX, clause = -1, best = -1, most = 0;
    EACH_OF(c, p->open, p->open, s->clause_words) {
        int n = common(clause_of(s, c), p->items, s->item_words);
        clause = n < fewest ? c : clause;
        fewest = n < fewest ? n : fewest;
    }
    if (clause < 0)
        return -1;
    EACH_OF(i, clause_of(s, clause), p->items, s->item_words) {
        int n = common(item_of(s, i), p->open, s->clause_words);
        best = n > most ? i : best;
        most = n > most ? n : most;
    }
    return best;
}

/* With an item and then without it, as long as that may be cheaper than the best. */
static void go(search *s, place *p)
{
    while (reduce(s, p)) {
        int item = fullest(s, p);
        if (item < 0 && p->cost < s->best_cost)
            keep(s, p);
        if (item < 0 || p->cost + bound(s, p) >= s->best_cost || s->left-- <= 0)
            return;
        place with = copied(s, p);
        choose(s, &with, item);
        go(s, &with);
        free(with.open);
        take(p->items, item);
    }
}

/* A choice to begin with: what meets most for its cost, again and again. */
static void greedy(search *s, const place *from)
{
    place p = copied(s, from);
    while (next(p.open, p.open, s->clause_words, 0) >= 0) {
        int best = -1;
        double gain = 0;
        EACH_OF(i, p.items, p.items, s->item_words) {
            double own = (double)common(item_of(s, i), p.open, s->clause_words) / s->costs[i];
            best = own > gain ? i : best;
            gain = own > gain ? own : gain;
        }
        choose(s, &p, best);
    }
    keep(s, &p);
    free(p.open);
}

static void order_clauses(search *s)
{
    for (int c = 0; c < s->count; c++) {
        int size = common(clause_of(s, c), clause_of(s, c), s->item_words), at = c;
        for (; at > 0 && common(clause_of(s, s->order[at - 1]), clause_of(s, s->order[at - 1]), s->item_words) > size; at--)
            s->order[at] = s->order[at - 1];
        s->order[at] = c;
    }
}

/* What is left of a search at a place, with numbers of its own: `names` says which items they are. */
static search rest_of(const search *s, const place *p, int *names)
{
    int *clauses = zeroed((size_t)s->count, sizeof *clauses), count = 0, items = 0;
    EACH_OF(c, p->open, p->open, s->clause_words)
        clauses[count++] = c;
    EACH_OF(i, p->items, p->items, s->item_words)
        names[items++] = i;
    search rest = search_of(count, items);
    for (int i = 0; i < items; i++) {
        rest.costs[i] = s->costs[names[i]];
        for (int c = 0; c < count; c++)
            if (has(clause_of(s, clauses[c]), names[i]))
                holds(&rest, c, i);
    }
    order_clauses(&rest);
    free(clauses);
    return rest;
}

static place beginning(const search *s)
{
    place p = place_of(s);
    for (int c = 0; c < s->count; c++)
        put(p.open, c);
    for (int i = 0; i < s->items; i++)
        put(p.items, i);
    return p;
}

/* ---- the parts ---- */

/* Takes out of a place what hangs together with its first open clause; false where none is open. */
static bool next_part(const search *s, place *p, place *part)
{
    int first = next(p->open, p->open, s->clause_words, 0);
    bool grows = first >= 0;
    if (!grows)
        return false;
    *part = place_of(s);
    put(part->open, first);
    while (grows) {
        grows = false;
        EACH_OF(c, part->open, part->open, s->clause_words)
            EACH_OF(i, clause_of(s, c), p->items, s->item_words) {
                grows = grows || !has(part->items, i);
                put(part->items, i);
                for (size_t w = 0; w < s->clause_words; w++)
                    part->open[w] |= item_of(s, i)[w] & p->open[w];
            }
    }
    for (size_t w = 0; w < s->clause_words; w++)
        p->open[w] &= ~part->open[w];
    return true;
}

/* What is chosen of a part is added to `chosen` and `cost`; returns what it costs at least. */
static int solve(const search *whole, const place *part, long most, bool *chosen, int *cost)
{
    int *names = zeroed((size_t)whole->items, sizeof *names);
    search rest = rest_of(whole, part, names);
    place start = beginning(&rest);
    int least = bound(&rest, &start);
    rest.left = most;
    greedy(&rest, &start);
    go(&rest, &start);
    for (int i = 0; i < rest.items; i++)
        chosen[names[i]] = chosen[names[i]] || has(rest.best, i);
    least = rest.left > 0 ? rest.best_cost : least;
    *cost += rest.best_cost;
    free(start.open);
    free(names);
    search_free(&rest);
    return least;
}

bool mu_hitting(const mu_clause *clauses, int count, const int *costs, int items, long most, bool *chosen, int *cost, int *least)
{
    search whole = search_of(count, items);
    memcpy(whole.costs, costs, (size_t)items * sizeof *costs);
    for (int c = 0; c < count; c++)
        for (int k = 0; k < clauses[c].count; k++)
            holds(&whole, c, clauses[c].items[k]);
    place p = beginning(&whole), part;
    (void)reduce(&whole, &p); /* no clause is empty */
    memset(chosen, 0, (size_t)items);
    EACH_OF(i, p.chosen, p.chosen, whole.item_words)
        chosen[i] = true;
    *cost = *least = p.cost;
    while (next_part(&whole, &p, &part)) {
        *least += solve(&whole, &part, most, chosen, cost);
        free(part.open);
    }
    free(p.open);
    search_free(&whole);
    return *least == *cost;
}
