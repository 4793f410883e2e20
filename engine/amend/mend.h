/* mend.h - for each type of gap what a program can write to close it. All that is written stands somewhere already: in
 * another place of the plan, or in the law. What only people know is asked instead (plan/questions.h), and never made up. */
#ifndef MU_AMEND_MEND_H
#define MU_AMEND_MEND_H

#include "analysis/judge.h"
#include "plan/splice.h"

typedef struct mu_mender {
    mu_judge *judge;  /* over the plan as it is */
    mu_splice *splice;
    const char *from; /* set by whoever writes: where what is written was taken from, as a sentence that follows the place */
} mu_mender;

typedef struct mu_mending {
    const char *gap;
    /* Asks the splice for the change. False where the plan does not say what is needed, or the splice refuses. */
    bool (*write)(mu_mender *m, const mu_finding *finding);
    const char *from; /* of `write`: whence, for the documentation */
    const char *ask;  /* the question to people; NULL with `write` NULL: nothing in the plan closes it */
} mu_mending;

/* One row a type, in the order of the catalogue; ends with gap == NULL. */
extern const mu_mending mu_mendings[];

/* NULL where there is none. */
const mu_mending *mu_mending_of(const char *gap);
/* Whether Muster can write the change, in words for the documentation; owned by the arena. */
const char *mu_mending_words(const mu_mending *mending, mu_arena *arena);

#endif
