#include <stdlib.h>
#include <string.h>

#include "absence/cuts.h"
#include "base/arena.h"

enum { ROUNDS = 200, WIDEST = 7 }; /* wider gates say little about who stands near whom */

typedef struct pull {
    double at, sum;
    uint32_t count, element;
} pull;

static int by_place(const void *left, const void *right)
{
    const pull *a = left, *b = right;
    return a->at != b->at ? a->at < b->at ? -1 : 1 : a->element < b->element ? -1 : 1;
}

/* Each element moves to the middle of the middles of its gates. */
static void move(const mu_structure *s, const mu_gate_row *row, pull *pulls, const unsigned *place)
{
    double sum = 0;
    unsigned count = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        const mu_gate_row *in = &s->gates[s->inputs[row->first + i]];
        count += in->kind == MU_GATE_ELEMENT;
        sum += in->kind == MU_GATE_ELEMENT ? place[in->least] : 0;
    }
    for (uint32_t i = 0; i < row->count && count > 1; i++) {
        const mu_gate_row *in = &s->gates[s->inputs[row->first + i]];
        if (in->kind == MU_GATE_ELEMENT) {
            pulls[in->least].sum += sum / count;
            pulls[in->least].count++;
        }
    }
}

void mu_order_elements(const mu_structure *s, unsigned *place)
{
    size_t n = s->element_count;
    pull *pulls = mu_grow(NULL, (n + 1) * sizeof *pulls);
    for (size_t i = 0; i < n; i++)
        place[i] = (unsigned)i;
    bool moved = n > 2;
    for (int round = 0; round < ROUNDS && moved; round++) {
        for (size_t i = 0; i < n; i++)
            pulls[i] = (pull){.element = (uint32_t)i};
        for (size_t g = 0; g < s->gate_count; g++)
            if (s->gates[g].kind == MU_GATE_AT_LEAST && s->gates[g].count <= WIDEST)
                move(s, &s->gates[g], pulls, place);
        for (size_t i = 0; i < n; i++)
            pulls[i].at = pulls[i].count ? pulls[i].sum / pulls[i].count : place[i];
        qsort(pulls, n, sizeof *pulls, by_place);
        moved = false;
        for (size_t i = 0; i < n; i++) {
            moved = moved || place[pulls[i].element] != i;
            place[pulls[i].element] = (unsigned)i;
        }
    }
    free(pulls);
}
