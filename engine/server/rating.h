/* rating.h - what the record proposes as the rating of an objective, by the definitions of HSEEP (P performed without
 * challenges, S with some, M with major challenges, U unable to be performed): a task is U where it was not done, not in
 * its time, or only after a prompt; M where it was done against the plan, by somebody else or without the authority; S where
 * it took more than four fifths of its window; P otherwise. The worst task counts. What was not observed is not rated. */
#ifndef MU_SERVER_RATING_H
#define MU_SERVER_RATING_H

#include "core/run.h"

typedef struct mu_task_rating {
    int card;
    const char *what;    /* "action:triage", or "an answer" */
    char rating;         /* P S M U, or 0: not observed */
    const char *because; /* words; "" where there is nothing to say */
    uint32_t event;      /* that shows it, 0 none */
} mu_task_rating;

enum { MU_TASKS_RATED = 64 };

/* The tasks of an objective, in the order of the cards. Returns how many; *worst is the objective's, 0 where none. */
int mu_rating_of(mu_run *run, mu_journal *journal, const char *objective, mu_task_rating *tasks, char *worst, int *unobserved);

#endif
