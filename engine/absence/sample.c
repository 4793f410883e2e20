/* Many absences at once: a bit of a word is a sample, and a gate is worked out for 64 of them in a few instructions. */
#include <stdlib.h>
#include <string.h>

#include "absence/diagram.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/draw.h"

enum { BITS = 32, COUNTER = 16 }; /* of a chance, as a fixed number; of how many inputs fail */

/* xoroshiro128+ of Blackman and Vigna (2018). */
typedef struct stream {
    uint64_t a, b;
} stream;

static uint64_t rolled(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static uint64_t next(stream *s)
{
    uint64_t sum = s->a + s->b, mix = s->a ^ s->b;
    s->a = rolled(s->a, 24) ^ mix ^ mix << 16;
    s->b = rolled(mix, 37);
    return sum;
}

/* Each bit set by the chance, from the lowest digit of it to the highest. */
static uint64_t drawn(stream *s, uint32_t chance)
{
    uint64_t word = 0;
    int digit = 0;
    while (digit < BITS && !(chance >> digit & 1))
        digit++;
    for (; digit < BITS; digit++)
        word = chance >> digit & 1 ? word | next(s) : word & next(s);
    return word;
}

/* How many fail, in binary: a word a digit. */
static uint64_t at_least(const uint64_t *values, const mu_gate *in, uint32_t count, uint32_t least)
{
    MU_CHECK(count < 1u << COUNTER);
    uint64_t sum[COUNTER] = {0}, more = 0, equal = ~UINT64_C(0);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t carry = values[in[i]];
        for (int k = 0; k < COUNTER && carry; k++) {
            uint64_t both = sum[k] & carry;
            sum[k] ^= carry;
            carry = both;
        }
    }
    for (int k = COUNTER - 1; k >= 0; k--) {
        uint64_t digit = least >> k & 1 ? ~UINT64_C(0) : 0;
        more |= equal & sum[k] & ~digit;
        equal &= ~(sum[k] ^ digit);
    }
    return more | equal;
}

static uint64_t any_of(const uint64_t *values, const mu_gate *in, uint32_t count)
{
    uint64_t word = 0;
    for (uint32_t i = 0; i < count; i++)
        word |= values[in[i]];
    return word;
}

static uint64_t all_of(const uint64_t *values, const mu_gate *in, uint32_t count)
{
    uint64_t word = ~UINT64_C(0);
    for (uint32_t i = 0; i < count; i++)
        word &= values[in[i]];
    return word;
}

/* One after another: a matching has no such short way. */
static uint64_t unstaffed(const uint64_t *values, const mu_staffing *of, bool *here)
{
    uint64_t word = 0;
    for (int bit = 0; bit < 64; bit++) {
        for (int i = 0; i < of->person_count; i++)
            here[i] = !(values[of->people[i]] >> bit & 1);
        word |= (uint64_t)!mu_staffing_stands(of, here) << bit;
    }
    return word;
}

static uint64_t gate_word(const mu_structure *s, const mu_gate_row *row, const uint64_t *values, bool *here)
{
    const mu_gate *in = s->inputs + row->first;
    if (row->kind == MU_GATE_NEVER || row->kind == MU_GATE_ALWAYS)
        return row->kind == MU_GATE_ALWAYS ? ~UINT64_C(0) : 0;
    if (row->kind == MU_GATE_STAFF)
        return unstaffed(values, &s->staffings[row->least], here);
    if (row->least == 1)
        return any_of(values, in, row->count);
    return row->least == row->count ? all_of(values, in, row->count) : at_least(values, in, row->count, row->least);
}

/* The nearest that 32 binary digits can say, and never for certain. */
static uint32_t digits_of(double chance)
{
    double scaled = chance * 4294967296.0 + 0.5;
    return scaled >= 4294967295.0 ? UINT32_MAX : (uint32_t)scaled;
}

static uint64_t two_draws(uint64_t seed, uint64_t index)
{
    uint64_t purpose = mu_purpose("cover", "absences");
    return (uint64_t)mu_draw(seed, purpose, index) << 32 | mu_draw(seed, purpose, index + 1);
}

static int ones(uint64_t word)
{
    return __builtin_popcountll(word);
}

void mu_sampled(const mu_structure *s, const mu_gate *gates, int count, const double *absent, uint64_t samples, uint64_t seed, uint64_t *failed)
{
    uint64_t *values = mu_grow(NULL, s->gate_count * sizeof *values);
    uint32_t *chances = mu_grow(NULL, (s->element_count + 1) * sizeof *chances);
    bool *here = mu_grow(NULL, s->input_count + 1);
    stream draw = {two_draws(seed, 0), two_draws(seed, 2) | 1};
    for (size_t i = 0; i < s->element_count; i++)
        chances[i] = digits_of(absent[i]);
    memset(failed, 0, (size_t)count * sizeof *failed);
    for (uint64_t n = 0; n < samples; n += 64) {
        for (size_t g = 0; g < s->gate_count; g++)
            values[g] = s->gates[g].kind == MU_GATE_ELEMENT ? drawn(&draw, chances[s->gates[g].least]) : gate_word(s, &s->gates[g], values, here);
        for (int i = 0; i < count; i++)
            failed[i] += (uint64_t)ones(values[gates[i]]);
    }
    free(values);
    free(chances);
    free(here);
}
