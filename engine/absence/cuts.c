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
    size_t done;
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

void mu_cuts_watched(mu_cuts *c, mu_cuts_watch watch, void *self)
{
    c->watch = watch;
    c->self = self;
}

mu_families *mu_cuts_families(mu_cuts *c)
{
    return c->families;
}

uint32_t mu_cuts_element(const mu_cuts *c, unsigned variable)
{
    return c->element[variable];
}

unsigned mu_cuts_variable(const mu_cuts *c, uint32_t element)
{
    return c->place[element];
}

bool mu_stands_on_matching(const mu_structure *s, mu_gate gate)
{
    const mu_gate_row *row = &s->gates[gate];
    bool does = row->kind == MU_GATE_STAFF;
    for (uint32_t i = 0; i < row->count && !does; i++)
        does = mu_stands_on_matching(s, s->inputs[row->first + i]);
    return does;
}

/* ---- thresholds ---- */

static int by_number(const void *left, const void *right)
{
    mu_family a = *(const mu_family *)left, b = *(const mu_family *)right;
    return a < b ? -1 : a > b;
}

/* Pairs of pairs: a long row of unions one after another would go over the growing one each time. */
static mu_family any_of(mu_cuts *c, mu_family *in, uint32_t count)
{
    qsort(in, count, sizeof *in, by_number);
    for (; count > 1; count = (count + 1) / 2)
        for (uint32_t i = 0; i < count / 2 + count % 2; i++)
            in[i] = 2 * i + 1 < count ? mu_family_union(c->families, in[2 * i], in[2 * i + 1]) : in[2 * i];
    return count ? in[0] : MU_NO_SET;
}

/* failed[k]: the least sets by which k of the inputs so far fail. */
static mu_family at_least(mu_cuts *c, const mu_family *in, uint32_t count, uint32_t least)
{
    mu_family *failed = mu_grow(NULL, (least + 1u) * sizeof *failed), result;
    memset(failed, 0, (least + 1u) * sizeof *failed);
    failed[0] = MU_EMPTY_SET;
    for (uint32_t i = count; i-- > 0;)
        for (uint32_t k = least; k > 0; k--)
            failed[k] = mu_family_union(c->families, failed[k], mu_family_product(c->families, in[i], failed[k - 1], c->order));
    result = failed[least];
    free(failed);
    return result;
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
    for (int i = 0; i < of->person_count; i++)
        gone[i] = of->people[i] == MU_FAILS;
    mu_crews(of, gone, each_alone(c, of) ? (int)c->order : of->person_count, gather, &g);
    free(gone);
    return g.all;
}

/* ---- a gate ---- */

static mu_family threshold(mu_cuts *c, const mu_gate_row *row)
{
    mu_family *in = mu_grow(NULL, (row->count + 1u) * sizeof *in);
    for (uint32_t i = 0; i < row->count; i++)
        in[i] = mu_cuts_of(c, c->of->inputs[row->first + i]);
    mu_family result = row->least == 1 ? any_of(c, in, row->count) : at_least(c, in, row->count, row->least);
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
        c->watch(c->self, (int)(c->done * 1000 / c->of->gate_count));
    return f;
}
