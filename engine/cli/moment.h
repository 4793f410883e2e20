/* moment.h - the moment as of which a plan is judged. */
#ifndef MU_CLI_MOMENT_H
#define MU_CLI_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* A day, or a day and a time, as milliseconds since 1970-01-01 00:00 of the organisation's clock; false where it is neither. */
bool mu_moment_read(const char *text, int64_t *at);
/* Now, in UTC: the only reading of a clock by a command that judges without a drill. */
int64_t mu_moment_now(void);
/* The same as the clocks of a zone show it, in local milliseconds since 1970-01-01; of UTC where the zone is NULL or unknown. */
int64_t mu_moment_here(const char *zone, mu_arena *arena);
/* The local moment that is meant by a reading of the clocks of a zone: another one where the clocks are set forward over it. That, or that it
 * comes twice and the first is meant, is said on stderr, with what comes of it ("the drill begins"). The same where the zone is NULL or unknown. */
int64_t mu_moment_meant(const char *zone, int64_t local, const char *what);

#endif
