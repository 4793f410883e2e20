/* same.h - which gaps of two lists are the same: between two plans, two drills, a run and what an earlier one found.
 *
 * A gap is known by its id. The id follows the places that a person holds in the plan (docs/decisions/0016): where somebody else takes one over, the id
 * moves, and the same thing is wrong still. So, of those whose ids the other list does not have, what is said of the same subject in the same words is
 * the same gap as well, in the order in which they stand. */
#ifndef MU_PLAN_SAME_H
#define MU_PLAN_SAME_H

#include <stddef.h>

typedef struct mu_said {
    const char *id, *gap, *subject, *text; /* gap NULL: it is known by its id alone */
} mu_said;

/* For each of `own` the place in `other` of the same gap, SIZE_MAX where there is none. None of `other` is the same as two of `own` whose ids differ. */
void mu_same_gaps(const mu_said *own, size_t count, const mu_said *other, size_t others, size_t *which);

#endif
