/* calendars.h - how the time of a plan is counted: which days are holidays where, and how a rule of the law counts for this organisation.
 * One place for a drill and for coverage. */
#ifndef MU_PLAN_CALENDARS_H
#define MU_PLAN_CALENDARS_H

#include "base/calendar.h"
#include "plan/law.h"
#include "plan/tree.h"

/* The holidays of `organisation`, with Saturday and Sunday at rest: all of a list; of a map those of `jurisdiction` ("": none is meant)
 * where it has them, else of the organisation's own first that it has. Owned by `arena`. */
mu_calendar *mu_holidays_of(const mu_node *root, mu_arena *arena, const char *jurisdiction);
/* The length of a rule, and how it counts for the organisation; false where there is no rule, or it has no number. */
bool mu_period_of(const mu_node *root, const mu_clock_rule *rule, mu_period *period);

/* How the turns of a rotation are counted; false where the plan gives it none that last. */
bool mu_turns_of(const mu_node *rotation, mu_turn *turn);
/* The number of the turn at a local time: of the first 0, and before it, as the first member has it then. */
int64_t mu_turn_at(const mu_node *rotation, int64_t local);
/* True in the hours of the week in which it is on call; without hours it always is. */
bool mu_rotation_calls(const mu_node *rotation, int64_t local);
/* The member whose turn is the n-th; `members` is a list that is not empty. */
const mu_node *mu_nth_member(const mu_node *members, int64_t n);

#endif
