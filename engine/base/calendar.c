#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"

/* ---- arithmetic that stays inside ---- */

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

static int64_t floor_mod(int64_t n, int64_t by)
{
    return n % by + (n % by < 0 ? by : 0);
}

static int64_t between(int64_t n, int64_t least, int64_t most)
{
    return n < least ? least : n > most ? most : n;
}

static int64_t moment(int64_t ms)
{
    return between(ms, MU_MOMENT_FIRST, MU_MOMENT_LAST);
}

static int64_t some_day(int64_t day)
{
    return between(day, MU_DAY_FIRST, MU_DAY_LAST);
}

/* a * b + c, drawn to the ends of int64. */
static int64_t scaled(int64_t a, int64_t b, int64_t c)
{
    int64_t product, sum;
    if (__builtin_mul_overflow(a, b, &product))
        return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;
    if (__builtin_add_overflow(product, c, &sum))
        return c < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

/* ---- days ---- */

int mu_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    MU_CHECK(month >= 1 && month <= 12);
    return days[month - 1] + (month == 2 && leap);
}

bool mu_date_exists(mu_date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= mu_days_in_month(d.year, d.month);
}

int64_t mu_day_of_date(mu_date d)
{
    int64_t y = d.month <= 2 ? (int64_t)d.year - 1 : d.year, era = floor_div(y, 400), yoe = y - era * 400;
    int64_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

mu_date mu_date_of_day(int64_t day)
{
    int64_t z = between(day, -1000000000, 1000000000) + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    mu_date d = {.month = (int)(mp < 10 ? mp + 3 : mp - 9), .day = (int)(doy - (153 * mp + 2) / 5 + 1)};
    d.year = (int)(yoe + era * 400 + (d.month <= 2));
    return d;
}

int mu_weekday(int64_t day)
{
    return (int)((floor_mod(day, 7) + 3) % 7); /* 1970-01-01 was a Thursday */
}

int64_t mu_day_of(int64_t local_ms)
{
    return floor_div(moment(local_ms), MU_DAY_MS);
}

int64_t mu_time_of_day(int64_t local_ms)
{
    return floor_mod(moment(local_ms), MU_DAY_MS);
}

/* Months since January of year 0, and back to the day of that number in the month or its last. */
static int64_t month_number(mu_date d)
{
    return (int64_t)d.year * 12 + d.month - 1;
}

static int64_t day_in_month(int64_t number, int day)
{
    number = between(number, 12, 9999 * 12 + 11);
    mu_date d = {(int)(number / 12), (int)(number % 12) + 1, day};
    int most = mu_days_in_month(d.year, d.month);
    d.day = day > most ? most : day;
    return mu_day_of_date(d);
}

static int64_t day_months_later(int64_t day, int64_t months)
{
    mu_date d = mu_date_of_day(day);
    return day_in_month(month_number(d) + between(months, -200000, 200000), d.day);
}

int64_t mu_months_add(int64_t local_ms, int64_t months)
{
    return day_months_later(mu_day_of(local_ms), months) * MU_DAY_MS + mu_time_of_day(local_ms);
}

/* ---- holidays and working days ---- */

typedef struct set {
    int64_t *at; /* ascending, each once */
    size_t count, size;
} set;

struct mu_calendar {
    mu_arena *arena;
    unsigned rest;
    int work_days; /* of a week */
    set holidays;  /* all of them */
    set days_off;  /* those that are no day of rest anyway */
};

/* How many of the set lie at or before `day`. */
static size_t upto(const set *s, int64_t day)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->at[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool holds(const set *s, int64_t day)
{
    size_t n = upto(s, day);
    return n && s->at[n - 1] == day;
}

static void put(mu_arena *arena, set *s, int64_t day)
{
    size_t n = upto(s, day);
    if (n && s->at[n - 1] == day)
        return;
    if (s->count == s->size) {
        s->size = s->size ? s->size * 2 : 16;
        int64_t *grown = mu_alloc(arena, s->size * sizeof *grown);
        if (s->count)
            memcpy(grown, s->at, s->count * sizeof *grown);
        s->at = grown;
    }
    memmove(s->at + n + 1, s->at + n, (s->count - n) * sizeof *s->at);
    s->at[n] = day;
    s->count++;
}

static bool day_of_rest(const mu_calendar *c, int64_t day)
{
    return c->rest >> mu_weekday(day) & 1;
}

mu_calendar *mu_calendar_new(mu_arena *arena, unsigned rest)
{
    mu_calendar *c = mu_alloc(arena, sizeof *c);
    MU_CHECK((rest & 127) == rest && rest != 127);
    c->arena = arena;
    c->rest = rest;
    for (int d = 0; d < 7; d++)
        c->work_days += !(rest >> d & 1);
    return c;
}

void mu_calendar_add(mu_calendar *c, int64_t day)
{
    day = some_day(day);
    put(c->arena, &c->holidays, day);
    if (!day_of_rest(c, day))
        put(c->arena, &c->days_off, day);
}

size_t mu_calendar_count(const mu_calendar *c)
{
    return c->holidays.count;
}

int64_t mu_calendar_at(const mu_calendar *c, size_t i)
{
    MU_CHECK(i < c->holidays.count);
    return c->holidays.at[i];
}

bool mu_calendar_holiday(const mu_calendar *c, int64_t day)
{
    return holds(&c->holidays, day);
}

bool mu_calendar_working(const mu_calendar *c, int64_t day)
{
    return !day_of_rest(c, day) && !holds(&c->days_off, day);
}

/* Working days from a fixed Monday up to and with `day`, less those before that Monday. */
static int64_t working_upto(const mu_calendar *c, int64_t day)
{
    int64_t since_monday = day + 3, n = floor_div(since_monday, 7) * c->work_days;
    for (int64_t d = 0; d <= floor_mod(since_monday, 7); d++)
        n += !(c->rest >> d & 1);
    return n - (int64_t)upto(&c->days_off, day);
}

int64_t mu_working_between(const mu_calendar *c, int64_t from, int64_t to)
{
    return working_upto(c, some_day(to)) - working_upto(c, some_day(from));
}

int64_t mu_working_add(const mu_calendar *c, int64_t day, int64_t n)
{
    day = some_day(day);
    if (n == 0)
        return day;
    n = between(n, -2 * MU_DAY_LAST, 2 * MU_DAY_LAST);
    int64_t wanted = n > 0 ? working_upto(c, day) + n : working_upto(c, day - 1) + n + 1;
    int64_t low = n > 0 ? day + 1 : MU_DAY_FIRST, high = n > 0 ? MU_DAY_LAST : day - 1;
    while (low < high) { /* the first day by whose end as many have passed */
        int64_t middle = low + floor_div(high - low, 2);
        if (working_upto(c, middle) >= wanted)
            high = middle;
        else
            low = middle + 1;
    }
    return some_day(low);
}

int64_t mu_working_from(const mu_calendar *c, int64_t day)
{
    return mu_calendar_working(c, day) ? some_day(day) : mu_working_add(c, day, 1);
}

/* ---- hours of a week ---- */

enum { WEEK = 7 * 1440 };

#define MINUTE_MS INT64_C(60000)

/* The minute in which the range last began at or before `minute` (both since 1970). */
static int64_t began(const int range[2], int64_t minute)
{
    const int64_t monday = -3 * 1440;
    return minute - floor_mod(minute - monday - range[0], WEEK);
}

static bool closed(const mu_calendar *c, int64_t minute)
{
    return c && mu_calendar_holiday(c, floor_div(minute, 1440));
}

bool mu_hours_inside(int ranges[][2], int count, const mu_calendar *calendar, int64_t local_ms)
{
    int64_t minute = floor_div(moment(local_ms), MINUTE_MS);
    for (int i = 0; i < count; i++) {
        int64_t start = began(ranges[i], minute);
        if (minute - start < ranges[i][1] - ranges[i][0] && !closed(calendar, start))
            return true;
    }
    return false;
}

int64_t mu_hours_next(int ranges[][2], int count, const mu_calendar *calendar, int64_t local_ms)
{
    int64_t minute = floor_div(moment(local_ms), MINUTE_MS), next = INT64_MAX;
    const int64_t end = MU_MOMENT_LAST / MINUTE_MS;
    if (mu_hours_inside(ranges, count, calendar, local_ms))
        return moment(local_ms);
    for (int i = 0; i < count; i++) {
        int64_t start = began(ranges[i], minute) + WEEK;
        while (start <= end && closed(calendar, start))
            start += WEEK;
        if (start < next)
            next = start;
    }
    return next > end ? MU_MOMENT_LAST : next * MINUTE_MS;
}

/* ---- legal periods ---- */

static int64_t last_day(const mu_calendar *c, mu_period p, int64_t event_day)
{
    bool counts = p.rules & MU_EVENT_DAY_COUNTS;
    if (p.unit == MU_PERIOD_MONTHS)
        return day_months_later(event_day, p.count) - (counts && p.count > 0);
    if (p.unit == MU_PERIOD_DAYS)
        return some_day(event_day + between(p.count, 0, MU_DAY_LAST) - (counts && p.count > 0));
    return mu_working_add(c, event_day - (counts && p.count > 0), p.count);
}

/* Art 3(4) and (5): the last day moves on until it may be the last. */
static int64_t moved_on(const mu_calendar *c, mu_period p, int64_t event_day, int64_t last)
{
    int64_t before_first = event_day - !!(p.rules & MU_EVENT_DAY_COUNTS);
    int64_t working = mu_working_between(c, before_first, last);
    bool two_days = p.unit == MU_PERIOD_MONTHS ? p.count > 0 : p.count >= 2;
    if ((p.rules & MU_TWO_WORKING_DAYS) && two_days && working < 2)
        last = mu_working_add(c, last, 2 - working);
    return p.rules & MU_END_ON_WORKING_DAY ? mu_working_from(c, last) : last;
}

/* DORA's own rule: noon of the next working day where the end lies on a day that is none. */
static int64_t at_noon(const mu_calendar *c, int64_t day, int64_t local_end)
{
    return mu_calendar_working(c, day) ? local_end : mu_working_add(c, day, 1) * MU_DAY_MS + MU_DAY_MS / 2;
}

static int64_t hours_end(const mu_calendar *c, const mu_zone *zone, mu_period p, int64_t event_utc_ms)
{
    const int64_t hour = 3600000;
    int64_t local = mu_zone_local(zone, event_utc_ms), into = floor_mod(local, hour);
    int64_t start = event_utc_ms + (p.rules & MU_EVENT_HOUR_FREE ? hour - into : 0);
    int64_t end = moment(scaled(p.count, hour, start));
    if (!(p.rules & MU_NOON_OF_WORKING_DAY))
        return end;
    int64_t local_end = mu_zone_local(zone, end), moved = at_noon(c, mu_day_of(local_end - 1), local_end);
    return moved == local_end ? end : mu_zone_utc(zone, moved);
}

int64_t mu_period_end(const mu_calendar *c, const mu_zone *zone, mu_period p, int64_t event_utc_ms)
{
    MU_CHECK(p.count >= 0);
    event_utc_ms = moment(event_utc_ms);
    if (p.unit == MU_PERIOD_HOURS)
        return hours_end(c, zone, p, event_utc_ms);
    int64_t event_day = mu_day_of(mu_zone_local(zone, event_utc_ms)), last = last_day(c, p, event_day);
    last = moved_on(c, p, event_day, last);
    int64_t local_end = (last + 1) * MU_DAY_MS;
    return mu_zone_utc(zone, p.rules & MU_NOON_OF_WORKING_DAY ? at_noon(c, last, local_end) : local_end);
}

/* ---- turns of a rotation ---- */

int64_t mu_turn_begins(int64_t from, mu_turn turn, int64_t index)
{
    from = moment(from);
    MU_CHECK(turn.count >= 1);
    if (turn.unit == MU_TURN_MONTHS)
        return mu_months_add(from, scaled(index, turn.count, 0));
    return moment(scaled(scaled(turn.count, turn.unit == MU_TURN_DAYS ? MU_DAY_MS : 1, 0), index, from));
}

/* Within the month of a change the day decides, so the guess by months may be one too late. */
static int64_t month_turn(int64_t from, int64_t count, int64_t now)
{
    int64_t months = month_number(mu_date_of_day(mu_day_of(now))) - month_number(mu_date_of_day(mu_day_of(from)));
    if (mu_months_add(from, months) > now)
        months--;
    return floor_div(months, count);
}

int64_t mu_turn_index(int64_t from, mu_turn turn, int64_t now)
{
    from = moment(from);
    now = moment(now);
    MU_CHECK(turn.count >= 1);
    if (turn.unit == MU_TURN_MONTHS)
        return month_turn(from, turn.count, now);
    return floor_div(now - from, scaled(turn.count, turn.unit == MU_TURN_DAYS ? MU_DAY_MS : 1, 0));
}

void mu_local_write(int64_t local_ms, char *text)
{
    mu_date d = mu_date_of_day(mu_day_of(local_ms));
    int minute = (int)(mu_time_of_day(local_ms) / 60000);
    snprintf(text, 32, "%04d-%02d-%02d %02d:%02d", d.year % 10000, d.month, d.day, minute / 60, minute % 60);
}
