/* Holidays out of an iCalendar file. libical unfolds the lines, reads the values and walks the rules; what it is given
 * is only the few lines of an event that say a day, so that nothing else of a stranger's file reaches it. Its time
 * zones are never asked: a holiday is a date. */
#include <libical/ical.h>
#include <string.h>

#include "base/calendar.h"
#include "base/guest.h"

#define FUNCTIONS(X) \
    X(time_is_null_time) X(recur_iterator_next) X(property_get_rrule) X(recur_iterator_new) X(recur_iterator_free) \
    X(property_get_exdate) X(property_get_rdate) X(component_get_first_property) X(component_get_next_property) \
    X(property_get_dtend) X(property_get_duration) X(component_count_errors) X(component_count_properties) \
    X(property_get_dtstart) X(component_get_status) X(parser_add_line) X(component_free) X(parser_set_gen_data) \
    X(parser_get_line) X(memory_free_buffer) X(error_set_errors_are_fatal) X(parser_new) X(parser_free)
#define POINTER_TO(f) __typeof__(ical##f) *f;
#define NAME_OF(f) "ical" #f,
MU_GUEST(ical, MU_LIBICAL)

enum { MOST_BYTES = 1 << 20, MOST_LINE = 16 * 1024, MOST_DAYS = 10000, MOST_STEPS = 100000, MOST_LEFT_OUT = 1000 };

typedef struct reading {
    mu_arena *arena;
    icalparser *parser;
    const char *at, *end;   /* what the parser has not had yet */
    int line, ahead, lines; /* where the line began that is read, and the one that the parser has looked at already */
    int depth;              /* 1 in a VCALENDAR, 2 in a component of it */
    bool in_event, seen;
    int timed, steps;
    int64_t first, last; /* days that are asked for */
    mu_calendar *found;
    int64_t *left_out; /* by the event that is read */
    int left_out_count;
    const char *wrong;
} reading;

/* One event of the file. */
typedef struct event {
    icalcomponent *part; /* it has one place in itself, which `each` keeps: no reader may look for a property */
    icaltimetype from;
    int64_t start, length; /* days */
} event;

static bool refuse(reading *r, const char *what)
{
    if (!r->wrong)
        r->wrong = mu_format(r->arena, "line %d: %s", r->line, what);
    return false;
}

/* ---- what an event says ---- */

static bool one_day(reading *r, icaltimetype t, int64_t *day)
{
    mu_date date = {t.year, t.month, t.day};
    if (!t.is_date)
        return refuse(r, "the event mixes a date with a time of day");
    if (!mu_date_exists(date) || t.year < 1900)
        return refuse(r, "the event has a day that no calendar has, or one before 1900");
    *day = mu_day_of_date(date);
    return true;
}

static bool add_days(reading *r, const event *e, int64_t start)
{
    for (int i = 0; i < r->left_out_count; i++)
        if (r->left_out[i] == start)
            return true;
    int64_t from = start > r->first ? start : r->first, to = start + e->length - 1;
    for (int64_t day = from; day <= to && day <= r->last; day++) {
        if (++r->steps > MOST_STEPS)
            return refuse(r, "the days of the file return too often");
        mu_calendar_add(r->found, day);
    }
    return mu_calendar_count(r->found) <= MOST_DAYS ||
           refuse(r, "the file comes to more than 10,000 days within the years asked for");
}

