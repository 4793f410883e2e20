#include "absence/cuts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct mu_cuts {
    const mu_structure *of;
    mu_families *families;
    unsigned order, *place; /* place: by element, its variable */
    uint32_t *element;      /* the reverse */
    mu_family *known;       /* by gate; UNKNOWN before it was asked for */
    mu_cuts_watch watch;
    void *self;
    size_t done; /* gates */
};
#define UNKNOWN UINT32_MAX

mu_cuts *mu_cuts_new(const mu_structure *of, unsigned order, size_t most)
{
    mu_cuts *c = mu_grow(NULL, sizeof *c);
    *c = (mu_cuts){.of = of, .families = mu_families_new(most), .order = order};
    c->place = mu_grow(NULL, (of->element_count + 1) * sizeof *c->place);
    c->element = mu_grow(NULL, (of->element_count + 1) * sizeof *c->element);
    c->known = mu_grow(NULL, of->gate_count * sizeof *c->known);
    mu_order_elements(of, c->place);
    for (size_t i = 0; i < of->element_count; i++)
        c->element[c->place[i]] = (uint32_t)i;
    memset(c->known, 0xff, of->gate_count * sizeof *c->known);
    c->known[MU_HOLDS] = MU_NO_SET;
    c->known[MU_FAILS] = MU_EMPTY_SET;
    return c;
}

void mu_cuts_free(mu_cuts *c)
{
    if (!c)
        return;
    mu_families_free(c->families);
    free(c->place);
    free(c->element);
    free(c->known);
    free(c);
}

static void tell(void *self)
{
    mu_cuts *c = self;
    c->watch(c->self, (int)(c->done * 1000 / c->of->gate_count));
}

void mu_cuts_watched(mu_cuts *c, mu_cuts_watch watch, void *self)
{
    c->watch = watch;
    c->self = self;
    mu_families_watched(c->families, watch ? tell : NULL, c); /* one gate may be most of the work */
}

mu_families *mu_cuts_families(mu_cuts *c)
{
    return c->families;
}

uint32_t mu_cuts_element(const mu_cuts *c, unsigned variable)
{
    return c->element[variable];
}

bool mu_stands_on_matching(const mu_structure *s, mu_gate gate)
{
    return s->gates[gate].staffed;
}

/* ---- thresholds ---- */

typedef struct input {
    mu_family family;
    unsigned first; /* variable */
} input;

static int by_first(const void *left, const void *right)
{
    const input *a = left, *b = right;
    return a->first != b->first ? a->first < b->first ? -1 : 1 : a->family < b->family ? -1 : a->family > b->family;
}

/* failed[k]: the least sets by which k of the inputs fail, k from 0 to `least`. Halves that stand near each other in the
 * order share few variables, so that what both come to together stays small. */
static void at_least(mu_cuts *c, const input *in, uint32_t count, uint32_t least, mu_family *failed)
{
    uint32_t most = count < least ? count : least, half = count / 2;
    memset(failed, 0, (least + 1u) * sizeof *failed);
    failed[0] = MU_EMPTY_SET;
    if (count == 1)
        failed[1] = in[0].family;
    if (count < 2)
        return;
    mu_family *a = mu_grow(NULL, (least + 1u) * 2 * sizeof *a), *b = a + least + 1;
    at_least(c, in, half, least, a);
    at_least(c, in + half, count - half, least, b);
    for (uint32_t k = 1; k <= most; k++)
        for (uint32_t i = 0; i <= k; i++)
            failed[k] = mu_family_union(c->families, failed[k], mu_family_product(c->families, a[i], b[k - i], c->order));
    free(a);
}

/* ---- staffings ---- */

typedef struct gathered {
    mu_cuts *cuts;
    const mu_staffing *of;
    mu_family all;
} gathered;

/* A set of people fails by everything that makes each of them fail. */
static void gather(void *self, const int *people, int count)
{
    gathered *g = self;
    mu_family set = MU_EMPTY_SET;
    for (int i = 0; i < count; i++)
        set = mu_family_product(g->cuts->families, set, mu_cuts_of(g->cuts, g->of->people[people[i]]), g->cuts->order);
    g->all = mu_family_union(g->cuts->families, g->all, set);
}

static void gather_common(void *self, const uint32_t *elements, unsigned count)
{
    gathered *g = self;
    mu_family set = MU_EMPTY_SET;
    for (unsigned i = 0; i < count; i++)
        set = mu_family_product(g->cuts->families, set, mu_family_of(g->cuts->families, g->cuts->place[elements[i]]), g->cuts->order);
    g->all = mu_family_union(g->cuts->families, g->all, set);
    if (g->cuts->watch)
        tell(g->cuts);
}

/* One absence may take several people, where they stand on something in common; then a set of few elements may be one of
 * many people. Where everybody is an element of their own it cannot. */
static bool each_alone(const mu_cuts *c, const mu_staffing *of)
{
    bool *met = mu_grow(NULL, c->of->element_count + 1), alone = true;
    memset(met, 0, c->of->element_count + 1);
    for (int i = 0; i < of->person_count && alone; i++) {
        const mu_gate_row *row = &c->of->gates[of->people[i]];
        alone = row->kind == MU_GATE_NEVER || (row->kind == MU_GATE_ELEMENT && !met[row->least]);
        if (row->kind == MU_GATE_ELEMENT)
            met[row->least] = true;
    }
    free(met);
    return alone;
}

static mu_family staffing(mu_cuts *c, const mu_staffing *of)
{
    bool *gone = mu_grow(NULL, (size_t)of->person_count + 1);
    gathered g = {c, of, MU_NO_SET};
    bool alone = each_alone(c, of), nested = false;
    for (int i = 0; i < of->person_count; i++) {
        gone[i] = of->people[i] == MU_FAILS;
        nested = nested || mu_stands_on_matching(c->of, of->people[i]);
    }
    if (alone || nested || c->order == MU_ALL_ORDERS)
        mu_crews(of, gone, alone ? (int)c->order : of->person_count, gather, &g);
    else
        mu_common_causes(c->of, of, c->order, gather_common, &g);
    free(gone);
    return g.all;
}

/* ---- a gate ---- */

static mu_family threshold(mu_cuts *c, const mu_gate_row *row)
{
    input *in = mu_grow(NULL, (row->count + 1u) * sizeof *in);
    mu_family *failed = mu_grow(NULL, (row->least + 1u) * sizeof *failed);
    for (uint32_t i = 0; i < row->count; i++) {
        mu_family f = mu_cuts_of(c, c->of->inputs[row->first + i]);
        in[i] = (input){f, mu_family_first(c->families, f)};
    }
    qsort(in, row->count, sizeof *in, by_first);
    at_least(c, in, row->count, row->least, failed);
    mu_family result = failed[row->least];
    free(failed);
    free(in);
    return result;
}

mu_family mu_cuts_of(mu_cuts *c, mu_gate gate)
{
    const mu_gate_row *row = &c->of->gates[gate];
    if (c->known[gate] != UNKNOWN)
        return c->known[gate];
    mu_family f = MU_NO_SET;
    if (row->kind == MU_GATE_ELEMENT)
        f = c->order > 0 ? mu_family_of(c->families, c->place[row->least]) : MU_NO_SET;
    else if (row->kind == MU_GATE_AT_LEAST)
        f = threshold(c, row);
    else
        f = staffing(c, &c->of->staffings[row->least]);
    c->known[gate] = f;
    if (c->watch && ++c->done % 16 == 0)
        tell(c);
    return f;
}
