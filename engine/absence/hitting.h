/* hitting.h - the cheapest choice that meets every clause: of each clause at least one is chosen. */
#ifndef MU_ABSENCE_HITTING_H
#define MU_ABSENCE_HITTING_H

#include <stdbool.h>
#include <stddef.h>

typedef struct mu_clause {
    const int *items; /* ascending */
    int count;
} mu_clause;

/* `chosen` by item, `costs` at least 1 each; no clause is empty. First, and at each place of the search, goes what needs none: a
 * clause that holds all of another, an item in whose place another does for no more, the only item of a clause. Then branch and
 * bound: with an item of the smallest clause and without it; what clauses claim of their items without claiming any twice is
 * the bound. Clauses that share no item, also not by way of others, are searched apart, each part for at most `most` places. `chosen`
 * meets every clause in any case; nothing costs less than `least`. True where that is what it costs. */
bool mu_hitting(const mu_clause *clauses, int count, const int *costs, int items, long most, bool *chosen, int *cost, int *least);

#endif
