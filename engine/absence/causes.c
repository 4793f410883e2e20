/* Absences that take several people of a staffing at once. Whatever breaks it takes one of those who fill its places now: so the
 * search goes by the elements that these stand on, and an element that was gone through is left out of what comes behind it. */
#include <stdlib.h>
#include <string.h>

#include "absence/cuts.h"
#include "base/arena.h"

typedef struct search {
    const mu_structure *s;
    const mu_staffing *of;
    unsigned order;
    mu_common_each each;
    void *self;
    bool *absent, *passed;  /* by element: in the set; gone through before */
    uint32_t *stamp, now;   /* by gate: worked out in this look, and how */
    bool *fails;
    uint32_t *set;
} search;

static bool gate_fails(search *x, mu_gate g)
{
    const mu_gate_row *row = &x->s->gates[g];
    uint32_t failed = 0;
    if (row->kind != MU_GATE_AT_LEAST)
        return row->kind == MU_GATE_ALWAYS || (row->kind == MU_GATE_ELEMENT && x->absent[row->least]);
    if (x->stamp[g] == x->now)
        return x->fails[g];
    for (uint32_t i = 0; i < row->count && failed < row->least; i++)
        failed += gate_fails(x, x->s->inputs[row->first + i]);
    x->stamp[g] = x->now;
    return x->fails[g] = failed >= row->least;
}

/* The elements under a gate, each once. */
static void gather(search *x, mu_gate g, uint32_t *list, uint32_t *count)
{
    const mu_gate_row *row = &x->s->gates[g];
    if (x->stamp[g] == x->now)
        return;
    x->stamp[g] = x->now;
    if (row->kind == MU_GATE_ELEMENT && !x->absent[row->least] && !x->passed[row->least])
        list[(*count)++] = row->least;
    for (uint32_t i = 0; i < row->count; i++)
        gather(x, x->s->inputs[row->first + i], list, count);
}

static void look(search *x, unsigned size)
{
    int people = x->of->person_count, *holds = mu_grow(NULL, ((size_t)people + 1) * sizeof *holds);
    bool *here = mu_grow(NULL, (size_t)people + 1);
    uint32_t count = 0, *list = mu_grow(NULL, (x->s->element_count + 1) * sizeof *list);
    x->now++;
    for (int i = 0; i < people; i++)
        here[i] = !gate_fails(x, x->of->people[i]);
    bool stands = mu_staffing_filled(x->of, here, holds);
    if (!stands)
        x->each(x->self, x->set, size);
    x->now++;
    for (int i = 0; i < people && stands && size < x->order; i++)
        if (holds[i] >= 0)
            gather(x, x->of->people[i], list, &count);
    for (uint32_t i = 0; i < count; i++) {
        x->set[size] = list[i];
        x->absent[list[i]] = true;
        look(x, size + 1);
        x->absent[list[i]] = false;
        x->passed[list[i]] = true;
    }
    for (uint32_t i = 0; i < count; i++)
        x->passed[list[i]] = false;
    free(list);
    free(here);
    free(holds);
}

static void *zeroed(size_t count, size_t size)
{
    void *bytes = mu_grow(NULL, (count + 1) * size);
    memset(bytes, 0, (count + 1) * size);
    return bytes;
}

void mu_common_causes(const mu_structure *s, const mu_staffing *of, unsigned order, mu_common_each each, void *self)
{
    search x = {.s = s, .of = of, .order = order, .each = each, .self = self};
    x.absent = zeroed(s->element_count, sizeof *x.absent);
    x.passed = zeroed(s->element_count, sizeof *x.passed);
    x.set = zeroed(s->element_count, sizeof *x.set);
    x.stamp = zeroed(s->gate_count, sizeof *x.stamp);
    x.fails = zeroed(s->gate_count, sizeof *x.fails);
    look(&x, 0);
    void *all[] = {x.absent, x.passed, x.set, x.stamp, x.fails};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}
