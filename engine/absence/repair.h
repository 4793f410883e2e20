/* repair.h - the smallest set of changes after which no so many absences break anything.
 *
 * Changes are those that a plan could make with the people it has: somebody follows in a role, gets an access, an account or
 * an authority, another channel, or a ladder comes to a step in time. Whether a person is able to is not in the plan: that is
 * for its owner to say. The set is looked for by hitting sets: whatever still breaks names the changes of which one must be
 * made, and the cheapest choice that meets all of these is tried, until nothing breaks. So it is the cheapest there is, unless
 * the search had to end before (`smallest`). */
#ifndef MU_ABSENCE_REPAIR_H
#define MU_ABSENCE_REPAIR_H

#include "absence/cover.h"

typedef struct mu_repair {
    const mu_change *changes; /* to be made */
    int count, cost, least;   /* least: no choice of changes costs less than this */
    bool smallest;
    const mu_cover *before, *after; /* the plan as it is, and with the changes: judged again, from the plan on. What still breaks
                                       then no change of these kinds can mend. */
    int rounds;
} mu_repair;

typedef struct mu_repair_options {
    mu_needs_options needs;
    unsigned order;                 /* so many absences, and fewer, break nothing more */
    int costs[MU_CHANGE_KINDS];     /* of one change of a kind, at least 1 */
    size_t most;                    /* nodes of families */
} mu_repair_options;

/* Owned by the house's arena; NULL with *why where it cannot be judged. `watch` hears how many rounds it took. */
mu_repair *mu_repair_of(const mu_house *house, const mu_repair_options *options, mu_cuts_watch watch, void *self, const char **why);

#endif
