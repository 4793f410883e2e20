/* jurisdictions.h - places whose law binds an organisation: their working day and the languages their people expect. */
#ifndef MU_ANALYSIS_JURISDICTIONS_H
#define MU_ANALYSIS_JURISDICTIONS_H

#include "analysis/judge.h"

/* What no person of the plan covers there: "in the language of the place", "at 09:00"; NULL where all is covered, where
 * the place is not known here, or where the plan says nothing of the languages of its people and the hours are covered. */
const char *mu_uncovered(mu_judge *j, const char *jurisdiction);
/* Somebody of the plan lives by the clock of that place. */
bool mu_people_are_in(const mu_judge *j, const char *jurisdiction);

#endif
