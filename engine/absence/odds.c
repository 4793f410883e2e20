#include "absence/odds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "absence/diagram.h"
#include "base/check.h"

/* So many that 2.576 standard deviations of a share are at most 1e-4 wherever it lies. */
#define SAMPLES (UINT64_C(2592000) * 64)
enum { WIDTH = 45 }; /* past this no diagram is tried */

typedef struct asked {
    const mu_needs *needs;
    const double *absent;
    mu_structure *s;
    mu_gate *gates; /* by need, and the plan's behind them */
    bool *inexact;
    mu_chance_is *list;
} asked;

/* What holds with nobody absent, as one gate. */
static mu_gate anything(const mu_needs *needs)
{
    mu_what_if *state = mu_what_if_new(needs->structure);
    mu_gate *in = mu_grow(NULL, ((size_t)needs->count + 1) * sizeof *in);
    int n = 0;
    for (int i = 0; i < needs->count; i++)
        if (!mu_what_if_fails(state, needs->list[i].gate))
            in[n++] = needs->list[i].gate;
    mu_what_if_free(state);
    mu_gate gate = mu_gate_any(needs->structure, in, n);
    free(in);
    return gate;
}

/* One diagram for all: they share what they stand on. A need that is past its room does not spoil those before it. */
static int exactly(asked *a, size_t most)
{
    int missed = 0;
    mu_diagrams *d = mu_diagrams_new(a->s, most);
    for (int i = 0; i <= a->needs->count; i++) {
        double chance = mu_diagrams_chance(d, a->gates[i], a->absent);
        a->inexact[i] = chance < 0;
        a->list[i] = (mu_chance_is){.chance = chance};
        missed += chance < 0;
    }
    mu_diagrams_free(d);
    return missed;
}

static void by_samples(asked *a)
{
    int count = a->needs->count + 1;
    uint64_t *failed = mu_grow(NULL, (size_t)count * sizeof *failed);
    mu_sampled(a->s, a->gates, count, a->absent, SAMPLES, 1, failed);
    for (int i = 0; i < count; i++) {
        double p = (double)failed[i] / (double)SAMPLES, n = (double)SAMPLES, z = 2.5758293035489004;
        if (!a->inexact[i])
            continue;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n); /* Wilson 1927 */
        a->list[i] = (mu_chance_is){middle, z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))};
    }
    free(failed);
}

mu_odds *mu_odds_of(const mu_needs *needs, const double *absent, size_t most, mu_odds_say say, void *self)
{
    mu_arena *arena = needs->house->judge.arena;
    size_t count = (size_t)needs->count + 1;
    asked a = {needs, absent, needs->structure, mu_alloc(arena, count * sizeof(mu_gate)), mu_alloc(arena, count), mu_alloc(arena, count * sizeof(mu_chance_is))};
    for (int i = 0; i < needs->count; i++)
        a.gates[i] = needs->list[i].gate;
    a.gates[needs->count] = anything(needs);
    int width = mu_tree_width(needs->structure), missed = needs->count + 1;
    mu_odds *odds = mu_alloc(arena, sizeof *odds);
    *odds = (mu_odds){.needs = a.list, .absent = absent};
    if (width <= WIDTH)
        missed = exactly(&a, most);
    else
        memset(a.inexact, true, count);
    odds->exact = missed == 0;
    if (missed) {
        odds->note = width > WIDTH ? mu_format(arena, "an exact chance is out of reach: the tree-width of what stands with what is up to %d", width)
                                   : mu_format(arena, "an exact chance is out of reach for %d of %zu: it takes more than %zu nodes", missed, count, most);
        odds->samples = SAMPLES;
        say(self, odds->note);
        by_samples(&a);
    }
    odds->plan = a.list[needs->count];
    return odds;
}
