#include "absence/house.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "plan/calendars.h"
#include "plan/schema.h"

enum { RANGES = 64, DEEPEST = 8 };

/* ---- hours ---- */

static int read_hours(mu_arena *arena, const mu_node *hours, int (**ranges)[2])
{
    int n = 0;
    if (!hours)
        return 0;
    *ranges = mu_alloc(arena, RANGES * sizeof **ranges);
    for (const mu_node *item = mu_items(hours); item; item = hours->kind == MU_LIST ? item->next : NULL)
        n += mu_hours_read(item->text, *ranges + n, RANGES - n);
    return n;
}

static void member_hours(mu_house *h, mu_member *m)
{
    const mu_node *hours = mu_get(m->node, "hours");
    const char *word = hours ? hours->kind == MU_SCALAR ? hours->text : "" : "working_hours";
    if (strcmp(word, "24x7") == 0)
        return;
    m->keeps_holidays = strcmp(word, "working_hours") == 0;
    if (m->keeps_holidays)
        hours = mu_get(mu_get(h->judge.root, "organisation"), "working_hours");
    m->hour_count = read_hours(h->judge.arena, hours, &m->hours);
}

static void add_people(mu_house *h, mu_zones *zones)
{
    const mu_node *people = mu_get(h->judge.root, "people");
    h->people = mu_alloc(h->judge.arena, (size_t)(people ? people->count + 1 : 1) * sizeof *h->people);
    MU_EACH (n, people) {
        mu_member *m = &h->people[h->person_count++];
        const char *zone = mu_get_text(n, "timezone"), *name = mu_get_text(n, "name");
        h->number[n->number] = h->person_count;
        *m = (mu_member){.node = n, .called = name ? name : n->key, .zone = zone ? mu_zones_get(zones, zone) : h->zone};
        MU_CHECK(m->zone);
        member_hours(h, m);
    }
}

mu_house *mu_house_of(const mu_tree *plan, mu_arena *arena)
{
    static const mu_scenes none;
    mu_house *h = mu_alloc(arena, sizeof *h);
    mu_zones *zones = mu_zones_new(arena);
    h->judge = (mu_judge){.root = mu_tree_root(plan), .scenes = &none, .arena = arena, .orders = mu_orders_new(arena)};
    const mu_node *organisation = mu_get(h->judge.root, "organisation");
    h->zone = mu_zones_get(zones, mu_get_text(organisation, "timezone"));
    MU_CHECK(h->zone);
    h->holidays = mu_holidays_of(h->judge.root, arena, "");
    h->office_count = read_hours(arena, mu_get(organisation, "working_hours"), &h->office);
    h->number = mu_alloc(arena, (mu_tree_nodes(plan) + 1) * sizeof *h->number);
    add_people(h, zones);
    return h;
}

int mu_member_of(const mu_house *h, const mu_node *n)
{
    return n ? h->number[n->number] - 1 : -1;
}

/* ---- who is there ---- */

/* The end of a leave that a local moment lies in, which is later than it; 0 where there is none. */
static int64_t leave_until(const mu_node *person, int64_t local)
{
    MU_EACH (leave, mu_get(person, "away")) {
        const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
        int64_t end = to->value + (to->len == 10 ? MU_DAY_MS : 0); /* a date: its day is included */
        if (from->value <= local && local < end)
            return end;
    }
    return 0;
}

/* As a drill has it: a range that begins the day before goes on after midnight, but not into a holiday. */
static bool in_hours(const mu_house *h, const mu_member *m, int64_t local)
{
    if (!m->hours)
        return true;
    if (m->keeps_holidays && mu_calendar_count(h->holidays) && mu_calendar_holiday(h->holidays, mu_day_of(local)))
        return false;
    return mu_hours_inside(m->hours, m->hour_count, NULL, local);
}

const char *mu_member_missing(const mu_house *h, int person, int64_t utc, bool on_call)
{
    const mu_member *m = &h->people[person];
    int64_t local = mu_zone_local(m->zone, utc);
    if (leave_until(m->node, local))
        return "on leave";
    return on_call || in_hours(h, m, local) ? NULL : "off hours";
}

/* From one that is missing, the next local moment at which they may be there. */
static int64_t next_chance(const mu_house *h, const mu_member *m, int64_t local)
{
    int64_t back = leave_until(m->node, local), midnight = (mu_day_of(local) + 1) * MU_DAY_MS;
    if (back)
        return back;
    bool holiday = m->keeps_holidays && mu_calendar_holiday(h->holidays, mu_day_of(local));
    return holiday ? midnight : mu_hours_next(m->hours, m->hour_count, NULL, local);
}

bool mu_member_within(const mu_house *h, int person, int64_t from, int64_t until, bool on_call)
{
    const mu_member *m = &h->people[person];
    for (int64_t utc = from; utc < until;) {
        if (!mu_member_missing(h, person, utc, on_call))
            return true;
        int64_t next = mu_zone_utc(m->zone, next_chance(h, m, mu_zone_local(m->zone, utc)));
        utc = next > utc ? next : utc + MU_DAY_MS / 48;
    }
    return false;
}

bool mu_house_open(const mu_house *h, int64_t utc)
{
    return mu_hours_inside(h->office, h->office_count, h->holidays, mu_zone_local(h->zone, utc));
}

int64_t mu_house_opens(const mu_house *h, int64_t utc)
{
    return h->office_count ? mu_zone_utc(h->zone, mu_hours_next(h->office, h->office_count, h->holidays, mu_zone_local(h->zone, utc))) : utc;
}

const char *mu_house_when(const mu_house *h, int64_t utc)
{
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    int64_t local = mu_zone_local(h->zone, utc);
    mu_date d = mu_date_of_day(mu_day_of(local));
    int minute = (int)(mu_time_of_day(local) / 60000);
    return mu_format(h->judge.arena, "%s %d %s %d, %02d:%02d", days[mu_weekday(mu_day_of(local))], d.day, months[d.month - 1], d.year, minute / 60, minute % 60);
}
