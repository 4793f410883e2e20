/* calendar.h - days, weeks, months and business days on the proleptic Gregorian calendar (ISO 8601). Nothing here asks
 * a clock, the environment or the locale. A day is a count of days since 1970-01-01. A local moment is milliseconds of
 * some place's wall clock since 1970-01-01 00:00 there; zone.h turns it into UTC and back. Moments are kept within the
 * years 1 to 9999: what an argument or a result has beyond them is drawn to the nearer end, so that no text of a
 * stranger can overflow. */
#ifndef MU_BASE_CALENDAR_H
#define MU_BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/zone.h"

#define MU_DAY_MS INT64_C(86400000)
#define MU_DAY_FIRST INT64_C(-719162) /* 0001-01-01 */
#define MU_DAY_LAST INT64_C(2932896)  /* 9999-12-31 */
#define MU_MOMENT_FIRST (MU_DAY_FIRST * MU_DAY_MS)
#define MU_MOMENT_LAST ((MU_DAY_LAST + 1) * MU_DAY_MS - 1)

/* ---- days ---- */

typedef struct mu_date {
    int year, month, day; /* month and day count from 1 */
} mu_date;

/* 28 to 31; `month` is 1 to 12. */
int mu_days_in_month(int year, int month);
/* True for a day of the calendar within the years 1 to 9999. */
bool mu_date_exists(mu_date date);
/* After H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". The date must have a month of 1 to 12. */
int64_t mu_day_of_date(mu_date date);
mu_date mu_date_of_day(int64_t day);
/* 0 is Monday, 6 is Sunday (ISO 8601 less one). */
int mu_weekday(int64_t day);
/* The day that a local moment lies in, and the milliseconds since its 00:00. */
int64_t mu_day_of(int64_t local_ms);
int64_t mu_time_of_day(int64_t local_ms);
/* The same time of day as many calendar months later (earlier where negative); where that month has no such day, its
 * last one. Months are not added up step by step: 31 January and two months is 31 March. */
int64_t mu_months_add(int64_t local_ms, int64_t months);
/* "2026-07-10 17:40" into a buffer of at least 32 bytes. */
void mu_local_write(int64_t local_ms, char *text);

/* ---- holidays and working days ---- */

/* Which days of one jurisdiction are no working days: some weekdays, every week, and a set of dates. Owned by the
 * arena that it was made in. */
typedef struct mu_calendar mu_calendar;

enum { MU_SATURDAY_SUNDAY = 1 << 5 | 1 << 6, MU_FRIDAY_SATURDAY = 1 << 4 | 1 << 5 };

/* `rest` has bit d set where weekday d (0 is Monday) is no working day; one day of the week at least must be one. */
mu_calendar *mu_calendar_new(mu_arena *arena, unsigned rest);
/* In any order; a day that is in already changes nothing. */
void mu_calendar_add(mu_calendar *calendar, int64_t day);
size_t mu_calendar_count(const mu_calendar *calendar);
/* The holidays in order of time; `i` is below the count. */
int64_t mu_calendar_at(const mu_calendar *calendar, size_t i);
bool mu_calendar_holiday(const mu_calendar *calendar, int64_t day);
/* Neither a day of rest of the week nor a holiday (Regulation (EEC, Euratom) No 1182/71, art 2(2)). */
bool mu_calendar_working(const mu_calendar *calendar, int64_t day);
/* How many working days lie after `from`, up to and with `to`; negative where `to` is the earlier. */
int64_t mu_working_between(const mu_calendar *calendar, int64_t from, int64_t to);
/* The n-th working day after `day`, which itself does not count; before it where n is negative; `day` where n is 0. */
int64_t mu_working_add(const mu_calendar *calendar, int64_t day, int64_t n);
/* `day` where it is a working day, otherwise the next. */
int64_t mu_working_from(const mu_calendar *calendar, int64_t day);

/* What reading an iCalendar file came to. */
typedef struct mu_ics {
    int days;          /* dates that the file names within the years asked for; two events on one day are one */
    int timed;         /* events with a time of day: a holiday is a whole day, so they were left out */
    const char *wrong; /* a sentence where the file was refused, owned by the arena; it may hold text of the file */
} mu_ics;

