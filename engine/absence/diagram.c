#include "absence/diagram.h"

#include <stdlib.h>
#include <string.h>

#include "absence/cuts.h"
#include "base/arena.h"
#include "base/check.h"

typedef struct node {
    uint32_t variable, here, absent, next; /* what it comes to while the element is here, and while it is absent */
} node;

enum { HOLDS, FAILS, FIRST_ROOM = 1 << 12, OR = 1, AND = 2 };
#define GROUND UINT32_MAX
#define UNKNOWN UINT32_MAX

typedef struct entry {
    uint32_t a, b, op, result;
} entry;

struct mu_diagrams {
    const mu_structure *of;
    unsigned *place;
    uint32_t *element; /* by variable */
    node *nodes;
    uint32_t count, room, most, *slots;
    entry *cache;
    uint32_t *known;   /* by gate */
    double *chance;    /* by node; negative before it was asked for */
    size_t chances;
    bool full;
};

static uint32_t mixed(uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (a * UINT64_C(0x9e3779b97f4a7c15)) ^ (b * UINT64_C(0xc2b2ae3d27d4eb4f)) ^ (c * UINT64_C(0x165667b19e3779f9));
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(h >> 32);
}

static void make_room(mu_diagrams *d, uint32_t room)
{
    d->nodes = mu_grow(d->nodes, room * sizeof *d->nodes);
    free(d->slots);
    free(d->cache);
    d->slots = calloc(room, sizeof *d->slots);
    d->cache = calloc(room, sizeof *d->cache);
    MU_CHECK(d->slots && d->cache);
    d->room = room;
    for (uint32_t i = 2; i < d->count; i++) {
        uint32_t *slot = &d->slots[mixed(d->nodes[i].variable, d->nodes[i].here, d->nodes[i].absent) & (room - 1)];
        d->nodes[i].next = *slot;
        *slot = i;
    }
}

mu_diagrams *mu_diagrams_new(const mu_structure *of, size_t most)
{
    mu_diagrams *d = mu_grow(NULL, sizeof *d);
    *d = (mu_diagrams){.of = of, .count = 2, .most = (uint32_t)most};
    d->place = mu_grow(NULL, (of->element_count + 1) * sizeof *d->place);
    d->element = mu_grow(NULL, (of->element_count + 1) * sizeof *d->element);
    d->known = mu_grow(NULL, of->gate_count * sizeof *d->known);
    memset(d->known, 0xff, of->gate_count * sizeof *d->known);
    mu_order_elements(of, d->place);
    for (size_t i = 0; i < of->element_count; i++)
        d->element[d->place[i]] = (uint32_t)i;
    make_room(d, FIRST_ROOM);
    d->nodes[HOLDS] = d->nodes[FAILS] = (node){.variable = GROUND};
    d->known[MU_HOLDS] = HOLDS;
    d->known[MU_FAILS] = FAILS;
    return d;
}

void mu_diagrams_free(mu_diagrams *d)
{
    if (!d)
        return;
    void *all[] = {d->place, d->element, d->nodes, d->slots, d->cache, d->known, d->chance};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    free(d);
}

size_t mu_diagrams_nodes(const mu_diagrams *d)
{
    return d->count;
}

static uint32_t make(mu_diagrams *d, uint32_t variable, uint32_t here, uint32_t absent)
{
    if (here == absent)
        return here;
    uint32_t h = mixed(variable, here, absent);
    for (uint32_t i = d->slots[h & (d->room - 1)]; i; i = d->nodes[i].next)
        if (d->nodes[i].variable == variable && d->nodes[i].here == here && d->nodes[i].absent == absent)
            return i;
    if (d->count >= d->most) {
        d->full = true;
        return HOLDS;
    }
    if (d->count == d->room)
        make_room(d, d->room * 2);
    uint32_t *slot = &d->slots[h & (d->room - 1)];
    d->nodes[d->count] = (node){variable, here, absent, *slot};
    *slot = d->count;
    return d->count++;
}

static uint32_t both(mu_diagrams *d, uint32_t a, uint32_t b, uint32_t op)
{
    uint32_t wins = op == OR ? FAILS : HOLDS, loses = op == OR ? HOLDS : FAILS;
    if (a == wins || b == wins || d->full)
        return wins;
    if (a == loses || a == b)
        return b;
    if (b == loses)
        return a;
    if (a > b)
        return both(d, b, a, op);
    const entry *e = &d->cache[mixed(a, b, op) & (d->room - 1)];
    if (e->a == a && e->b == b && e->op == op)
        return e->result;
    const node x = d->nodes[a], y = d->nodes[b];
    uint32_t v = x.variable < y.variable ? x.variable : y.variable;
    uint32_t here = both(d, x.variable == v ? x.here : a, y.variable == v ? y.here : b, op);
    uint32_t r = make(d, v, here, both(d, x.variable == v ? x.absent : a, y.variable == v ? y.absent : b, op));
    if (!d->full)
        d->cache[mixed(a, b, op) & (d->room - 1)] = (entry){a, b, op, r};
    return r;
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
        in[i] = (input){diagram, d->nodes[diagram].variable};
    }
    qsort(in, row->count, sizeof *in, by_first);
    for (uint32_t i = row->count; i-- > 0 && !d->full;)
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
    const node *n = &d->nodes[i];
    double p = absent[d->element[n->variable]];
    return d->chance[i] = p * chance_of(d, n->absent, absent) + (1 - p) * chance_of(d, n->here, absent);
}

double mu_diagrams_chance(mu_diagrams *d, mu_gate gate, const double *absent)
{
    if (mu_stands_on_matching(d->of, gate))
        return -1;
    uint32_t diagram = of_gate(d, gate);
    if (d->full)
        return -1;
    d->chance = mu_grow(d->chance, d->count * sizeof *d->chance);
    for (uint32_t i = 0; i < d->count; i++)
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
