/* controls.h - which clauses of standards and laws a run may be evidence for, and by what of it: a table as data. What a clause asks is
 * told in our words; the clause itself is the source. */
#ifndef MU_REPORT_CONTROLS_H
#define MU_REPORT_CONTROLS_H

/* What of a run speaks to a clause. */
typedef enum mu_evidence_kind {
    MU_BY_TEST,       /* that the plan was tested, and in which manner */
    MU_BY_ATTENDANCE, /* who took part */
    MU_BY_ROLES,      /* roles exercised */
    MU_BY_LAW,        /* clocks of law and contract */
    MU_BY_MESSAGES,   /* communication compared with the plan */
    MU_BY_LADDERS,    /* ladders climbed */
    MU_BY_DECISIONS,  /* decisions and their authority */
    MU_BY_TIMES,      /* targets met */
    MU_BY_RECORD,     /* the chained journal */
    MU_BY_ACTIONS,    /* findings with an action, an owner and a date */
    MU_BY_ABSENCE,    /* people or channels that were not there */
    MU_BY_COVERAGE,   /* elements of the plan exercised */
} mu_evidence_kind;

typedef struct mu_control {
    const char *framework, *clause, *asks;
    mu_evidence_kind by;
    const char *source;
} mu_control;

extern const mu_control mu_controls[]; /* ends with framework == NULL */

#endif
