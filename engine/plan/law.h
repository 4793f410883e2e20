/* law.h - the legal and contractual clocks that an obligation of a plan may name by `rule`. Facts with their source and
 * the day they were last checked; not legal advice. */
#ifndef MU_PLAN_LAW_H
#define MU_PLAN_LAW_H

typedef struct mu_clock_rule {
    const char *id, *starts;
    int value; /* of `unit`; -1 where the rule has no number */
    const char *unit, *recipient, *reference, *status;
} mu_clock_rule;

extern const mu_clock_rule mu_clock_rules[]; /* ends with id == NULL */

/* NULL where there is none. */
const mu_clock_rule *mu_clock_rule_of(const char *id);

#endif
