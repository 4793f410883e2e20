#include "absence/families.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

typedef struct node {
    uint16_t variable, deepest;
    uint32_t without, with; /* the sets that lack the variable; those that hold it, without it */
    uint32_t next;          /* of the same slot */
} node;

enum { UNION = 1, WITHOUT = 2, CUT = 3, PRODUCT = 4 }; /* the order of a product is added */
enum { GROUND = 65535, FIRST = 1 << 14 };

typedef struct entry {
    uint32_t a, b, op, result;
} entry;

struct mu_families {
    node *nodes;
    uint32_t count, room, most;
    uint32_t *slots; /* as many as there is room for nodes: a power of two */
    entry *cache;    /* of results, as many */
    bool full;
};

static uint32_t mixed(uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (a * UINT64_C(0x9e3779b97f4a7c15)) ^ (b * UINT64_C(0xc2b2ae3d27d4eb4f)) ^ (c * UINT64_C(0x165667b19e3779f9));
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(h >> 32);
}

static void make_room(mu_families *f, uint32_t room)
{
    f->nodes = mu_grow(f->nodes, room * sizeof *f->nodes);
    free(f->slots);
    free(f->cache);
    f->slots = calloc(room, sizeof *f->slots);
    f->cache = calloc(room, sizeof *f->cache);
    MU_CHECK(f->slots && f->cache);
    f->room = room;
    for (uint32_t i = 2; i < f->count; i++) {
        uint32_t *slot = &f->slots[mixed(f->nodes[i].variable, f->nodes[i].without, f->nodes[i].with) & (room - 1)];
        f->nodes[i].next = *slot;
        *slot = i;
    }
}

mu_families *mu_families_new(size_t most)
{
    mu_families *f = mu_grow(NULL, sizeof *f);
    *f = (mu_families){.count = 2, .most = most < UINT32_MAX / 2 ? (uint32_t)most : UINT32_MAX / 2};
    make_room(f, FIRST);
    f->nodes[MU_NO_SET] = f->nodes[MU_EMPTY_SET] = (node){.variable = GROUND};
    return f;
}

void mu_families_free(mu_families *f)
{
    if (!f)
        return;
    free(f->nodes);
    free(f->slots);
    free(f->cache);
    free(f);
}

bool mu_families_full(const mu_families *f)
{
    return f->full;
}

