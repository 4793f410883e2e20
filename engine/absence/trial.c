#include "absence/trial.h"

#include <stdlib.h>

#include "base/arena.h"

/* How many inputs fail, in binary, a word a digit, counted from where the top digit is reached when so many fail as make the gate
 * fail: that digit is whether it does. A gate that is no threshold has the top alone. */
typedef struct counter {
    uint32_t low, top;
} counter;

struct mu_trial {
    const mu_structure *of;
    mu_above above;
    counter *counters; /* by gate */
    uint64_t *words;
    bool *here;        /* room for a matching */
    int *gone, gone_count, first;
    uint64_t own;      /* tries that may differ from the first */
};

static uint32_t digits_of(const mu_gate_row *row)
{
    uint32_t digits = 0, rest = row->count - row->least + 1;
    if (row->kind != MU_GATE_AT_LEAST)
        return 0;
    while (UINT32_C(1) << digits < row->least || UINT32_C(1) << digits < rest)
        digits++;
    return digits;
}

/* One more that fails in the tries whose bits are set, or one fewer. */
static void count(uint64_t *word, uint64_t tries, bool fails)
{
    for (; tries; word++) {
        uint64_t digit = *word;
        *word = digit ^ tries;
        tries &= fails ? digit : ~digit;
    }
}

/* A matching has no short way for many at once; what is like the first try is copied from it. */
static uint64_t unstaffed(const mu_trial *t, const mu_gate_row *row, uint64_t tries)
{
    const mu_staffing *of = &t->of->staffings[row->least];
    uint64_t word = 0;
    for (uint64_t rest = tries & t->own; rest; rest &= rest - 1) {
        int bit = __builtin_ctzll(rest);
        for (int i = 0; i < of->person_count; i++)
            t->here[i] = !(mu_trial_fails(t, of->people[i]) >> bit & 1);
        word |= (uint64_t)!mu_staffing_stands(of, t->here) << bit;
    }
    return word & 1 ? word | (tries & ~t->own) : word;
}

/* In the tries whose bits are set the gate began to fail, or ceased to. */
static void pass_on(mu_trial *t, mu_gate g, uint64_t tries, bool fails)
{
    for (uint32_t i = t->above.first[g]; i < t->above.first[g + 1]; i++) {
        mu_gate up = t->above.gates[i];
        const counter c = t->counters[up];
        uint64_t *top = &t->words[c.top], before = *top;
        if (t->of->gates[up].kind == MU_GATE_STAFF)
            *top = (before & ~tries) | unstaffed(t, &t->of->gates[up], tries);
        else
            count(&t->words[c.low], tries, fails);
        if (*top != before)
            pass_on(t, up, *top ^ before, fails);
    }
}

/* With nobody absent; its inputs are worked out. */
static void begin_gate(const mu_trial *t, mu_gate g)
{
    const mu_gate_row *row = &t->of->gates[g];
    const counter c = t->counters[g];
    uint32_t from = row->kind == MU_GATE_AT_LEAST ? (UINT32_C(1) << (c.top - c.low)) - row->least : row->kind == MU_GATE_ALWAYS;
    for (uint32_t k = c.low; k <= c.top; k++)
        t->words[k] = from >> (k - c.low) & 1 ? ~UINT64_C(0) : 0;
    for (uint32_t i = 0; row->kind == MU_GATE_AT_LEAST && i < row->count; i++)
        count(&t->words[c.low], mu_trial_fails(t, t->of->inputs[row->first + i]), true);
    if (row->kind == MU_GATE_STAFF)
        t->words[c.top] = unstaffed(t, row, ~UINT64_C(0));
}

mu_trial *mu_trial_new(const mu_structure *of)
{
    mu_trial *t = mu_grow(NULL, sizeof *t);
    uint32_t words = 0;
    *t = (mu_trial){.of = of, .above = mu_above_of(of), .own = 1};
    t->counters = mu_grow(NULL, of->gate_count * sizeof *t->counters);
    t->here = mu_grow(NULL, of->input_count + 1);
    t->gone = mu_grow(NULL, (of->element_count + 1) * sizeof *t->gone);
    for (size_t g = 0; g < of->gate_count; g++) {
        t->counters[g] = (counter){words, words + digits_of(&of->gates[g])};
        words = t->counters[g].top + 1;
    }
    t->words = mu_grow(NULL, words * sizeof *t->words);
    for (mu_gate g = 0; g < of->gate_count; g++)
        begin_gate(t, g);
    return t;
}

void mu_trial_free(mu_trial *t)
{
    if (!t)
        return;
    mu_above_free(&t->above);
    free(t->counters);
    free(t->words);
    free(t->here);
    free(t->gone);
    free(t);
}

uint64_t mu_trial_fails(const mu_trial *t, mu_gate gate)
{
    return t->words[t->counters[gate].top];
}

uint64_t mu_trial_given(int count, int first)
{
    int given = count - first < MU_GIVEN_BACK ? count - first : MU_GIVEN_BACK;
    return (~UINT64_C(0) >> (MU_GIVEN_BACK - given)) & ~UINT64_C(1);
}

static void turn(mu_trial *t, int at, bool absent)
{
    mu_gate g = t->of->element_gates[t->gone[at]];
    int back = at - t->first;
    uint64_t tries = back >= 0 && back < MU_GIVEN_BACK ? ~(UINT64_C(2) << back) : ~UINT64_C(0);
    t->own = mu_trial_given(at + 1 > t->first ? at + 1 : t->first, t->first) | 1;
    t->words[t->counters[g].top] = absent ? tries : 0;
    pass_on(t, g, tries, absent);
}

void mu_trial_set(mu_trial *t, const int *set, int count, int first)
{
    int same = 0;
    while (first == t->first && same < count && same < t->gone_count && t->gone[same] == set[same])
        same++;
    while (t->gone_count > same)
        turn(t, --t->gone_count, false);
    t->first = first;
    for (; t->gone_count < count; t->gone_count++) {
        t->gone[t->gone_count] = set[t->gone_count];
        turn(t, t->gone_count, true);
    }
}