static bool given(const short *list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static bool rule_ok(reading *r, const struct icalrecurrencetype *rule)
{
    if (rule->freq != ICAL_YEARLY_RECURRENCE || rule->interval < 1)
        return refuse(r, "the rule is not yearly; a holiday returns with FREQ=YEARLY");
    if (rule->rscale || given(rule->by_hour) || given(rule->by_minute) || given(rule->by_second))
        return refuse(r, "the rule has RSCALE or a time of day, which no holiday needs here");
    return true;
}

static bool walk(reading *r, const event *e, icalrecur_iterator *walker)
{
    icaltimetype t;
    int64_t day;
    while (!ical.time_is_null_time(t = ical.recur_iterator_next(walker))) {
        if (++r->steps > MOST_STEPS)
            return refuse(r, "the days of the file return too often");
        if (!one_day(r, t, &day))
            return false;
        if (day > r->last)
            return true;
        if (day != e->start && !add_days(r, e, day)) /* the start is in already */
            return false;
    }
    return true;
}

static bool read_rule(reading *r, const event *e, icalproperty *line)
{
    struct icalrecurrencetype rule = ical.property_get_rrule(line);
    if (!rule_ok(r, &rule))
        return false;
    if (!ical.time_is_null_time(rule.until)) { /* the last day, whatever time of it the rule names */
        struct icaltimetype day = {
            .year = rule.until.year, .month = rule.until.month, .day = rule.until.day, .is_date = 1};
        rule.until = day;
    }
    icalrecur_iterator *walker = ical.recur_iterator_new(rule, e->from);
    if (!walker)
        return refuse(r, "the rule cannot be read");
    bool ok = walk(r, e, walker);
    ical.recur_iterator_free(walker);
    return ok;
}

static bool read_left_out(reading *r, const event *e, icalproperty *line)
{
    (void)e;
    if (r->left_out_count == MOST_LEFT_OUT)
        return refuse(r, "the event has more than 1,000 dates left out");
    return one_day(r, ical.property_get_exdate(line), &r->left_out[r->left_out_count++]);
}

static bool read_more(reading *r, const event *e, icalproperty *line)
{
    int64_t day = 0;
    return one_day(r, ical.property_get_rdate(line).time, &day) && (day == e->start || add_days(r, e, day));
}

typedef bool reader(reading *r, const event *e, icalproperty *line);

static bool each(reading *r, const event *e, icalproperty_kind kind, reader *read)
{
    icalproperty *line = ical.component_get_first_property(e->part, kind);
    for (; line; line = ical.component_get_next_property(e->part, kind))
        if (!read(r, e, line))
            return false;
    return true;
}

/* How many days: up to DTEND, which is the first day after it, or for DURATION; one without either (RFC 5545, 3.6.1).
 */
static bool read_length(reading *r, event *e)
{
    icalproperty *end = ical.component_get_first_property(e->part, ICAL_DTEND_PROPERTY);
    icalproperty *duration = ical.component_get_first_property(e->part, ICAL_DURATION_PROPERTY);
    int64_t day;
    e->length = 1;
    if (end) {
        if (!one_day(r, ical.property_get_dtend(end), &day))
            return false;
        e->length = day == e->start ? 1 : day - e->start; /* some write the day itself */
    } else if (duration) {
        struct icaldurationtype d = ical.property_get_duration(duration);
        if (d.is_neg || d.hours || d.minutes || d.seconds || d.days > 366 || d.weeks > 52)
            return refuse(r, "the event does not last whole days, or more than a year");
        e->length = (int64_t)d.days + (int64_t)d.weeks * 7;
    }
    return (e->length >= 1 && e->length <= 366) ||
           refuse(r, "the event ends before it starts, or lasts more than a year");
}

static bool read_dates(reading *r, icalcomponent *part)
{
    icalproperty *start = ical.component_get_first_property(part, ICAL_DTSTART_PROPERTY);
    if (ical.component_count_errors(part))
        return refuse(r, "a date, rule or length of the event cannot be read");
    if (!start || ical.component_count_properties(part, ICAL_DTSTART_PROPERTY) != 1)
        return refuse(r, "the event has no DTSTART, or several");
    icaltimetype from = ical.property_get_dtstart(start);
    if (ical.component_get_status(part) == ICAL_STATUS_CANCELLED)
        return true;
    if (!from.is_date) {
        r->timed++;
        return true;
    }
    event e = {.part = part, .from = from};
    r->left_out_count = 0;
    return one_day(r, from, &e.start) && read_length(r, &e) && each(r, &e, ICAL_EXDATE_PROPERTY, read_left_out) &&
           add_days(r, &e, e.start) && each(r, &e, ICAL_RDATE_PROPERTY, read_more) &&
           each(r, &e, ICAL_RRULE_PROPERTY, read_rule);
}

/* ---- the lines of the file ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* True where the line is of that name, or all of "BEGIN:VEVENT" where the word has a colon. */
static bool is(const char *line, const char *word)
{
    bool whole = strchr(word, ':') != NULL;
    for (; *word; word++, line++)
        if (lower(*line) != lower(*word))
            return false;
    return whole ? !*line : *line == ':' || *line == ';';
}

static bool is_one_of(const char *line, const char *const *words)
{
    for (; *words; words++)
        if (is(line, *words))
            return true;
    return false;
}

/* Gives the line to libical; where it closes an event, the event is read. */
static bool hand_over(reading *r, char *line)
{
    if (strlen(line) > MOST_LINE)
        return refuse(r, "a line that says a date is longer than 16 KiB");
    icalcomponent *whole = ical.parser_add_line(r->parser, line);
    if (!whole)
        return true;
    bool ok = read_dates(r, whole);
    ical.component_free(whole);
    return ok;
}

static bool line_of_event(reading *r, char *line)
{
    static const char *const no[] = {"EXRULE", "RECURRENCE-ID", NULL};
    static const char *const yes[] = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS", NULL};
    if (is_one_of(line, no))
        return refuse(r, "EXRULE and RECURRENCE-ID are not read; write EXDATE, and a second event for a moved day");
    return !is_one_of(line, yes) || hand_over(r, line);
}

static bool begin(reading *r, char *line)
{
    r->depth++;
    if (r->depth == 1) {
        r->seen = true;
        return is(line, "BEGIN:VCALENDAR") || refuse(r, "this is no iCalendar: it does not begin with BEGIN:VCALENDAR");
    }
    if (r->depth != 2 || !is(line, "BEGIN:VEVENT"))
        return true;
    r->in_event = true;
    return hand_over(r, line);
}

static bool end(reading *r, char *line)
{
    if (r->depth == 0 || (r->depth == 1 && !is(line, "END:VCALENDAR")) ||
        (r->depth == 2 && r->in_event != is(line, "END:VEVENT")))
        return refuse(r, "this END does not close what is open");
    if (r->depth-- != 2 || !r->in_event)
        return true;
    r->in_event = false;
    return hand_over(r, line);
}

static bool read_line(reading *r, char *line)
{
    if (is(line, "BEGIN"))
        return begin(r, line);
    if (is(line, "END"))
        return end(r, line);
    if (r->depth == 0 && *line && *line != '\n') /* libical leaves the end of an empty line in it */
        return refuse(r, "this is no iCalendar: it does not begin with BEGIN:VCALENDAR");
    return r->depth != 2 || !r->in_event || line_of_event(r, line);
}

/* What libical asks for when it wants more: as fgets would give it. */
static char *next_piece(char *to, size_t size, void *data)
{
    reading *r = data;
    size_t len = 0, left = (size_t)(r->end - r->at);
    const char *stop = memchr(r->at, '\n', left);
    len = stop ? (size_t)(stop - r->at) + 1 : left;
    if (len > size - 1)
        len = size - 1;
    memcpy(to, r->at, len);
    to[len] = '\0';
    r->at += len;
    r->ahead = r->lines + 1;
    r->lines += len && to[len - 1] == '\n';
    return len ? to : NULL;
}

static bool read_lines(reading *r)
{
    bool ok = true;
    char *line;
    ical.parser_set_gen_data(r->parser, r);
    while (ok && (r->line = r->ahead, line = ical.parser_get_line(r->parser, next_piece)) != NULL) {
        ok = read_line(r, line);
        ical.memory_free_buffer(line);
    }
    if (ok && (r->depth || !r->seen))
        ok = refuse(r, r->seen ? "the file ends before its END:VCALENDAR" : "there is no BEGIN:VCALENDAR in the file");
    return ok;
}

static bool read_bytes(reading *r, const char *bytes, size_t len)
{
    if (len > MOST_BYTES)
        return refuse(r, "the file is larger than 1 MiB");
    if (memchr(bytes, '\0', len))
        return refuse(r, "the file holds a zero byte, so it is no text");
    bool mark = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    r->at = bytes + (mark ? 3 : 0);
    r->end = bytes + len;
    if (!load())
        return refuse(r, "it cannot be read: " MU_LIBICAL " is not on this machine");
    ical.error_set_errors_are_fatal(0);
    r->parser = ical.parser_new();
    bool ok = r->parser && read_lines(r);
    if (r->parser)
        ical.parser_free(r->parser);
    return ok;
}

bool mu_calendar_ics(mu_calendar *calendar, mu_arena *arena, const char *bytes, size_t len, int first, int last,
                     mu_ics *out)
{
    reading r = {.arena = arena, .line = 1, .ahead = 1, .found = mu_calendar_new(arena, 0)};
    r.first = mu_day_of_date((mu_date){first, 1, 1});
    r.last = mu_day_of_date((mu_date){last, 12, 31});
    r.left_out = mu_alloc(arena, MOST_LEFT_OUT * sizeof *r.left_out);
    bool ok = read_bytes(&r, bytes, len);
    size_t days = ok ? mu_calendar_count(r.found) : 0;
    for (size_t i = 0; i < days; i++)
        mu_calendar_add(calendar, mu_calendar_at(r.found, i));
    *out = (mu_ics){(int)days, r.timed, r.wrong};
    return ok;
}
