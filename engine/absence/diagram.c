#include "absence/diagram.h"

#include <stdlib.h>
#include <string.h>

#include "absence/cuts.h"
#include "base/arena.h"
#include "base/check.h"

enum { HOLDS, FAILS, OR = 1, AND = 2 };
#define UNKNOWN UINT32_MAX

struct mu_diagrams {
    const mu_structure *of;
    mu_nodes n;        /* without: what it comes to while the element is here; with: while it is absent */
    unsigned *place;
    uint32_t *element; /* by variable */
    uint32_t *known;   /* by gate */
    double *chance;    /* by node; negative before it was asked for */
};

mu_diagrams *mu_diagrams_new(const mu_structure *of, size_t most)
{
    mu_diagrams *d = mu_grow(NULL, sizeof *d);
    *d = (mu_diagrams){.of = of};
    MU_CHECK(of->element_count < MU_GROUND);
    mu_nodes_begin(&d->n, most);
    d->place = mu_grow(NULL, (of->element_count + 1) * sizeof *d->place);
    d->element = mu_grow(NULL, (of->element_count + 1) * sizeof *d->element);
    d->known = mu_grow(NULL, of->gate_count * sizeof *d->known);
    memset(d->known, 0xff, of->gate_count * sizeof *d->known);
    mu_order_elements(of, d->place);
    for (size_t i = 0; i < of->element_count; i++)
        d->element[d->place[i]] = (uint32_t)i;
    d->known[MU_HOLDS] = HOLDS;
    d->known[MU_FAILS] = FAILS;
    return d;
}

void mu_diagrams_free(mu_diagrams *d)
{
    if (!d)
        return;
    void *all[] = {d->place, d->element, d->known, d->chance};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    mu_nodes_end(&d->n);
    free(d);
}

void mu_diagrams_watched(mu_diagrams *d, mu_nodes_watch watch, void *self)
{
    d->n.watch = watch;
    d->n.self = self;
}

size_t mu_diagrams_nodes(const mu_diagrams *d)
{
    return d->n.count;
}

static uint32_t make(mu_diagrams *d, uint32_t variable, uint32_t here, uint32_t absent)
{
    return here == absent ? here : mu_nodes_make(&d->n, variable, here, absent);
}

static uint32_t both(mu_diagrams *d, uint32_t a, uint32_t b, uint32_t op)
{
    uint32_t wins = op == OR ? FAILS : HOLDS, loses = op == OR ? HOLDS : FAILS, r;
    if (a == wins || b == wins || d->n.full)
        return wins;
    if (a == loses || a == b)
        return b;
    if (b == loses)
        return a;
    if (a > b)
        return both(d, b, a, op);
    if (mu_nodes_known(&d->n, a, b, op, &r))
        return r;
    const mu_diagram_node x = d->n.list[a], y = d->n.list[b];
    unsigned v = x.variable < y.variable ? x.variable : y.variable;
    uint32_t here = both(d, x.variable == v ? x.without : a, y.variable == v ? y.without : b, op);
    r = make(d, v, here, both(d, x.variable == v ? x.with : a, y.variable == v ? y.with : b, op));
    return mu_nodes_keep(&d->n, a, b, op, r);
}

/* ---- gates ---- */

typedef struct input {
    uint32_t diagram, first;
} input;

static int by_first(const void *left, const void *right)
{
    const input *a = left, *b = right;
    return a->first != b->first ? a->first < b->first ? -1 : 1 : a->diagram < b->diagram ? -1 : a->diagram > b->diagram;
}

static uint32_t of_gate(mu_diagrams *d, mu_gate gate);

