/* cover.h - who can be missing before a plan stops working: every least set of absences that breaks something, exactly.
 *
 * A set breaks the plan where something that it needs fails and did not fail with nobody absent; it is least where with any
 * one of them given back nothing more fails. Each set is tried both ways before it is told. */
#ifndef MU_ABSENCE_COVER_H
#define MU_ABSENCE_COVER_H

#include "absence/cuts.h"
#include "absence/needs.h"

typedef struct mu_cut {
    const int *elements;   /* ascending */
    int count;
    const int *breaks;     /* needs, in their order */
    int break_count;
    const char *text;      /* "Without Ana and Ben nobody may isolate production." */
} mu_cut;

typedef struct mu_need_cover {
    bool broken;           /* with nobody absent */
    int order;             /* how many absences break it at least; 0: more than were looked for, or none do */
    const int *const *sets; /* its own least sets, each ended by -1, by size */
    int set_count;
} mu_need_cover;

typedef struct mu_standing { /* what stands on an element */
    int element, single, paired; /* needs that its absence breaks; that it breaks with one other */
} mu_standing;

typedef struct mu_cover {
    const mu_needs *needs;
    unsigned order;        /* MU_ALL_ORDERS: all */
    const mu_cut *sets; /* by size, then by the order of the plan */
    int set_count;
    const mu_need_cover *own; /* by need */
    int broken_count;
    const mu_standing *ranking; /* elements on which something stands, most first */
    int ranked_count;
    int by_order[16];      /* sets of so many; the last holds all that have more */
} mu_cover;

/* NULL with *why where it takes more room than `most` nodes, or a question is out of reach. Owned by the house's arena. */
mu_cover *mu_cover_of(const mu_needs *needs, unsigned order, size_t most, mu_cuts_watch watch, void *self, const char **why);

/* "Ana", "the site Dublin" */
const char *mu_absentee_words(const mu_needs *needs, const mu_absentee *absentee);
/* "Without Ana, Ben and the site Dublin" */
const char *mu_without(const mu_needs *needs, const int *elements, int count);

#endif
