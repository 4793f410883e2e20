/* moment.h - the moment as of which a plan is judged. */
#ifndef MU_CLI_MOMENT_H
#define MU_CLI_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/* "2026-07-10" or "2026-07-10 17:40" as local milliseconds since 1970-01-01; false where it is neither. */
bool mu_moment_read(const char *text, int64_t *at);
/* The wall clock, in UTC: what holds where nobody names a moment. */
int64_t mu_moment_now(void);

#endif
