#include "base/tzrule.h"

#include <stddef.h>
#include <string.h>

#include "base/calendar.h"

/* ---- reading ---- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Each reader takes the text behind what it read, or NULL, and hands the same on. */
static const char *read_number(const char *s, int least, int most, int *out)
{
    if (!s || !digit(*s))
        return NULL;
    int n = 0;
    for (int i = 0; digit(*s); s++, i++) {
        if (i == 4)
            return NULL;
        n = n * 10 + (*s - '0');
    }
    *out = n;
    return n >= least && n <= most ? s : NULL;
}

static const char *read_sign(const char *s, int *sign)
{
    *sign = s && *s == '-' ? -1 : 1;
    return s && (*s == '-' || *s == '+') ? s + 1 : s;
}

/* [+-]hh[:mm[:ss]] as seconds. */
static const char *read_time(const char *s, int most_hours, int32_t *out)
{
    int sign, hours, minutes = 0, seconds = 0;
    s = read_number(read_sign(s, &sign), 0, most_hours, &hours);
    if (s && *s == ':')
        s = read_number(s + 1, 0, 59, &minutes);
    if (s && *s == ':')
        s = read_number(s + 1, 0, 59, &seconds);
    if (s)
        *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return s;
}

/* "CET" or "<+0530>". */
static const char *read_name(const char *s, char name[16])
{
    size_t len = 0;
    bool quoted = s && *s == '<';
    if (!s)
        return NULL;
    for (s += quoted; letter(*s) || (quoted && (digit(*s) || *s == '+' || *s == '-')); s++) {
        if (len == 15)
            return NULL;
        name[len++] = *s;
    }
    name[len] = '\0';
    if (len < 3 || (quoted && *s != '>'))
        return NULL;
    return s + quoted;
}

static const char *read_month_day(const char *s, mu_tz_day *day)
{
    s = read_number(s, 1, 12, &day->month);
    s = s && *s == '.' ? read_number(s + 1, 1, 5, &day->week) : NULL;
    return s && *s == '.' ? read_number(s + 1, 0, 6, &day->day) : NULL;
}

static const char *read_change(const char *s, mu_tz_day *day)
{
    if (!s || *s++ != ',')
        return NULL;
    day->kind = *s == 'M' || *s == 'J' ? *s++ : 'D';
    day->time = 2 * 3600;
    if (day->kind == 'M')
        s = read_month_day(s, day);
    else
        s = read_number(s, day->kind == 'J', 365, &day->day);
    return s && *s == '/' ? read_time(s + 1, 167, &day->time) : s;
}

static const char *read_daylight(const char *s, mu_tz_rule *rule)
{
    s = read_name(s, rule->name[1]);
    rule->offset[1] = rule->offset[0] + 3600;
    if (s && *s != ',') {
        s = read_time(s, 24, &rule->offset[1]);
        rule->offset[1] = -rule->offset[1];
    }
    return read_change(read_change(s, &rule->change[0]), &rule->change[1]);
}

bool mu_tz_rule_read(const char *text, mu_tz_rule *out)
{
    memset(out, 0, sizeof *out);
    const char *s = read_time(read_name(text, out->name[0]), 24, &out->offset[0]);
    out->offset[0] = -out->offset[0]; /* POSIX counts west */
    out->changes = s && *s;
    if (out->changes)
        s = read_daylight(s, out);
    return s && !*s;
}

/* ---- the changes of a year ---- */

static int64_t day_of_month_week(const mu_tz_day *d, int year)
{
    int64_t first = mu_day_of_date((mu_date){year, d->month, 1});
    int64_t day = first + ((d->day + 6) % 7 - mu_weekday(first) + 7) % 7 + (d->week - 1) * 7;
    return day >= first + mu_days_in_month(year, d->month) ? day - 7 : day;
}

static int64_t day_of_change(const mu_tz_day *d, int year)
{
    if (d->kind == 'M')
        return day_of_month_week(d, year);
    int64_t new_year = mu_day_of_date((mu_date){year, 1, 1});
    if (d->kind == 'D')
        return new_year + d->day;
    return new_year + d->day - 1 + (d->day >= 60 && mu_days_in_month(year, 2) == 29);
}

/* When the clock changes to daylight (1) or to standard (0) in a year. */
static int64_t change_of_year(const mu_tz_rule *rule, int to, int year)
{
    const mu_tz_day *d = &rule->change[!to];
    return day_of_change(d, year) * 86400 + d->time - rule->offset[!to];
}

enum { YEARS = 5 };

/* The changes of five years in order of time; of two at once, the one that was put in first stands first. */
static void list_changes(const mu_tz_rule *rule, int first, mu_tz_span list[2 * YEARS])
{
    bool daylight_first = change_of_year(rule, 1, first) <= change_of_year(rule, 0, first);
    for (int i = 0; i < 2 * YEARS; i++) {
        int to = (i % 2 == 0) == daylight_first, at = i;
        int64_t when = change_of_year(rule, to, first + i / 2);
        for (; at > 0 && list[at - 1].from > when; at--)
            list[at] = list[at - 1];
        list[at] = (mu_tz_span){when, INT64_MAX, to};
    }
}

mu_tz_span mu_tz_rule_at(const mu_tz_rule *rule, int64_t utc)
{
    if (!rule->changes)
        return (mu_tz_span){INT64_MIN, INT64_MAX, 0};
    /* A change may lie up to 8 days outside of its year: two years to each side always hold one. */
    mu_tz_span list[2 * YEARS] = {{0}};
    int64_t day = utc / 86400 - (utc % 86400 < 0);
    list_changes(rule, mu_date_of_day(day).year - YEARS / 2, list);
    int last = 2 * YEARS - 1;
    while (last > 0 && list[last].from > utc)
        last--;
    if (last + 1 < 2 * YEARS)
        list[last].until = list[last + 1].from;
    return list[last];
}
