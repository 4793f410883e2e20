/* catalogue.h - what is known before any plan is read: the types of gap, and the legal and contractual clocks. */
#ifndef MU_ANALYSIS_CATALOGUE_H
#define MU_ANALYSIS_CATALOGUE_H

typedef enum mu_weight { MU_CRITICAL, MU_HIGH, MU_MEDIUM, MU_LOW } mu_weight;

typedef struct mu_gap {
    const char *id;
    mu_weight weight; /* the base severity */
    const char *title, *meaning, *clauses, *fix;
} mu_gap;

typedef struct mu_clock_rule {
    const char *id, *starts;
    int value; /* of `unit`; -1 where the rule has no number */
    const char *unit, *recipient, *reference, *status;
} mu_clock_rule;

extern const mu_gap mu_gaps[];                /* ends with id == NULL */
extern const mu_clock_rule mu_clock_rules[];  /* likewise */

/* NULL where there is none. */
const mu_gap *mu_gap_of(const char *id);
const mu_clock_rule *mu_clock_rule_of(const char *id);

#endif
