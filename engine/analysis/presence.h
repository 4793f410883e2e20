/* presence.h - when people are there, by their own hours of a week and in their own time zones. Whoever has no hours of
 * their own keeps those of the organisation. Holidays are not looked at: a week is any week. */
#ifndef MU_ANALYSIS_PRESENCE_H
#define MU_ANALYSIS_PRESENCE_H

#include "analysis/judge.h"
#include "base/zone.h"

/* The hours of a person or an outside party: "24x7", a week, or a list of such; NULL where neither they nor the organisation
 * have any. */
const mu_node *mu_own_hours(const mu_node *who);
/* Every minute of a week: "24x7", or hours that leave none out. */
bool mu_always_there(const mu_node *who);
/* Some minute of a week outside the hours of the organisation; true where nobody says what those hours are. */
bool mu_there_off_hours(const mu_node *person);
/* Of these people one or another is there at every quarter of an hour of a week. Whoever has no hours counts as never there. */
bool mu_always_covered(const mu_judge *j, mu_zones *zones, const mu_set *people);

#endif