size_t mu_families_nodes(const mu_families *f)
{
    return f->count;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static mu_family make(mu_families *f, unsigned variable, mu_family without, mu_family with)
{
    if (with == MU_NO_SET)
        return without;
    uint32_t h = mixed(variable, without, with);
    for (uint32_t i = f->slots[h & (f->room - 1)]; i; i = f->nodes[i].next)
        if (f->nodes[i].variable == variable && f->nodes[i].without == without && f->nodes[i].with == with)
            return i;
    if (f->count >= f->most) {
        f->full = true;
        return MU_NO_SET;
    }
    if (f->count == f->room)
        make_room(f, f->room * 2);
    uint32_t *slot = &f->slots[h & (f->room - 1)];
    unsigned deepest = larger(f->nodes[without].deepest, f->nodes[with].deepest + 1u);
    f->nodes[f->count] = (node){(uint16_t)variable, (uint16_t)deepest, without, with, *slot};
    *slot = f->count;
    return f->count++;
}

static bool known(const mu_families *f, mu_family a, mu_family b, uint32_t op, mu_family *result)
{
    const entry *e = &f->cache[mixed(a, b, op) & (f->room - 1)];
    *result = e->result;
    return e->a == a && e->b == b && e->op == op;
}

static mu_family keep(mu_families *f, mu_family a, mu_family b, uint32_t op, mu_family result)
{
    if (!f->full)
        f->cache[mixed(a, b, op) & (f->room - 1)] = (entry){a, b, op, result};
    return result;
}

mu_family mu_family_of(mu_families *f, unsigned variable)
{
    MU_CHECK(variable < GROUND);
    return make(f, variable, MU_NO_SET, MU_EMPTY_SET);
}

mu_family mu_family_without(mu_families *f, mu_family a, mu_family b)
{
    mu_family r;
    if (a == b || a == MU_NO_SET || b == MU_EMPTY_SET)
        return MU_NO_SET;
    if (a == MU_EMPTY_SET || b == MU_NO_SET)
        return a;
    if (known(f, a, b, WITHOUT, &r))
        return r;
    const node x = f->nodes[a], y = f->nodes[b];
    if (x.variable < y.variable) {
        mu_family lacking = mu_family_without(f, x.without, b);
        r = make(f, x.variable, lacking, mu_family_without(f, x.with, b));
    } else if (x.variable > y.variable) {
        r = mu_family_without(f, a, y.without);
    } else {
        mu_family lacking = mu_family_without(f, x.without, y.without);
        r = make(f, x.variable, lacking, mu_family_without(f, mu_family_without(f, x.with, y.without), y.with));
    }
    return keep(f, a, b, WITHOUT, r);
}

/* A family by one variable: the sets that lack it, and those that hold it. */
typedef struct halves {
    mu_family without, with;
} halves;

static halves by(const mu_families *f, mu_family a, unsigned variable)
{
    const node *n = &f->nodes[a];
    return n->variable == variable ? (halves){n->without, n->with} : (halves){a, MU_NO_SET};
}

static unsigned first_of(const mu_families *f, mu_family a, mu_family b)
{
    return f->nodes[a].variable < f->nodes[b].variable ? f->nodes[a].variable : f->nodes[b].variable;
}

mu_family mu_family_union(mu_families *f, mu_family a, mu_family b)
{
    mu_family r;
    if (a == MU_EMPTY_SET || b == MU_EMPTY_SET)
        return MU_EMPTY_SET;
    if (a == MU_NO_SET || a == b)
        return b;
    if (b == MU_NO_SET)
        return a;
    if (a > b)
        return mu_family_union(f, b, a);
    if (known(f, a, b, UNION, &r))
        return r;
    unsigned v = first_of(f, a, b);
    halves x = by(f, a, v), y = by(f, b, v);
    mu_family lacking = mu_family_union(f, x.without, y.without);
    mu_family holding = mu_family_without(f, mu_family_union(f, x.with, y.with), lacking);
    return keep(f, a, b, UNION, make(f, v, lacking, holding));
}

/* The sets of at most `order` elements. */
static mu_family cut(mu_families *f, mu_family a, unsigned order)
{
    mu_family r;
    if (f->nodes[a].deepest <= order)
        return a;
    if (order == 0)
        return MU_NO_SET; /* the empty set would be alone in its family, and is not deep */
    if (known(f, a, order, CUT, &r))
        return r;
    const node x = f->nodes[a];
    mu_family lacking = cut(f, x.without, order);
    return keep(f, a, order, CUT, make(f, x.variable, lacking, cut(f, x.with, order - 1)));
}

mu_family mu_family_product(mu_families *f, mu_family a, mu_family b, unsigned order)
{
    mu_family r;
    if (a == MU_NO_SET || b == MU_NO_SET)
        return MU_NO_SET;
    if (a == MU_EMPTY_SET || b == MU_EMPTY_SET)
        return cut(f, a == MU_EMPTY_SET ? b : a, order);
    if (order == 0)
        return MU_NO_SET;
    if (a > b)
        return mu_family_product(f, b, a, order);
    unsigned deep = (unsigned)f->nodes[a].deepest + f->nodes[b].deepest;
    order = order >= deep ? MU_ALL_ORDERS : order; /* no limit that is none, so that results are found again */
    if (known(f, a, b, PRODUCT + order, &r))
        return r;
    unsigned v = first_of(f, a, b), inner = order == MU_ALL_ORDERS ? order : order - 1;
    halves x = by(f, a, v), y = by(f, b, v);
    mu_family lacking = mu_family_product(f, x.without, y.without, order);
    mu_family holding = mu_family_product(f, x.with, mu_family_union(f, y.with, y.without), inner);
    holding = mu_family_union(f, holding, mu_family_product(f, x.without, y.with, inner));
    return keep(f, a, b, PRODUCT + order, make(f, v, lacking, mu_family_without(f, holding, lacking)));
}

unsigned mu_family_first(const mu_families *f, mu_family a)
{
    return f->nodes[a].variable;
}

unsigned mu_family_deepest(const mu_families *f, mu_family a)
{
    return f->nodes[a].deepest;
}

/* ---- counting and walking ---- */

static uint64_t added(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Nodes under a family have lower numbers than it. Returns how many there are with the ground; each gets a row. */
static uint32_t rows_of(const mu_families *f, mu_family a, uint32_t *row)
{
    uint32_t rows = 2;
    row[a] = 1;
    for (mu_family i = a; i >= 2; i--)
        if (row[i])
            row[f->nodes[i].without] = row[f->nodes[i].with] = 1;
    row[MU_NO_SET] = 0;
    row[MU_EMPTY_SET] = 1;
    for (mu_family i = 2; i <= a; i++)
        if (row[i])
            row[i] = rows++;
    return rows;
}

void mu_family_count(const mu_families *f, mu_family a, unsigned most, uint64_t *counts)
{
    size_t width = most + 1u;
    uint32_t *row = calloc((size_t)a + 2, sizeof *row);
    MU_CHECK(row);
    uint64_t *table = calloc(rows_of(f, a, row) * width, sizeof *table);
    MU_CHECK(table);
    table[width] = 1;
    for (mu_family i = 2; i <= a; i++)
        for (unsigned k = 0; row[i] && k <= most; k++)
            table[row[i] * width + k] = added(table[row[f->nodes[i].without] * width + k], k ? table[row[f->nodes[i].with] * width + k - 1] : 0);
    memcpy(counts, table + row[a] * width, width * sizeof *counts);
    free(table);
    free(row);
}

typedef struct walk {
    const mu_families *f;
    mu_family_each_set each;
    void *self;
    unsigned *variables;
} walk;

static bool go(const walk *w, mu_family a, unsigned depth)
{
    for (; a > MU_EMPTY_SET; a = w->f->nodes[a].without) {
        w->variables[depth] = w->f->nodes[a].variable;
        if (!go(w, w->f->nodes[a].with, depth + 1))
            return false;
    }
    return a == MU_NO_SET || w->each(w->self, w->variables, depth);
}

void mu_family_each(const mu_families *f, mu_family a, mu_family_each_set each, void *self)
{
    walk w = {f, each, self, mu_grow(NULL, (f->nodes[a].deepest + 1u) * sizeof *w.variables)};
    (void)go(&w, a, 0);
    free(w.variables);
}
