#include "programme/recur.h"

#include <libical/ical.h>
#include <string.h>

#include "base/calendar.h"
#include "base/guest.h"

#define FUNCTIONS(X) \
    X(time_null_time) X(error_set_errors_are_fatal) X(recurrencetype_from_string) X(recur_iterator_new) \
    X(recur_iterator_next) X(time_is_null_time) X(recur_iterator_free)
#define POINTER_TO(f) __typeof__(ical##f) *f;
#define NAME_OF(f) "ical" #f,
MU_GUEST(ical, MU_LIBICAL)

enum { MOST_TEXT = 512 };

struct mu_recur {
    struct icalrecurrencetype rule;
    icalrecur_iterator *walker;
};

static icaltimetype time_of(int64_t local)
{
    mu_date d = mu_date_of_day(mu_day_of(local));
    int seconds = (int)(mu_time_of_day(local) / 1000);
    icaltimetype t = ical.time_null_time();
    t.year = d.year, t.month = d.month, t.day = d.day;
    t.hour = seconds / 3600, t.minute = seconds / 60 % 60, t.second = seconds % 60;
    return t;
}

/* Letters, digits and the signs of a rule: libical's reader is given nothing else of a stranger's file. */
static bool plain(const char *rule)
{
    size_t len = strlen(rule);
    return len > 5 && len <= MOST_TEXT && strncmp(rule, "FREQ=", 5) == 0 && strspn(rule, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=;,+-") == len;
}

/* A part that stands twice, or that RFC 5545 does not know, is passed over by libical; here it is a mistake. */
static const char *odd_part(mu_arena *arena, const char *rule)
{
    static const char *const known[] = {"FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST"};
    unsigned seen = 0;
    for (const char *p = rule; *p; p += strcspn(p, ";"), p += *p == ';') {
        size_t len = strcspn(p, "=;"), i = 0;
        while (i < 14 && (strlen(known[i]) != len || strncmp(known[i], p, len) != 0))
            i++;
        if (i == 14)
            return mu_format(arena, "\"%.*s\" is no part of a recurrence", (int)len, p);
        if (seen & 1U << i)
            return mu_format(arena, "%s stands twice", known[i]);
        seen |= 1U << i;
    }
    return (seen & 6) == 6 ? "UNTIL and COUNT exclude each other" : NULL;
}

static bool listed(const short *list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

mu_recur *mu_recur_open(mu_arena *arena, const char *rule, int64_t start, const char **why)
{
    *why = plain(rule) ? odd_part(arena, rule) : "a recurrence begins with FREQ=, as in FREQ=MONTHLY;BYDAY=1TU";
    if (!*why && !load())
        *why = "it cannot be read: " MU_LIBICAL " is not on this machine";
    if (*why)
        return NULL;
    ical.error_set_errors_are_fatal(0);
    mu_recur *r = mu_alloc(arena, sizeof *r);
    r->rule = ical.recurrencetype_from_string(rule);
    r->walker = r->rule.freq == ICAL_NO_RECURRENCE ? NULL : ical.recur_iterator_new(r->rule, time_of(start));
    if (r->walker)
        return r;
    *why = r->rule.freq == ICAL_NO_RECURRENCE ? "a value of it cannot be read (RFC 5545, 3.3.10)" : "it names no day that exists, or parts of it do not go together";
    mu_recur_close(r);
    return NULL;
}

bool mu_recur_next(mu_recur *r, int64_t *local)
{
    icaltimetype t = ical.recur_iterator_next(r->walker);
    if (ical.time_is_null_time(t))
        return false;
    *local = mu_day_of_date((mu_date){t.year, t.month, t.day}) * MU_DAY_MS + ((t.hour * 60 + t.minute) * 60 + t.second) * INT64_C(1000);
    return true;
}

void mu_recur_close(mu_recur *r)
{
    if (r->walker)
        ical.recur_iterator_free(r->walker);
    r->walker = NULL;
}

bool mu_recur_often(const mu_recur *r)
{
    return r->rule.freq < ICAL_DAILY_RECURRENCE || listed(r->rule.by_hour) || listed(r->rule.by_minute) || listed(r->rule.by_second);
}
