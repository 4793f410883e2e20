/* Words that mean a length, a day, a moment, the hours of a week. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "plan/schema.h"

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits without a leading zero, at most nine of them. */
static const char *read_count(const char *s, int64_t *count)
{
    if (!digit(*s) || (*s == '0' && digit(s[1])))
        return NULL;
    int n = 0;
    for (*count = 0; digit(*s); s++) {
        if (++n > 9)
            return NULL;
        *count = *count * 10 + (*s - '0');
    }
    return s;
}

bool mu_duration_read(const char *text, mu_duration *out)
{
    static const struct {
        const char *word;
        mu_unit unit;
        int64_t factor;
    } units[] = {
        {"ms", MU_MS, 1},        {"s", MU_MS, 1000},  {"m", MU_MS, 60000},
        {"h", MU_MS, 3600000},   {"d", MU_DAYS, 1},   {"w", MU_DAYS, 7},
        {" business days", MU_BUSINESS_DAYS, 1},      {" business day", MU_BUSINESS_DAYS, 1},
        {" months", MU_MONTHS, 1}, {" month", MU_MONTHS, 1}, {" years", MU_MONTHS, 12}, {" year", MU_MONTHS, 12},
        {" days", MU_DAYS, 1},   {" day", MU_DAYS, 1},
    };
    int64_t count;
    const char *rest = read_count(text, &count);
    if (!rest)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (rest[0] == units[i].word[0] && strcmp(rest, units[i].word) == 0) {
            *out = (mu_duration){units[i].unit, count * units[i].factor};
            return true;
        }
    return false;
}

int64_t mu_duration_ms(mu_duration d)
{
    static const int64_t most = 1000000000; /* months; "999999999 years" is a duration that can be written */
    int64_t months = d.count < most ? d.count : most;
    return d.unit == MU_MS ? d.count : d.unit == MU_MONTHS ? months * 30 * MU_DAY_MS : d.count * MU_DAY_MS;
}

static bool two(const char *s, int *n)
{
    if (!digit(s[0]) || !digit(s[1]))
        return false;
    *n = (s[0] - '0') * 10 + (s[1] - '0');
    return true;
}

int64_t mu_time_add(int64_t ms, mu_duration d)
{
    return d.unit == MU_MONTHS ? mu_months_add(ms, d.count) : ms + mu_duration_ms(d);
}

static bool read_date(const char *s, int64_t *out)
{
    int century, year, month, day;
    if (strlen(s) < 10 || !two(s, &century) || !two(s + 2, &year) || s[4] != '-' || !two(s + 5, &month) || s[7] != '-' || !two(s + 8, &day))
        return false;
    mu_date date = {century * 100 + year, month, day};
    if (date.year < 1970 || !mu_date_exists(date))
        return false;
    *out = mu_day_of_date(date);
    return true;
}

bool mu_date_read(const char *text, int64_t *days)
{
    return strlen(text) == 10 && read_date(text, days);
}

bool mu_time_read(const char *text, int64_t *ms)
{
    int64_t days;
    int hour, minute, second = 0;
    size_t len = strlen(text);
    if ((len != 16 && len != 19) || !read_date(text, &days) || (text[10] != ' ' && text[10] != 'T'))
        return false;
    if (!two(text + 11, &hour) || text[13] != ':' || !two(text + 14, &minute) || hour > 23 || minute > 59)
        return false;
    if (len == 19 && (text[16] != ':' || !two(text + 17, &second) || second > 59))
        return false;
    *ms = ((days * 24 + hour) * 60 + minute) * 60000 + second * 1000;
    return true;
}

static const char *read_day(const char *s, int *day)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int i = 0; i < 7; i++)
        if (strncmp(s, names[i], 3) == 0) {
            *day = i;
            return s + 3;
        }
    return NULL;
}

static bool clock_time(const char *s, int *minute)
{
    int h, m;
    if (!two(s, &h) || s[2] != ':' || !two(s + 3, &m) || m > 59 || h > 24 || (h == 24 && m))
        return false;
    *minute = h * 60 + m;
    return true;
}

int mu_hours_read(const char *s, int ranges[][2], int most)
{
    int first, last, from, to, count = 0;
    if (!(s = read_day(s, &first)))
        return 0;
    last = first;
    if (*s == '-' && !(s = read_day(s + 1, &last)))
        return 0;
    if (*s != ' ' || strlen(s) != 12 || !clock_time(s + 1, &from) || s[6] != '-' || !clock_time(s + 7, &to))
        return 0;
    int days = (last - first + 7) % 7 + 1, length = to > from ? to - from : to + 1440 - from;
    for (int i = 0; i < days && count < most; i++, count++) {
        ranges[count][0] = (first + i) % 7 * 1440 + from;
        ranges[count][1] = ranges[count][0] + length;
    }
    return count;
}
