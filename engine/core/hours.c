/* When the organisation is at work: its hours and its holidays. */
#include <string.h>

#include "base/calendar.h"
#include "core/world.h"
#include "plan/schema.h"

static const mu_node *in_force(const mu_node *organisation, const mu_node *holidays, const char *jurisdiction)
{
    const mu_node *own = holidays && holidays->kind == MU_MAP ? mu_get(holidays, jurisdiction) : holidays, *list = mu_get(organisation, "jurisdictions");
    for (const mu_node *j = list ? list->first : NULL; !own && j; j = j->next)
        own = mu_get(holidays, j->text);
    return own;
}

/* A date, or the days of a file that the schema has read. */
static void add_days(mu_calendar *calendar, const mu_node *day)
{
    for (const mu_node *d = day->ref ? day->ref->first : NULL; d; d = d->next)
        mu_calendar_add(calendar, mu_day_of(d->value));
    if (!day->ref && day->kind == MU_SCALAR && day->value > 0)
        mu_calendar_add(calendar, mu_day_of(day->value));
}

mu_calendar *mu_world_holidays(const mu_node *root, mu_arena *arena, const char *jurisdiction)
{
    mu_calendar *calendar = mu_calendar_new(arena, MU_SATURDAY_SUNDAY);
    const mu_node *organisation = mu_get(root, "organisation"), *own = in_force(organisation, mu_get(organisation, "holidays"), jurisdiction);
    for (const mu_node *day = own && own->kind == MU_LIST ? own->first : own; day; day = own->kind == MU_LIST ? day->next : NULL)
        add_days(calendar, day);
    return calendar;
}

static int office(const mu_world *w, int ranges[64][2])
{
    const mu_node *hours = mu_get(mu_get(w->root, "organisation"), "working_hours"), *h = hours && hours->kind == MU_LIST ? hours->first : hours;
    int n = 0;
    for (; h && n < 64; h = hours->kind == MU_LIST ? h->next : NULL)
        n += mu_hours_read(h->text, ranges + n, 64 - n);
    return n;
}

bool mu_office_hours(const mu_world *w, int64_t t)
{
    int ranges[64][2], n = office(w, ranges);
    return mu_hours_inside(ranges, n, w->holidays, mu_world_local(w, NULL, t));
}

int64_t mu_office_opens(const mu_world *w, int64_t t)
{
    int ranges[64][2], n = office(w, ranges);
    return n ? mu_zone_utc(w->zone, mu_hours_next(ranges, n, w->holidays, mu_world_local(w, NULL, t))) - w->t0 : t;
}