/* Adds the days of the file's VEVENTs that lie in the years first..last (iCalendar, RFC 5545, read by libical): dates,
 * several days (DTEND is the day behind the last), yearly rules, RDATE, EXDATE; a cancelled event is none. Refuses, and
 * then adds nothing: more than 1 MiB, what is no iCalendar, a date that no calendar has or before 1900, a rule that is
 * not yearly, EXRULE, RECURRENCE-ID, and what would come to more than 10,000 days. False where it refused. */
bool mu_calendar_ics(mu_calendar *calendar, mu_arena *arena, const char *bytes, size_t len, int first, int last,
                     mu_ics *out);

/* ---- hours of a week ---- */

/* Ranges are minutes of the week since Monday 00:00, [from, to) with to - from at most 1440; `to` passes 10080 where
 * Sunday's range ends on Monday (plan/value.c reads "mon-fri 09:00-17:30" into them). A range that begins on a
 * holiday of `calendar` is left out, with all of it; `calendar` may be NULL, and its days of rest do not matter. */
bool mu_hours_inside(int ranges[][2], int count, const mu_calendar *calendar, int64_t local_ms);
/* The moment itself where it lies inside, otherwise the next that does; MU_MOMENT_LAST where none ever does. */
int64_t mu_hours_next(int ranges[][2], int count, const mu_calendar *calendar, int64_t local_ms);

/* ---- legal periods ---- */

typedef enum mu_period_unit {
    MU_PERIOD_HOURS,
    MU_PERIOD_DAYS,
    MU_PERIOD_WORKING_DAYS,
    MU_PERIOD_MONTHS
} mu_period_unit;

/* How a rule counts, as bits. With none of them: hours run by the clock from the event; all else is due at 24:00 of its
 * last day, the day of the event does not count, and the last day may be any day (Regulation (EEC, Euratom) No 1182/71,
 * art 3(1), (2)(b)-(c) and (3); weeks are 7 days, which comes to the same weekday). */
enum {
    MU_EVENT_DAY_COUNTS = 1,    /* the day of the event is day 1 (a working day of the period only where it is one) */
    MU_EVENT_HOUR_FREE = 2,     /* hours: the hour in which the event falls does not count, art 3(1) */
    MU_END_ON_WORKING_DAY = 4,  /* all but hours: ends on a day of rest or a holiday -> end of the next working day, art
                                  3(4) */
    MU_TWO_WORKING_DAYS = 8,    /* all but hours: two days or more hold at least two working days, art 3(5) */
    MU_NOON_OF_WORKING_DAY = 16 /* also hours: ends on a day of rest or a holiday -> 12:00 of the next working day
                                   (Delegated Regulation (EU) 2025/301, art 5(4)) */
};

typedef struct mu_period {
    mu_period_unit unit;
    int64_t count; /* not negative */
    unsigned rules;
} mu_period;

/* When a period that an event at `event_utc_ms` starts is over, in UTC milliseconds: what happens before that moment is
 * in time. `zone` and `calendar` are those that the rule names, most often of whoever the
 * act is owed to. 24:00 belongs to the day that it ends, for the rules above as well. */
int64_t mu_period_end(const mu_calendar *calendar, const mu_zone *zone, mu_period period, int64_t event_utc_ms);

/* ---- turns of a rotation ---- */

typedef enum mu_turn_unit { MU_TURN_MS, MU_TURN_DAYS, MU_TURN_MONTHS } mu_turn_unit;

/* How long one turn lasts. Everything is counted on the local wall clock, so a week from Monday 09:00 ends on Monday
 * 09:00 across a clock change as well, and turns of 12 hours change at the same two times all year. */
typedef struct mu_turn {
    mu_turn_unit unit;
    int64_t count; /* at least 1 */
} mu_turn;

/* Which turn a local moment lies in: 0 from `from_local_ms` on, negative before it. */
int64_t mu_turn_index(int64_t from_local_ms, mu_turn turn, int64_t now_local_ms);
/* The local moment at which a turn begins; the next change of hands is that of index + 1. Turns of months begin on the
 * day of the month of `from`, or on the last day where a month has none such. */
int64_t mu_turn_begins(int64_t from_local_ms, mu_turn turn, int64_t index);

#endif
