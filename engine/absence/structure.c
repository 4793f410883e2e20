#include "absence/structure.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

static void *more(void **list, size_t *count, size_t *room, size_t size, size_t wanted)
{
    if (*count + wanted > *room) {
        *room = (*count + wanted) * 2;
        *list = mu_grow(*list, *room * size);
    }
    void *slot = (char *)*list + *count * size;
    *count += wanted;
    return slot;
}
#define MORE(s, list, name, n) more((void **)&(s)->list, &(s)->name##_count, &(s)->name##_room, sizeof *(s)->list, (n))

static mu_gate add_gate(mu_structure *s, mu_gate_row row)
{
    row.staffed = row.kind == MU_GATE_STAFF;
    for (uint32_t i = 0; i < row.count && !row.staffed; i++)
        row.staffed = s->gates[s->inputs[row.first + i]].staffed;
    *(mu_gate_row *)MORE(s, gates, gate, 1) = row;
    return (mu_gate)(s->gate_count - 1);
}

mu_structure *mu_structure_new(void)
{
    mu_structure *s = mu_grow(NULL, sizeof *s);
    *s = (mu_structure){.gate_count = 0};
    (void)add_gate(s, (mu_gate_row){.kind = MU_GATE_NEVER});
    (void)add_gate(s, (mu_gate_row){.kind = MU_GATE_ALWAYS});
    return s;
}

void mu_structure_free(mu_structure *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->staffing_count; i++) {
        for (int k = 0; k < s->staffings[i].slot_count; k++)
            free((void *)(uintptr_t)s->staffings[i].slots[k].people);
        free((void *)(uintptr_t)s->staffings[i].slots);
        free((void *)(uintptr_t)s->staffings[i].people);
    }
    free(s->staffings);
    free(s->gates);
    free(s->inputs);
    free(s->element_gates);
    free(s->met);
    free(s);
}

mu_gate mu_gate_element(mu_structure *s)
{
    mu_gate g = add_gate(s, (mu_gate_row){.kind = MU_GATE_ELEMENT, .least = (uint32_t)s->element_count});
    *(mu_gate *)MORE(s, element_gates, element, 1) = g;
    return g;
}

/* One that stands twice in "any" or "all" counts once. */
static bool has(const mu_structure *s, size_t from, mu_gate g)
{
    for (size_t i = from; i < s->input_count; i++)
        if (s->inputs[i] == g)
            return true;
    return false;
}

static int by_number(const void *left, const void *right)
{
    mu_gate a = *(const mu_gate *)left, b = *(const mu_gate *)right;
    return a < b ? -1 : a > b;
}

static size_t met_at(const mu_structure *s, const mu_gate_row *row)
{
    uint64_t h = row->least * UINT64_C(0x9e3779b97f4a7c15);
    for (uint32_t i = 0; i < row->count; i++)
        h = (h ^ s->inputs[row->first + i]) * UINT64_C(0xbf58476d1ce4e5b9) ^ h >> 31;
    size_t slot = (size_t)(h >> 17) & (s->met_room - 1);
    for (; s->met[slot]; slot = (slot + 1) & (s->met_room - 1)) {
        const mu_gate_row *other = &s->gates[s->met[slot]];
        if (other->least == row->least && other->count == row->count &&
            memcmp(s->inputs + other->first, s->inputs + row->first, row->count * sizeof *s->inputs) == 0)
            break;
    }
    return slot;
}

static void make_room(mu_structure *s)
{
    if (s->met_count * 2 < s->met_room)
        return;
    s->met_room = s->met_room ? s->met_room * 2 : 256;
    s->met = mu_grow(s->met, s->met_room * sizeof *s->met);
    memset(s->met, 0, s->met_room * sizeof *s->met);
    for (size_t g = 0; g < s->gate_count; g++)
        if (s->gates[g].kind == MU_GATE_AT_LEAST)
            s->met[met_at(s, &s->gates[g])] = (mu_gate)g;
}

/* The inputs from `first` on are the threshold's; where it is known they are taken back. */
static mu_gate threshold(mu_structure *s, uint32_t least, size_t first)
{
    mu_gate_row row = {.kind = MU_GATE_AT_LEAST, .least = least, .first = (uint32_t)first, .count = (uint32_t)(s->input_count - first)};
    qsort(s->inputs + first, row.count, sizeof *s->inputs, by_number);
    make_room(s);
    size_t slot = met_at(s, &row);
    if (s->met[slot]) {
        s->input_count = first;
        return s->met[slot];
    }
    s->met_count++;
    return s->met[slot] = add_gate(s, row);
}

