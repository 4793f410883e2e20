/* lore.h - what is told of a type of gap beside the catalogue: an example, the ways in which it may be found, and
 * whether a program can write the change that closes it. */
#ifndef MU_ANALYSIS_LORE_H
#define MU_ANALYSIS_LORE_H

typedef enum mu_mend {
    MU_MEND_WRITES, /* all that the change needs stands in the plan or in the law */
    MU_MEND_ASKS,   /* the place can be written, the value only people know */
    MU_MEND_PEOPLE, /* nothing in the file closes it */
} mu_mend;

typedef struct mu_lore {
    const char *gap;
    const char *modes;   /* S: on paper; R: in a run; H: noted by a person */
    mu_mend mend;
    const char *example; /* one case, as it would be told */
} mu_lore;

extern const mu_lore mu_lores[]; /* ends with gap == NULL; one row a type, in the order of the catalogue */

/* NULL where there is none. */
const mu_lore *mu_lore_of(const char *gap);
const char *mu_mend_word(mu_mend mend);

#endif
