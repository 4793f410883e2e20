#include <stdlib.h>
#include <string.h>

#include "absence/cuts.h"
#include "base/arena.h"

enum { ROUNDS = 200, WIDEST = 7 }; /* wider gates say little about who stands near whom */

typedef struct pull {
    double at;
    uint32_t element;
} pull;

/* Elements that stand in one gate, one group after another. */
typedef struct groups {
    uint32_t *first, *members, count;
} groups;

static groups groups_of(const mu_structure *s)
{
    groups g = {mu_grow(NULL, (s->gate_count + 1) * sizeof *g.first), mu_grow(NULL, (s->input_count + 1) * sizeof *g.members), 0};
    uint32_t n = 0;
    for (size_t i = 0; i < s->gate_count; i++) {
        const mu_gate_row *row = &s->gates[i];
        uint32_t from = n;
        for (uint32_t k = 0; row->kind == MU_GATE_AT_LEAST && row->count <= WIDEST && k < row->count; k++) {
            const mu_gate_row *in = &s->gates[s->inputs[row->first + k]];
            if (in->kind == MU_GATE_ELEMENT)
                g.members[n++] = in->least;
        }
        if (n - from > 1)
            g.first[g.count++] = from;
        else
            n = from;
    }
    g.first[g.count] = n;
    return g;
}

/* Each element is drawn to the middle of the middles of its groups; `sums` of these, by element. */
static void draw_together(const groups *g, double *sums, const unsigned *place)
{
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t from = g->first[i], until = g->first[i + 1], sum = 0;
        for (uint32_t k = from; k < until; k++)
            sum += place[g->members[k]];
        double middle = (double)sum / (until - from);
        for (uint32_t k = from; k < until; k++)
            sums[g->members[k]] += middle;
    }
}

static bool before(const pull *a, const pull *b)
{
    return a->at != b->at ? a->at < b->at : a->element < b->element;
}

/* They are nearly in order: each round moves few. */
static void sort(pull *pulls, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        pull p = pulls[i];
        size_t at = i;
        for (; at > 0 && before(&p, &pulls[at - 1]); at--)
            pulls[at] = pulls[at - 1];
        pulls[at] = p;
    }
}

/* True where one has moved. */
static bool settle(pull *pulls, size_t n, const double *sums, const uint32_t *counts, unsigned *place)
{
    bool moved = false;
    for (size_t i = 0; i < n; i++) {
        uint32_t e = pulls[i].element;
        pulls[i].at = counts[e] ? sums[e] / counts[e] : (double)i;
    }
    sort(pulls, n);
    for (size_t i = 0; i < n; i++) {
        moved = moved || place[pulls[i].element] != i;
        place[pulls[i].element] = (unsigned)i;
    }
    return moved;
}

void mu_order_elements(const mu_structure *s, unsigned *place)
{
    size_t n = s->element_count;
    groups g = groups_of(s);
    pull *pulls = mu_grow(NULL, (n + 1) * sizeof *pulls); /* in the order of the places */
    double *sums = mu_grow(NULL, (n + 1) * sizeof *sums);
    uint32_t *counts = mu_grow(NULL, (n + 1) * sizeof *counts);
    bool moved = n > 2;
    memset(counts, 0, (n + 1) * sizeof *counts);
    for (uint32_t k = 0; k < g.first[g.count]; k++)
        counts[g.members[k]]++;
    for (size_t i = 0; i < n; i++) {
        place[i] = (unsigned)i;
        pulls[i] = (pull){.element = (uint32_t)i};
    }
    for (int round = 0; round < ROUNDS && moved; round++) {
        memset(sums, 0, (n + 1) * sizeof *sums);
        draw_together(&g, sums, place);
        moved = settle(pulls, n, sums, counts, place);
    }
    free(pulls);
    free(sums);
    free(counts);
    free(g.first);
    free(g.members);
}