mu_gate mu_gate_at_least(mu_structure *s, int least, const mu_gate *inputs, int count)
{
    size_t from = s->input_count;
    bool once = least == 1 || least == count;
    int always = 0, twice = 0;
    for (int i = 0; i < count; i++) {
        always += inputs[i] == MU_FAILS;
        if (inputs[i] == MU_HOLDS || inputs[i] == MU_FAILS)
            continue;
        if (once && has(s, from, inputs[i]))
            twice++;
        else
            *(mu_gate *)MORE(s, inputs, input, 1) = inputs[i];
    }
    int left = (int)(s->input_count - from), wanted = least - always - (least == count && least != 1 ? twice : 0);
    mu_gate only = left ? s->inputs[from] : MU_HOLDS;
    if (wanted > 0 && wanted <= left && left > 1)
        return threshold(s, (uint32_t)wanted, from);
    s->input_count = from;
    return wanted <= 0 ? MU_FAILS : wanted > left ? MU_HOLDS : only;
}

mu_gate mu_gate_any(mu_structure *s, const mu_gate *inputs, int count)
{
    return mu_gate_at_least(s, 1, inputs, count);
}

mu_gate mu_gate_all(mu_structure *s, const mu_gate *inputs, int count)
{
    return mu_gate_at_least(s, count, inputs, count);
}

mu_gate mu_gate_two(mu_structure *s, mu_gate a, mu_gate b)
{
    return mu_gate_any(s, (mu_gate[]){a, b}, 2);
}

/* ---- staffing ---- */

typedef struct filling {
    const mu_staffing *of;
    const bool *here;
    int *holds;  /* by person: the slot, or -1 */
    bool *asked; /* in this search */
} filling;

/* An alternating path: somebody free, or somebody whose own place another can take. */
static bool fill(filling *f, int slot)
{
    const mu_slot *s = &f->of->slots[slot];
    for (int i = 0; i < s->count; i++) {
        int p = s->people[i];
        if (!f->here[p] || f->asked[p])
            continue;
        f->asked[p] = true;
        if (f->holds[p] < 0 || fill(f, f->holds[p])) {
            f->holds[p] = slot;
            return true;
        }
    }
    return false;
}

bool mu_staffing_filled(const mu_staffing *of, const bool *here, int *holds)
{
    size_t people = (size_t)of->person_count;
    filling f = {of, here, holds, mu_grow(NULL, people + 1)};
    bool stands = true;
    for (size_t i = 0; i < people; i++)
        f.holds[i] = -1;
    for (int s = 0; s < of->slot_count && stands; s++)
        for (int k = 0; k < of->slots[s].wanted && stands; k++) {
            memset(f.asked, 0, people + 1);
            stands = fill(&f, s);
        }
    free(f.asked);
    return stands;
}

bool mu_staffing_stands(const mu_staffing *of, const bool *here)
{
    int *holds = mu_grow(NULL, ((size_t)of->person_count + 1) * sizeof *holds);
    bool stands = mu_staffing_filled(of, here, holds);
    free(holds);
    return stands;
}

static void *copied(const void *from, size_t size)
{
    void *copy = mu_grow(NULL, size + 1);
    if (size)
        memcpy(copy, from, size);
    return copy;
}

mu_gate mu_gate_matching(mu_structure *s, const mu_staffing *of)
{
    mu_slot *slots = copied(of->slots, (size_t)of->slot_count * sizeof *slots);
    for (int i = 0; i < of->slot_count; i++)
        slots[i].people = copied(slots[i].people, (size_t)slots[i].count * sizeof(int));
    mu_staffing own = {slots, of->slot_count, copied(of->people, (size_t)of->person_count * sizeof(mu_gate)), of->person_count};
    *(mu_staffing *)MORE(s, staffings, staffing, 1) = own;
    size_t from = s->input_count;
    memcpy(MORE(s, inputs, input, (size_t)of->person_count), of->people, (size_t)of->person_count * sizeof(mu_gate));
    return add_gate(s, (mu_gate_row){.kind = MU_GATE_STAFF, .least = (uint32_t)(s->staffing_count - 1), .first = (uint32_t)from, .count = (uint32_t)of->person_count});
}

