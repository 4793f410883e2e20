#include "programme/feed.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/guest.h"
#include "base/hash.h"

#define FUNCTIONS(X) \
    X(time_null_time) X(timezone_get_utc_timezone) X(time_null_date) X(component_add_property) X(property_new_dtstart) \
    X(property_new_dtend) X(property_new_status) X(property_new_transp) X(component_new_vevent) X(property_new_uid) \
    X(property_new_dtstamp) X(property_new_summary) X(property_new_description) X(property_new_categories) \
    X(error_set_errors_are_fatal) X(component_new) X(property_new_x) X(property_set_x_name) X(property_new_version) \
    X(property_new_prodid) X(property_new_calscale) X(property_new_method) X(component_add_component) \
    X(component_as_ical_string_r) X(component_free)
#define POINTER_TO(f) __typeof__(ical##f) *f;
#define NAME_OF(f) "ical" #f,
MU_GUEST(ical, MU_LIBICAL)

/* One line of a text: what is unsafe is shown as its number, so that nothing of a stranger ends a line. */
static const char *line(mu_arena *arena, const char *text)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    mu_buf_safe(&out, text, strlen(text), 1000);
    return mu_buf_into(&out, arena);
}

static icaltimetype moment(int64_t utc)
{
    mu_date d = mu_date_of_day(mu_day_of(utc));
    int seconds = (int)(mu_time_of_day(utc) / 1000);
    icaltimetype t = ical.time_null_time();
    t.year = d.year, t.month = d.month, t.day = d.day;
    t.hour = seconds / 3600, t.minute = seconds / 60 % 60, t.second = seconds % 60;
    t.zone = ical.timezone_get_utc_timezone();
    return t;
}

static icaltimetype whole_day(int64_t day)
{
    mu_date d = mu_date_of_day(day);
    icaltimetype t = ical.time_null_date();
    t.year = d.year, t.month = d.month, t.day = d.day;
    return t;
}

/* The same whenever the feed is made, and another for another programme. */
static const char *uid(const mu_programme *p, const mu_occasion *o, mu_arena *arena)
{
    char hex[MU_SHORT_HASH];
    const char *text = mu_format(arena, "%s\n%s", p->title, o->key);
    mu_short_hash(text, strlen(text), hex);
    return mu_format(arena, "%s@muster.invalid", hex);
}

static const char *about(const mu_occasion *o, bool secret, mu_arena *arena)
{
    const mu_series *s = o->series;
    mu_buf out = {0};
    mu_buf_printf(&out, "EXERCISE EXERCISE EXERCISE\n%s: %s.\n", mu_mode_word(s->mode), mu_mode_is(s->mode));
    if (secret)
        mu_buf_puts(&out, "Unannounced: on a working day of this stretch.\n");
    else if (*o->scenario)
        mu_buf_printf(&out, "Scenario: %s\n", line(arena, o->scenario));
    for (int i = 0; i < s->player_count; i++)
        mu_buf_printf(&out, "%s%s%s", i ? ", " : "Players: ", line(arena, s->players[i]), i == s->player_count - 1 ? "\n" : "");
    mu_buf_printf(&out, "Reference: %s\n", o->key);
    return mu_buf_into(&out, arena);
}

static void set_times(icalcomponent *event, const mu_occasion *o, bool secret)
{
    ical.component_add_property(event, ical.property_new_dtstart(secret ? whole_day(o->from) : moment(o->at)));
    ical.component_add_property(event, ical.property_new_dtend(secret ? whole_day(o->to + 1) : moment(o->at + o->series->lasts)));
    ical.component_add_property(event, ical.property_new_status(secret ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED));
    ical.component_add_property(event, ical.property_new_transp(secret || o->series->mode == MU_MODEL ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
}

static icalcomponent *event_of(const mu_programme *p, const mu_occasion *o, bool secret, mu_arena *arena)
{
    icalcomponent *event = ical.component_new_vevent();
    ical.component_add_property(event, ical.property_new_uid(uid(p, o, arena)));
    ical.component_add_property(event, ical.property_new_dtstamp(moment(mu_zone_utc(p->zone, p->from)))); /* no clock: the same feed again */
    set_times(event, o, secret);
    ical.component_add_property(event, ical.property_new_summary(mu_format(arena, "EXERCISE: %s", line(arena, o->series->title))));
    ical.component_add_property(event, ical.property_new_description(about(o, secret, arena)));
    ical.component_add_property(event, ical.property_new_categories("EXERCISE"));
    return event;
}

bool mu_write_feed(mu_buf *out, const mu_programme *p, const mu_occasion *list, int count, bool open)
{
    if (!load())
        return false;
    mu_arena *arena = mu_arena_new();
    ical.error_set_errors_are_fatal(0);
    icalcomponent *calendar = ical.component_new(ICAL_VCALENDAR_COMPONENT);
    icalproperty *name = ical.property_new_x(line(arena, p->title));
    ical.property_set_x_name(name, "X-WR-CALNAME");
    ical.component_add_property(calendar, ical.property_new_version("2.0"));
    ical.component_add_property(calendar, ical.property_new_prodid("-//Muster//Response drills//EN"));
    ical.component_add_property(calendar, ical.property_new_calscale("GREGORIAN"));
    ical.component_add_property(calendar, ical.property_new_method(ICAL_METHOD_PUBLISH));
    ical.component_add_property(calendar, name);
    for (int i = 0; i < count; i++)
        ical.component_add_component(calendar, event_of(p, &list[i], list[i].series->unannounced && !open, arena));
    char *text = ical.component_as_ical_string_r(calendar);
    mu_buf_puts(out, text);
    free(text);
    ical.component_free(calendar);
    mu_arena_free(arena);
    return true;
}
