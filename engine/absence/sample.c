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

/* ---- matchings ---- */

enum { KEPT = 1 << 18, MASK = 64 };

/* Who is there decides a matching, and the same are there again and again. */
typedef struct crew_room {
    bool *here;
    struct crew {
        uint64_t missing;
        uint32_t of; /* the staffing + 1; 0: free */
        bool fails;
    } *kept;
    bool **fills;      /* by staffing, by person: fills a place while everybody is there; NULL where it stands in no case */
} crew_room;

static bool crew_fails(const mu_structure *s, uint32_t number, uint64_t missing, const crew_room *room)
{
    struct crew *c = &room->kept[(missing * UINT64_C(0x9e3779b97f4a7c15) ^ number * UINT64_C(0xc2b2ae3d27d4eb4f)) >> 46];
    if (s->staffings[number].person_count > MASK)
        return !mu_staffing_stands(&s->staffings[number], room->here);
    if (c->of != number + 1 || c->missing != missing)
        *c = (struct crew){missing, number + 1, !mu_staffing_stands(&s->staffings[number], room->here)};
    return c->fails;
}

/* One after another: a matching has no short way for many at once. */
static uint64_t unstaffed(const uint64_t *values, const mu_structure *s, uint32_t number, const crew_room *room)
{
    const mu_staffing *of = &s->staffings[number];
    uint64_t word = 0, touched = 0;
    if (!room->fills[number])
        return ~UINT64_C(0);
    for (int i = 0; i < of->person_count; i++)
        touched |= room->fills[number][i] ? values[of->people[i]] : 0;
    for (; touched; touched &= touched - 1) {
        int bit = __builtin_ctzll(touched);
        uint64_t missing = 0;
        for (int i = 0; i < of->person_count; i++) {
            bool gone = values[of->people[i]] >> bit & 1;
            room->here[i] = !gone;
            missing = missing << 1 | gone;
        }
        word |= (uint64_t)crew_fails(s, number, missing, room) << bit;
    }
    return word;
}

static uint64_t gate_word(const mu_structure *s, const mu_gate_row *row, const uint64_t *values, const crew_room *room)
{
    const mu_gate *in = s->inputs + row->first;
    if (row->kind == MU_GATE_NEVER || row->kind == MU_GATE_ALWAYS)
        return row->kind == MU_GATE_ALWAYS ? ~UINT64_C(0) : 0;
    if (row->kind == MU_GATE_STAFF)
        return unstaffed(values, s, row->least, room);
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

static crew_room room_of(const mu_structure *s)
{
    crew_room room = {mu_grow(NULL, s->input_count + 1), calloc(s->staffing_count ? KEPT : 1, sizeof *room.kept), mu_grow(NULL, (s->staffing_count + 1) * sizeof *room.fills)};
    int *holds = mu_grow(NULL, (s->input_count + 1) * sizeof *holds);
    MU_CHECK(room.kept);
    memset(room.here, true, s->input_count + 1);
    for (size_t k = 0; k < s->staffing_count; k++) {
        const mu_staffing *of = &s->staffings[k];
        room.fills[k] = mu_staffing_filled(of, room.here, holds) ? mu_grow(NULL, (size_t)of->person_count + 1) : NULL;
        for (int i = 0; room.fills[k] && i < of->person_count; i++)
            room.fills[k][i] = holds[i] >= 0;
    }
    free(holds);
    return room;
}

static void room_free(const crew_room *room, const mu_structure *s)
{
    for (size_t k = 0; k < s->staffing_count; k++)
        free(room->fills[k]);
    free(room->fills);
    free(room->here);
    free(room->kept);
}

void mu_sampled(const mu_sampling *asked, uint64_t *failed)
{
    const mu_structure *s = asked->structure;
    uint64_t *values = mu_grow(NULL, s->gate_count * sizeof *values);
    uint32_t *chances = mu_grow(NULL, (s->element_count + 1) * sizeof *chances);
    crew_room room = room_of(s);
    stream draw = {two_draws(asked->seed, 0), two_draws(asked->seed, 2) | 1};
    for (size_t i = 0; i < s->element_count; i++)
        chances[i] = digits_of(asked->absent[i]);
    memset(failed, 0, (size_t)asked->count * sizeof *failed);
    for (uint64_t n = 0; n < asked->samples; n += 64) {
        for (size_t g = 0; g < s->gate_count; g++)
            values[g] = s->gates[g].kind == MU_GATE_ELEMENT ? drawn(&draw, chances[s->gates[g].least]) : gate_word(s, &s->gates[g], values, &room);
        for (int i = 0; i < asked->count; i++)
            failed[i] += (uint64_t)ones(values[asked->gates[i]]);
        if (asked->watch && n && n % MU_SAMPLES_TOLD == 0)
            asked->watch(asked->self);
    }
    free(values);
    free(chances);
    room_free(&room, s);
}
