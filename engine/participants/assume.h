/* assume.h - how people behave where nobody plays them: how long they take and how often they do not. Not part of a plan.
 * Each value says where it came from: `default` (ours, no evidence), `asked` (somebody said so) or `measured` (drills).
 *
 *   muster_assumptions: 1
 *   defaults:
 *     acknowledge: {fast: 1m, usual: 4m, slow: 15m, never: 5, origin: default}
 *   people:
 *     ana: {acknowledge: {usual: 2m, origin: measured, n: 9}}
 *   answers:  {cut off: isolate}
 *   outcomes: {classify: major}
 *
 *   at_once: no                # yes: people do several things at a time; no: one after the other
 *
 * fast, usual and slow are what one in ten, half, and nine in ten stay under; `never` is a percentage. */
#ifndef MU_PARTICIPANTS_ASSUME_H
#define MU_PARTICIPANTS_ASSUME_H

#include "core/run.h"
#include "plan/tree.h"

typedef enum mu_habit { HABIT_ACKNOWLEDGE, HABIT_ANSWER, HABIT_START, HABIT_WORK, HABIT_CONSULT, HABIT_DECIDE, HABIT_WRITE, MU_HABITS } mu_habit;

typedef struct mu_pace {
    int64_t fast, usual, slow; /* milliseconds */
    int never;                 /* percent */
    const char *origin;
} mu_pace;

typedef struct mu_assumptions mu_assumptions;

/* NULL `path`: the defaults. NULL with diagnostics where the file is wrong. */
mu_assumptions *mu_assumptions_read(const char *path, const mu_tree *plan, mu_diags *diags);
void mu_assumptions_free(mu_assumptions *assumptions);
/* Of the file, in hex; "defaults" where there is none. */
const char *mu_assumptions_hash(const mu_assumptions *assumptions);
mu_pace mu_pace_of(const mu_assumptions *assumptions, const char *person, mu_habit habit);
/* What is always answered to a card, or decided at a step; NULL where it is drawn. */
const char *mu_fixed_answer(const mu_assumptions *assumptions, const char *card);
const char *mu_fixed_outcome(const mu_assumptions *assumptions, const char *step);
/* True where the file says that people do several things at a time. */
bool mu_at_once(const mu_assumptions *assumptions);
/* All values that a drill goes by: those for everybody, then those of single people. Returns how many. */
int mu_assumptions_list(const mu_assumptions *assumptions, mu_arena *arena, const mu_assumed **list);
/* The word of a habit, as in the file. */
const char *mu_habit_word(mu_habit habit);

#endif
