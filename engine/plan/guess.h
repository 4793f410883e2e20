/* guess.h - what somebody may have meant who wrote a value in another way than the format does. */
#ifndef MU_PLAN_GUESS_H
#define MU_PLAN_GUESS_H

#include "base/arena.h"

/* "12 hours", "PT12H", "30 min" as "12h", "12h", "30m"; NULL where it is no such thing. */
const char *mu_guess_duration(mu_arena *arena, const char *text);
/* "2026-7-3", "2026/07/03" as "2026-07-03"; NULL where the calendar has no such day, or the order of the parts is not sure. */
const char *mu_guess_date(mu_arena *arena, const char *text);
/* "Dublin", "europe/dublin" as "Europe/Dublin". */
const char *mu_guess_zone(mu_arena *arena, const char *text);

#endif