/* One half of Hall's theorem for some of the places: too few of those who may fill them are there. */
static mu_gate too_few(mu_structure *s, const mu_staffing *of, unsigned some)
{
    bool *counted = mu_grow(NULL, (size_t)of->person_count + 1);
    mu_gate *people = mu_grow(NULL, ((size_t)of->person_count + 1) * sizeof *people);
    int wanted = 0, count = 0;
    memset(counted, 0, (size_t)of->person_count + 1);
    for (int i = 0; i < of->slot_count; i++) {
        if (!(some >> i & 1))
            continue;
        wanted += of->slots[i].wanted;
        for (int k = 0; k < of->slots[i].count; k++) {
            int p = of->slots[i].people[k];
            if (!counted[p])
                people[count++] = of->people[p];
            counted[p] = true;
        }
    }
    mu_gate g = wanted > count ? MU_FAILS : mu_gate_at_least(s, count - wanted + 1, people, count);
    free(counted);
    free(people);
    return g;
}

mu_gate mu_gate_staff(mu_structure *s, const mu_staffing *of)
{
    if (of->slot_count > MU_HALL_MOST)
        return mu_gate_matching(s, of);
    mu_gate any = MU_HOLDS, *gates = mu_grow(NULL, (size_t)(1u << of->slot_count) * sizeof *gates);
    int count = 0;
    for (unsigned some = 1; some < 1u << of->slot_count; some++)
        gates[count++] = too_few(s, of, some);
    any = mu_gate_any(s, gates, count);
    free(gates);
    return any;
}

mu_above mu_above_of(const mu_structure *of)
{
    mu_above a = {mu_grow(NULL, (of->gate_count + 2) * sizeof *a.first), mu_grow(NULL, (of->input_count + 1) * sizeof *a.gates)};
    memset(a.first, 0, (of->gate_count + 2) * sizeof *a.first);
    for (size_t i = 0; i < of->input_count; i++)
        a.first[of->inputs[i] + 2]++;
    for (size_t i = 2; i < of->gate_count + 2; i++)
        a.first[i] += a.first[i - 1];
    for (size_t g = 0; g < of->gate_count; g++)
        for (uint32_t k = 0; k < of->gates[g].count; k++)
            a.gates[a.first[of->inputs[of->gates[g].first + k] + 1]++] = (uint32_t)g;
    return a;
}

void mu_above_free(mu_above *a)
{
    free(a->first);
    free(a->gates);
}

/* ---- states ---- */

struct mu_what_if {
    const mu_structure *of;
    mu_above above;
    uint32_t *failed; /* by gate: how many inputs fail; of elements and constants 1 where it does */
    bool *fails;
};

static bool staffing_fails(const mu_what_if *s, const mu_gate_row *row)
{
    const mu_staffing *of = &s->of->staffings[row->least];
    bool *here = mu_grow(NULL, (size_t)of->person_count + 1);
    for (int i = 0; i < of->person_count; i++)
        here[i] = !s->fails[of->people[i]];
    bool fails = !mu_staffing_stands(of, here);
    free(here);
    return fails;
}

mu_what_if *mu_what_if_new(const mu_structure *of)
{
    mu_what_if *s = mu_grow(NULL, sizeof *s);
    *s = (mu_what_if){.of = of, .above = mu_above_of(of)};
    s->failed = mu_grow(NULL, of->gate_count * sizeof *s->failed);
    s->fails = mu_grow(NULL, of->gate_count * sizeof *s->fails);
    memset(s->failed, 0, of->gate_count * sizeof *s->failed);
    for (size_t g = 0; g < of->gate_count; g++) {
        const mu_gate_row *row = &of->gates[g];
        s->fails[g] = row->kind == MU_GATE_ALWAYS || (row->kind == MU_GATE_AT_LEAST && s->failed[g] >= row->least) ||
                      (row->kind == MU_GATE_STAFF && staffing_fails(s, row));
        for (uint32_t i = s->above.first[g]; s->fails[g] && i < s->above.first[g + 1]; i++)
            s->failed[s->above.gates[i]]++;
    }
    return s;
}

void mu_what_if_free(mu_what_if *s)
{
    if (!s)
        return;
    mu_above_free(&s->above);
    free(s->failed);
    free(s->fails);
    free(s);
}

static void turn(mu_what_if *s, mu_gate g, bool fails)
{
    if (s->fails[g] == fails)
        return;
    s->fails[g] = fails;
    for (uint32_t i = s->above.first[g]; i < s->above.first[g + 1]; i++) {
        mu_gate up = s->above.gates[i];
        const mu_gate_row *row = &s->of->gates[up];
        s->failed[up] += fails ? 1u : UINT32_MAX;
        turn(s, up, row->kind == MU_GATE_STAFF ? staffing_fails(s, row) : s->failed[up] >= row->least);
    }
}

void mu_what_if_set(mu_what_if *s, uint32_t element, bool absent)
{
    turn(s, s->of->element_gates[element], absent);
}

bool mu_what_if_fails(const mu_what_if *s, mu_gate gate)
{
    return s->fails[gate];
}