/* From the last in the order to the first, so that what is joined stands above what it is joined to. */
static uint32_t threshold(mu_diagrams *d, const mu_gate_row *row)
{
    input *in = mu_grow(NULL, (row->count + 1u) * sizeof *in);
    uint32_t *failed = mu_grow(NULL, (row->least + 1u) * sizeof *failed);
    memset(failed, 0, (row->least + 1u) * sizeof *failed);
    failed[0] = FAILS;
    for (uint32_t i = 0; i < row->count; i++) {
        uint32_t diagram = of_gate(d, d->of->inputs[row->first + i]);
        in[i] = (input){diagram, d->n.list[diagram].variable};
    }
    qsort(in, row->count, sizeof *in, by_first);
    for (uint32_t i = row->count; i-- > 0 && !d->n.full;)
        for (uint32_t k = row->least; k > 0; k--)
            failed[k] = both(d, failed[k], both(d, in[i].diagram, failed[k - 1], AND), OR);
    uint32_t result = failed[row->least];
    free(failed);
    free(in);
    return result;
}

static uint32_t of_gate(mu_diagrams *d, mu_gate gate)
{
    const mu_gate_row *row = &d->of->gates[gate];
    if (d->known[gate] != UNKNOWN)
        return d->known[gate];
    if (row->kind == MU_GATE_ELEMENT)
        return d->known[gate] = make(d, d->place[row->least], HOLDS, FAILS);
    return d->known[gate] = threshold(d, row);
}

static double chance_of(mu_diagrams *d, uint32_t i, const double *absent)
{
    if (i <= FAILS)
        return i;
    if (d->chance[i] >= 0)
        return d->chance[i];
    const mu_diagram_node *n = &d->n.list[i];
    double p = absent[d->element[n->variable]];
    return d->chance[i] = p * chance_of(d, n->with, absent) + (1 - p) * chance_of(d, n->without, absent);
}

double mu_diagrams_chance(mu_diagrams *d, mu_gate gate, const double *absent)
{
    if (mu_stands_on_matching(d->of, gate))
        return -1;
    uint32_t diagram = of_gate(d, gate);
    if (d->n.full)
        return -1;
    d->chance = mu_grow(d->chance, d->n.count * sizeof *d->chance);
    for (uint32_t i = 0; i < d->n.count; i++)
        d->chance[i] = -1;
    return chance_of(d, diagram, absent);
}

/* ---- how far out of reach ---- */

static void join(uint8_t *near, size_t n, const uint32_t *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < count; k++)
            if (list[i] != list[k])
                near[list[i] * n + list[k]] = 1;
}

static uint32_t neighbours(const uint8_t *near, const bool *gone, size_t n, size_t of, uint32_t *list)
{
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (near[of * n + i] && !gone[i])
            list[count++] = (uint32_t)i;
    return count;
}

int mu_tree_width(const mu_structure *s)
{
    enum { WIDEST = 12 };
    size_t n = s->element_count;
    uint8_t *near = calloc(n * n + 1, 1);
    bool *gone = calloc(n + 1, 1);
    uint32_t *list = calloc(n + WIDEST, sizeof *list), width = 0;
    MU_CHECK(near && gone && list);
    for (size_t g = 0; g < s->gate_count; g++) {
        uint32_t count = 0;
        for (uint32_t i = 0; s->gates[g].count <= WIDEST && i < s->gates[g].count; i++) {
            const mu_gate_row *in = &s->gates[s->inputs[s->gates[g].first + i]];
            if (in->kind == MU_GATE_ELEMENT)
                list[count++] = in->least;
        }
        join(near, n, list, count);
    }
    for (size_t round = 0; round < n; round++) {
        size_t best = n;
        uint32_t fewest = UINT32_MAX;
        for (size_t i = 0; i < n; i++) {
            uint32_t count = gone[i] ? UINT32_MAX : neighbours(near, gone, n, i, list);
            best = count < fewest ? i : best;
            fewest = count < fewest ? count : fewest;
        }
        join(near, n, list, neighbours(near, gone, n, best, list));
        gone[best] = true;
        width = fewest > width ? fewest : width;
    }
    free(near);
    free(gone);
    free(list);
    return (int)width;
}
