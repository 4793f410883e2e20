/* hitting.h - the cheapest choice that meets every clause: of each clause at least one is chosen. */
#ifndef MU_ABSENCE_HITTING_H
#define MU_ABSENCE_HITTING_H

#include <stdbool.h>
#include <stddef.h>

typedef struct mu_clause {
    const int *items; /* ascending */
    int count;
} mu_clause;

/* `chosen` by item, `costs` at least 1 each. Branch and bound: by the clause that leaves the fewest choices, with clauses that
 * share nothing as a bound. Gives up after `most` choices; true where it did not, and then nothing is cheaper. `chosen` meets
 * every clause in any case. */
bool mu_hitting(const mu_clause *clauses, int count, const int *costs, int items, long most, bool *chosen, int *cost);

#endif
