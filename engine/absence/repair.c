#include "absence/repair.h"

#include <stdlib.h>
#include <string.h>

#include "absence/hitting.h"
#include "base/check.h"

enum { ROUNDS = 150, CHOICES = 50000, HASTE = 200 }; /* choices of a part in a round, and once one was not proved */

typedef struct mender {
    const mu_house *h;
    mu_repair_options options;
    mu_needs *offered;   /* with every change as an element */
    mu_what_if *state;
    mu_clause *clauses;
    int clause_count, clause_room;
    bool *chosen;        /* by change */
    int *costs;
    const char **why;
} mender;

/* ---- what still breaks ---- */

/* The plan with what was chosen, judged from the plan on. */
static mu_needs *with_changes(const mender *m)
{
    mu_needs_options options = m->options.needs;
    const char **made = mu_alloc(m->h->judge.arena, (size_t)(m->offered->change_count + 1) * sizeof *made);
    int count = 0;
    for (int i = 0; i < m->offered->change_count; i++)
        if (m->chosen[i])
            made[count++] = m->offered->changes[i].id;
    options.made = made;
    options.made_count = count;
    return mu_needs_of(m->h, &options, m->why);
}

static int need_of(const mu_needs *needs, const char *id, int near)
{
    for (int k = 0; k < needs->count; k++)
        if (strcmp(needs->list[(near + k) % needs->count].id, id) == 0)
            return (near + k) % needs->count;
    return -1;
}

