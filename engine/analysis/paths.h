/* paths.h - the least time that a plan's own words leave to an action and to the steps of a playbook: everybody answers at
 * once, all work takes no time, and only what cannot be skipped is waited for. */
#ifndef MU_ANALYSIS_PATHS_H
#define MU_ANALYSIS_PATHS_H

#include "analysis/judge.h"

/* The outside party by which an action is done: its `by`, or an R that knows nobody of ours; NULL where we do it. */
const mu_node *mu_done_outside(const mu_judge *j, const mu_node *action);
/* A length in milliseconds, of several (by severity, by hour) the shortest or the longest; -1 where there is none. */
int64_t mu_shortest(const mu_node *n);
int64_t mu_longest(const mu_node *n);
/* "90 s", "90 min", "4 h", "4 h 20 min", "30 days". */
const char *mu_long(const mu_judge *j, int64_t ms);
/* The most time that any level gives to contain; with `always` of those alone that are not of working hours. -1 none. */
int64_t mu_laxest_contain(const mu_judge *j, bool always);
/* The time that its contract gives an outside party to respond; -1 where it gives none. */
int64_t mu_responds(const mu_node *external);
/* The least time of an action; 0 where nothing has to be waited for. */
int64_t mu_least_of(const mu_judge *j, const mu_node *action);

/* The steps of a playbook in its order, and the least time from its start to the end of each. */
typedef struct mu_path {
    const mu_node *const *steps;
    const int64_t *done;
    int count;
} mu_path;

mu_path mu_path_of(const mu_judge *j, const mu_node *book);
/* True where a step belongs to this phase, by its own word or by that of its action. */
bool mu_step_in(const mu_node *step, const char *phase);
/* True where a step contains the incident: of the phase contain, done by security, cloud, IT or the application itself. */
bool mu_contains(const mu_judge *j, const mu_node *step);

#endif
