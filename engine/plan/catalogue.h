/* catalogue.h - what is known before any plan is read: the types of gap. */
#ifndef MU_PLAN_CATALOGUE_H
#define MU_PLAN_CATALOGUE_H

#include "plan/law.h"

typedef enum mu_weight { MU_CRITICAL, MU_HIGH, MU_MEDIUM, MU_LOW } mu_weight;

typedef struct mu_gap {
    const char *id;
    mu_weight weight; /* the base severity */
    const char *title, *meaning, *clauses, *fix;
} mu_gap;

extern const mu_gap mu_gaps[];                /* ends with id == NULL */

/* NULL where there is none. */
const mu_gap *mu_gap_of(const char *id);

#endif
