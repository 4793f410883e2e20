/* recur.h - a recurrence of RFC 5545 (RRULE), walked by libical. A moment is local milliseconds of whoever keeps the rule: no
 * zone takes part here, so a rule that says 09:00 says so across every change of the clock. UNTIL is local time as well. */
#ifndef MU_PROGRAMME_RECUR_H
#define MU_PROGRAMME_RECUR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct mu_recur mu_recur;

/* "FREQ=MONTHLY;BYDAY=1TU", with its start, which is its first moment where the rule names it. NULL with *why, a sentence, where the
 * rule cannot be read. Close it. */
mu_recur *mu_recur_open(mu_arena *arena, const char *rule, int64_t start_local, const char **why);
/* The next moment; false behind the last. A rule that never comes ends as well: libical looks no further than the year 2582. */
bool mu_recur_next(mu_recur *recur, int64_t *local);
void mu_recur_close(mu_recur *recur);
/* True where it comes more often than once a day: FREQ is HOURLY or less, or hours, minutes or seconds are listed. */
bool mu_recur_often(const mu_recur *recur);

#endif
