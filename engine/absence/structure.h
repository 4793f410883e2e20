/* structure.h - what must hold, as a structure: which absences make what fail.
 *
 * Elements can be absent. A gate fails or holds; it is an element, a threshold over other gates ("fails when so many of
 * these fail"), or a staffing: places that people fill, each of them at most one place at a time. All of it is monotone:
 * whatever fails goes on failing when more is absent. Gates are numbers; a gate's inputs were made before it. */
#ifndef MU_ABSENCE_STRUCTURE_H
#define MU_ABSENCE_STRUCTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t mu_gate;
enum { MU_HOLDS = 0, MU_FAILS = 1 }; /* the gates that never fail, and that always do */

typedef enum mu_gate_kind { MU_GATE_NEVER, MU_GATE_ALWAYS, MU_GATE_ELEMENT, MU_GATE_AT_LEAST, MU_GATE_STAFF } mu_gate_kind;

typedef struct mu_gate_row {
    mu_gate_kind kind;
    uint32_t least;        /* of a threshold: how many inputs fail; of an element: its number; of a staffing: its row */
    uint32_t first, count; /* inputs, in the structure's list */
    bool staffed;          /* a staffing, or it stands on one */
} mu_gate_row;

/* A place, or several alike, that must be filled at once, and who may: numbers of the staffing's people. */
typedef struct mu_slot {
    int wanted;
    const int *people;
    int count;
} mu_slot;

typedef struct mu_staffing {
    const mu_slot *slots;
    int slot_count;
    const mu_gate *people; /* each fails where that person is not to be had */
    int person_count;
} mu_staffing;

typedef struct mu_structure {
    mu_gate_row *gates;
    size_t gate_count, gate_room;
    mu_gate *inputs;
    size_t input_count, input_room;
    mu_gate *element_gates; /* by the element's number */
    size_t element_count, element_room;
    mu_staffing *staffings; /* own copies */
    size_t staffing_count, staffing_room;
    mu_gate *met;           /* thresholds by what they are made of; `met_room` is a power of two */
    size_t met_count, met_room;
} mu_structure;

mu_structure *mu_structure_new(void);
void mu_structure_free(mu_structure *structure);

/* A new element; its number is the count before. */
mu_gate mu_gate_element(mu_structure *structure);
/* Fails when `least` of the inputs do. Constants among the inputs are taken out; what is the same gets the same number. */
mu_gate mu_gate_at_least(mu_structure *structure, int least, const mu_gate *inputs, int count);
/* Fails when one does; when all do, and so where there are none. */
mu_gate mu_gate_any(mu_structure *structure, const mu_gate *inputs, int count);
mu_gate mu_gate_all(mu_structure *structure, const mu_gate *inputs, int count);
mu_gate mu_gate_two(mu_structure *structure, mu_gate a, mu_gate b); /* any of the two */
/* Fails when the places cannot be filled with different people. By Hall's theorem it is thresholds where there are few
 * kinds of place (MU_HALL_MOST), else a gate of its own. The arrays are copied. */
enum { MU_HALL_MOST = 10 };
mu_gate mu_gate_staff(mu_structure *structure, const mu_staffing *staffing);
/* The same as a gate of its own whatever its size. */
mu_gate mu_gate_matching(mu_structure *structure, const mu_staffing *staffing);

/* True where the places can be filled with those for whom `here` is set. */
bool mu_staffing_stands(const mu_staffing *staffing, const bool *here);
/* The same, and who fills them: `holds` by person, the row of the place or -1. */
bool mu_staffing_filled(const mu_staffing *staffing, const bool *here, int *holds);

/* The gates that have a gate as an input, by its number: from `first[gate]` to before `first[gate + 1]`. */
typedef struct mu_above {
    uint32_t *first, *gates;
} mu_above;

mu_above mu_above_of(const mu_structure *structure);
void mu_above_free(mu_above *above);

/* ---- what holds, with some absent ---- */

typedef struct mu_what_if mu_what_if;

/* Nobody absent. The structure must not grow while a state of it lives. */
mu_what_if *mu_what_if_new(const mu_structure *structure);
void mu_what_if_free(mu_what_if *state);
void mu_what_if_set(mu_what_if *state, uint32_t element, bool absent);
bool mu_what_if_fails(const mu_what_if *state, mu_gate gate);

#endif
