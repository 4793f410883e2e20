#include "absence/families.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

enum { UNION = 1, WITHOUT = 2, CUT = 3, PRODUCT = 4 }; /* the order of a product is added */

struct mu_families {
    mu_nodes n; /* without: the sets that lack the variable; with: those that hold it, without it */
};

mu_families *mu_families_new(size_t most)
{
    mu_families *f = mu_grow(NULL, sizeof *f);
    mu_nodes_begin(&f->n, most);
    return f;
}

void mu_families_free(mu_families *f)
{
    if (!f)
        return;
    mu_nodes_end(&f->n);
    free(f);
}

void mu_families_watched(mu_families *f, mu_nodes_watch watch, void *self)
{
    f->n.watch = watch;
    f->n.self = self;
}

bool mu_families_full(const mu_families *f)
{
    return f->n.full;
}

size_t mu_families_nodes(const mu_families *f)
{
    return f->n.count;
}

static mu_family make(mu_families *f, unsigned variable, mu_family without, mu_family with)
{
    return with == MU_NO_SET ? without : mu_nodes_make(&f->n, variable, without, with);
}

mu_family mu_family_of(mu_families *f, unsigned variable)
{
    MU_CHECK(variable < MU_GROUND);
    return make(f, variable, MU_NO_SET, MU_EMPTY_SET);
}

/* False where no set of `a` can hold one of `b`: most of what is asked is answered here, before any table is. */
static bool could_hold(const mu_families *f, mu_family a, mu_family b)
{
    const mu_diagram_node *x = &f->n.list[a], *y = &f->n.list[b];
    return y->fewest <= x->deepest && !(y->all & ~x->any);
}

/* The node of halves that were changed, or were not. */
static mu_family made_again(mu_families *f, mu_family a, mu_family lacking, mu_family holding)
{
    const mu_diagram_node *n = &f->n.list[a];
    return lacking == n->without && holding == n->with ? a : make(f, n->variable, lacking, holding);
}

mu_family mu_family_without(mu_families *f, mu_family a, mu_family b)
{
    mu_family r;
    if (a == b || a == MU_NO_SET || b == MU_EMPTY_SET)
        return MU_NO_SET;
    while (f->n.list[b].variable < f->n.list[a].variable) /* sets of b that hold what no set of a does */
        b = f->n.list[b].without;
    if (a == b || b == MU_EMPTY_SET)
        return MU_NO_SET;
    if (a == MU_EMPTY_SET || b == MU_NO_SET)
        return a;
    if (!could_hold(f, a, b))
        return a;
    if (mu_nodes_known(&f->n, a, b, WITHOUT, &r))
        return r;
    const mu_diagram_node x = f->n.list[a], y = f->n.list[b];
    if (x.variable < y.variable) {
        mu_family lacking = mu_family_without(f, x.without, b);
        r = made_again(f, a, lacking, mu_family_without(f, x.with, b));
    } else {
        mu_family lacking = mu_family_without(f, x.without, y.without);
        r = made_again(f, a, lacking, mu_family_without(f, mu_family_without(f, x.with, y.without), y.with));
    }
    return mu_nodes_keep(&f->n, a, b, WITHOUT, r);
}

/* A family by one variable: the sets that lack it, and those that hold it. */
typedef struct halves {
    mu_family without, with;
} halves;

static halves by(const mu_families *f, mu_family a, unsigned variable)
{
    const mu_diagram_node *n = &f->n.list[a];
    return n->variable == variable ? (halves){n->without, n->with} : (halves){a, MU_NO_SET};
}

static unsigned first_of(const mu_families *f, mu_family a, mu_family b)
{
    return f->n.list[a].variable < f->n.list[b].variable ? f->n.list[a].variable : f->n.list[b].variable;
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
    if (mu_nodes_known(&f->n, a, b, UNION, &r))
        return r;
    unsigned v = first_of(f, a, b);
    halves x = by(f, a, v), y = by(f, b, v);
    mu_family lacking = mu_family_union(f, x.without, y.without);
    mu_family holding = mu_family_union(f, mu_family_without(f, x.with, y.without), mu_family_without(f, y.with, x.without));
    return mu_nodes_keep(&f->n, a, b, UNION, make(f, v, lacking, holding));
}

/* The sets of at most `order` elements. */
static mu_family cut(mu_families *f, mu_family a, unsigned order)
{
    mu_family r;
    if (f->n.list[a].deepest <= order)
        return a;
    if (order == 0)
        return MU_NO_SET; /* the empty set would be alone in its family, and is not deep */
    if (mu_nodes_known(&f->n, a, order, CUT, &r))
        return r;
    const mu_diagram_node x = f->n.list[a];
    mu_family lacking = cut(f, x.without, order);
    return mu_nodes_keep(&f->n, a, order, CUT, make(f, x.variable, lacking, cut(f, x.with, order - 1)));
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
    unsigned deep = (unsigned)f->n.list[a].deepest + f->n.list[b].deepest;
    order = order >= deep ? MU_ALL_ORDERS : order; /* no limit that is none, so that results are found again */
    if (mu_nodes_known(&f->n, a, b, PRODUCT + order, &r))
        return r;
    unsigned v = first_of(f, a, b), inner = order == MU_ALL_ORDERS ? order : order - 1;
    halves x = by(f, a, v), y = by(f, b, v);
    mu_family lacking = mu_family_product(f, x.without, y.without, order);
    mu_family holding = mu_family_product(f, x.with, mu_family_union(f, y.with, y.without), inner);
    holding = mu_family_union(f, holding, mu_family_product(f, x.without, y.with, inner));
    return mu_nodes_keep(&f->n, a, b, PRODUCT + order, make(f, v, lacking, mu_family_without(f, holding, lacking)));
}

unsigned mu_family_first(const mu_families *f, mu_family a)
{
    return f->n.list[a].variable;
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
            row[f->n.list[i].without] = row[f->n.list[i].with] = 1;
    row[MU_NO_SET] = 0;
    row[MU_EMPTY_SET] = 1;
    for (mu_family i = 2; i <= a; i++)
        if (row[i])
            row[i] = rows++;
    return rows;
}

uint64_t mu_family_size(const mu_families *f, mu_family a)
{
    uint64_t *sets = calloc((size_t)a + 2, sizeof *sets), size;
    MU_CHECK(sets);
    sets[MU_EMPTY_SET] = 1;
    for (mu_family i = 2; i <= a; i++)
        sets[i] = added(sets[f->n.list[i].without], sets[f->n.list[i].with]);
    size = sets[a];
    free(sets);
    return size;
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
            table[row[i] * width + k] = added(table[row[f->n.list[i].without] * width + k], k ? table[row[f->n.list[i].with] * width + k - 1] : 0);
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
    for (; a > MU_EMPTY_SET; a = w->f->n.list[a].without) {
        w->variables[depth] = w->f->n.list[a].variable;
        if (!go(w, w->f->n.list[a].with, depth + 1))
            return false;
    }
    return a == MU_NO_SET || w->each(w->self, w->variables, depth);
}

void mu_family_each(const mu_families *f, mu_family a, mu_family_each_set each, void *self)
{
    walk w = {f, each, self, mu_grow(NULL, (f->n.list[a].deepest + 1u) * sizeof *w.variables)};
    (void)go(&w, a, 0);
    free(w.variables);
}
