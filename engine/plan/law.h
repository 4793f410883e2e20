/* law.h - the legal and contractual clocks that an obligation of a plan may name by `rule`. Facts with their source and
 * the day they were last checked; not legal advice. */
#ifndef MU_PLAN_LAW_H
#define MU_PLAN_LAW_H

/* Beside the bits of base/calendar.h: the noon of art 5(4) is not for early reports of credit institutions, central
 * counterparties, trading venues, and essential or important entities. */
enum { MU_NOT_FOR_SYSTEMIC = 1 << 8 };

typedef struct mu_clock_rule {
    const char *id, *jurisdiction, *stage, *starts;
    int value; /* of `unit`; -1 where the rule has no number */
    const char *unit, *recipient, *reference, *status;
    const char *seen;       /* how the row was verified: V in the text itself, S in secondary sources, M by knowledge of it */
    unsigned counts;        /* how its days are counted, bits of base/calendar.h */
    const char *checked;    /* the day on which it was last looked at */
} mu_clock_rule;

extern const mu_clock_rule mu_clock_rules[]; /* ends with id == NULL */

/* NULL where there is none. */
const mu_clock_rule *mu_clock_rule_of(const char *id);

#endif