static int by_value(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

static bool same(const mu_clause *a, const mu_clause *b)
{
    return a->count == b->count && memcmp(a->items, b->items, (size_t)a->count * sizeof *a->items) == 0;
}

static bool add_clause(mender *m, int *items, int count)
{
    qsort(items, (size_t)count, sizeof *items, by_value);
    mu_clause c = {items, count};
    for (int i = 0; i < m->clause_count; i++)
        if (same(&m->clauses[i], &c))
            return false;
    if (m->clause_count == m->clause_room) {
        m->clause_room = m->clause_room ? m->clause_room * 2 : 64;
        m->clauses = mu_grow(m->clauses, (size_t)m->clause_room * sizeof *m->clauses);
    }
    m->clauses[m->clause_count++] = c;
    return true;
}

/* What a set has taught: nothing can mend it; a clause that was there; one more. */
enum { BEYOND, KNOWN, LEARNT };

/* As many changes as leave it broken are made, from one end or the other; of the rest one must be made. */
static int learn_from(mender *m, int need, bool backwards)
{
    int n = m->offered->change_count, count = 0, *items = mu_alloc(m->h->judge.arena, (size_t)(n + 1) * sizeof *items);
    for (int i = 0; i < n; i++)
        mu_what_if_set(m->state, m->offered->changes[i].element, !m->chosen[i]);
    MU_CHECK(mu_what_if_fails(m->state, m->offered->list[need].gate));
    for (int k = 0; k < n; k++) {
        int i = backwards ? n - 1 - k : k;
        uint32_t element = m->offered->changes[i].element;
        if (m->chosen[i])
            continue;
        mu_what_if_set(m->state, element, false);
        if (mu_what_if_fails(m->state, m->offered->list[need].gate))
            continue;
        mu_what_if_set(m->state, element, true);
        items[count++] = i;
    }
    return count == 0 ? BEYOND : add_clause(m, items, count) ? LEARNT : KNOWN;
}

static int learn(mender *m, int need, const int *set)
{
    for (int i = 0; set && set[i] >= 0; i++)
        mu_what_if_set(m->state, (uint32_t)set[i], true);
    int learnt = learn_from(m, need, false);
    learnt = learnt == BEYOND || learn_from(m, need, true) == KNOWN ? learnt : LEARNT;
    for (int i = 0; set && set[i] >= 0; i++)
        mu_what_if_set(m->state, (uint32_t)set[i], false);
    return learnt;
}

/* How many of what can be mended still break; everything that does teaches something. */
static int broken_still(mender *m, const mu_cover *c, bool *learnt)
{
    int broken = 0;
    *learnt = false;
    for (int i = 0; i < c->needs->count; i++) {
        int need = need_of(m->offered, c->needs->list[i].id, i);
        const mu_need_cover *own = &c->own[i];
        MU_CHECK(need >= 0);
        for (int k = own->broken ? -1 : 0; k < own->set_count; k++) {
            int taught = learn(m, need, k < 0 ? NULL : own->sets[k]);
            broken += taught != BEYOND;
            *learnt = *learnt || taught == LEARNT;
        }
    }
    return broken;
}

/* ---- the search ---- */

static const mu_cover *judge_again(mender *m)
{
    mu_needs *needs = with_changes(m);
    mu_cover *c = needs ? mu_cover_of(needs, m->options.order, m->options.most, NULL, NULL, m->why) : NULL;
    mu_needs_free(needs);
    return c;
}

/* The cheapest choice that meets all clauses so far; what is known of the least that any costs. */
static bool choose(mender *m, mu_repair *r, long most, bool *chosen, int *cost)
{
    int least;
    bool proved = mu_hitting(m->clauses, m->clause_count, m->costs, m->offered->change_count, most, chosen, cost, &least);
    r->least = least > r->least ? least : r->least;
    return proved;
}

/* A choice after which nothing breaks was found in haste: looked for again at length. True where nothing cheaper is found. */
static bool settled(mender *m, mu_repair *r)
{
    int cost;
    bool *chosen = mu_alloc(m->h->judge.arena, (size_t)m->offered->change_count + 1);
    (void)choose(m, r, CHOICES, chosen, &cost);
    if (cost >= r->cost)
        return true;
    r->cost = cost;
    memcpy(m->chosen, chosen, (size_t)m->offered->change_count);
    return false;
}

static const mu_cover *search(mender *m, mu_repair *r, mu_cuts_watch watch, void *self)
{
    bool haste = false;
    for (r->rounds = 1;; r->rounds++) {
        bool learnt;
        const mu_cover *c = judge_again(m);
        if (!c)
            return NULL;
        bool mended = broken_still(m, c, &learnt) == 0;
        if (mended && (r->cost == r->least || settled(m, r))) {
            r->smallest = r->cost == r->least;
            return c;
        }
        MU_CHECK(mended || learnt);
        if (!mended)
            haste = !choose(m, r, r->rounds > ROUNDS ? 1 : haste ? HASTE : CHOICES, m->chosen, &r->cost) || haste;
        if (watch)
            watch(self, r->rounds);
    }
}

static void keep(mender *m, mu_repair *r)
{
    mu_arena *arena = m->h->judge.arena;
    mu_change *list = mu_alloc(arena, (size_t)(m->offered->change_count + 1) * sizeof *list);
    for (int i = 0; i < m->offered->change_count; i++)
        if (m->chosen[i])
            list[r->count++] = m->offered->changes[i];
    r->changes = list;
}

static bool begin(mender *m)
{
    mu_arena *arena = m->h->judge.arena;
    mu_needs_options options = m->options.needs;
    options.offer = true;
    m->offered = mu_needs_of(m->h, &options, m->why);
    if (!m->offered)
        return false;
    m->state = mu_what_if_new(m->offered->structure);
    m->chosen = mu_alloc(arena, (size_t)m->offered->change_count + 1);
    m->costs = mu_alloc(arena, (size_t)(m->offered->change_count + 1) * sizeof *m->costs);
    for (int i = 0; i < m->offered->change_count; i++)
        m->costs[i] = m->options.costs[m->offered->changes[i].kind];
    return true;
}

mu_repair *mu_repair_of(const mu_house *h, const mu_repair_options *options, mu_cuts_watch watch, void *self, const char **why)
{
    mender m = {.h = h, .options = *options, .why = why};
    mu_repair *r = mu_alloc(h->judge.arena, sizeof *r);
    *why = NULL;
    if (!begin(&m))
        return NULL;
    r->before = judge_again(&m);
    r->after = r->before ? search(&m, r, watch, self) : NULL;
    if (r->after)
        keep(&m, r);
    free(m.clauses);
    mu_what_if_free(m.state);
    mu_needs_free(m.offered);
    return r->after ? r : NULL;
}
