/* tzrule.h - the yearly rule that stands at the end of a TZif file and goes on for ever: a POSIX TZ string ("IST-1GMT0,
 * M10.5.0,M3.5.0/1", POSIX.1-2017 chapter 8, with the hours of -167 to 167 that RFC 9636 section 3.3.2 adds). Of use to
 * zone.c only. Times are seconds since 1970-01-01 00:00 UTC, offsets are seconds, positive east of Greenwich. */
#ifndef MU_BASE_TZRULE_H
#define MU_BASE_TZRULE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct mu_tz_day {
    char kind; /* J: day 1 to 365, 29 February never counts; D: day 0 to 365; M: weekday of a week of a month */
    int month, week, day;
    int32_t time; /* seconds after 00:00 of that day, on the clock that runs until then */
} mu_tz_day;

typedef struct mu_tz_rule {
    int32_t offset[2]; /* standard, daylight */
    char name[2][16];
    bool changes;        /* false: standard time all year, and nothing below is set */
    mu_tz_day change[2]; /* to daylight, to standard */
} mu_tz_rule;

/* False where the text is not wholly a rule. */
bool mu_tz_rule_read(const char *text, mu_tz_rule *out);

typedef struct mu_tz_span {
    int64_t from, until; /* [from, until); INT64_MIN and INT64_MAX where nothing changes */
    int which;           /* 0 standard, 1 daylight */
} mu_tz_span;

/* What the rule says at a moment within the years 0 to 10000. */
mu_tz_span mu_tz_rule_at(const mu_tz_rule *rule, int64_t utc);

#endif
