/* lore.h - what is told of a type of gap beside the catalogue: the ways in which it may be found, why it matters,
 * and an example. Whether a program can write the change that closes it, amend/mend.h says. */
#ifndef MU_ANALYSIS_LORE_H
#define MU_ANALYSIS_LORE_H

typedef struct mu_lore {
    const char *gap;
    const char *modes;   /* S: on paper; R: in a run; H: noted by a person */
    const char *why;     /* why it matters: one sentence */
    const char *example; /* one case, as it would be told */
} mu_lore;

extern const mu_lore mu_lores[]; /* ends with gap == NULL; one row a type, in the order of the catalogue */

/* NULL where there is none. */
const mu_lore *mu_lore_of(const char *gap);

#endif
