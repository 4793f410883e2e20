/* Lines of succession: who holds a role at a moment, and who follows. */
#include <string.h>

#include "absence/house.h"
#include "base/check.h"
#include "plan/calendars.h"
#include "plan/schema.h"

enum { DEEPEST = 8 };

typedef struct line {
    const mu_house *h;
    int64_t utc;
    const mu_node *severity;
    mu_succession to;
    int *place;    /* by person, in the line from 1 on; 0 where they are not in it */
    bool calling;  /* whoever is put in now is on call */
} line;

static line begin(const mu_house *h, int64_t utc, const mu_node *severity)
{
    line l = {.h = h, .utc = utc, .severity = severity};
    l.to.people = mu_alloc(h->judge.arena, (size_t)(h->person_count + 1) * sizeof *l.to.people);
    l.to.on_call = mu_alloc(h->judge.arena, (size_t)(h->person_count + 1) * sizeof *l.to.on_call);
    l.place = mu_alloc(h->judge.arena, (size_t)(h->person_count + 1) * sizeof *l.place);
    return l;
}

/* Somebody who is in by another way as well is on call where one of them is that. */
static void put(line *l, int person)
{
    if (person < 0)
        return;
    if (!l->place[person]) {
        l->to.people[l->to.count++] = person;
        l->place[person] = l->to.count;
    }
    if (l->calling)
        l->to.on_call[l->place[person] - 1] = true;
}

static bool stands_under(const line *l, const mu_node *n, const char *section)
{
    return n && n->parent == mu_get(l->h->judge.root, section);
}

static void of_role(line *l, const mu_node *role, int depth);

static void of_ref(line *l, const mu_node *ref, int depth)
{
    if (mu_member_of(l->h, ref->ref) >= 0) {
        put(l, mu_member_of(l->h, ref->ref));
    } else if (stands_under(l, ref->ref, "roles")) {
        of_role(l, ref->ref, depth + 1);
    } else if (strcmp(ref->text, "team:all") == 0) {
        for (int i = 0; i < l->h->person_count; i++)
            put(l, i);
    } else if (ref->ref && depth < DEEPEST) {
        MU_EACH (m, mu_get(ref->ref, "members"))
            of_ref(l, m, depth + 1);
    }
}

/* First the one whose turn it is, then the second, then the others in turn. */
static void of_members(line *l, const mu_node *rotation, int64_t now)
{
    const mu_node *members = mu_get(rotation, "members"), *second = mu_get(rotation, "second");
    if (!members || members->count == 0)
        return;
    int64_t index = mu_turn_at(rotation, now);
    of_ref(l, mu_nth_member(members, index), 0);
    if (second)
        of_ref(l, mu_nth_member(members, index + second->value), 0);
    for (int i = 1; i < members->count; i++)
        of_ref(l, mu_nth_member(members, index + i), 0);
}

static void of_rotation(line *l, const mu_node *rotation, int depth)
{
    int64_t now = mu_zone_local(l->h->zone, l->utc);
    bool before = l->calling;
    l->calling = true;
    MU_EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= now && now < mu_get(o, "to")->value)
            of_ref(l, mu_get(o, "person"), 0);
    if (mu_rotation_calls(rotation, now))
        of_members(l, rotation, now);
    const mu_node *under = mu_get(rotation, "under");
    if (under && under->ref && under->ref->parent == rotation->parent && depth < DEEPEST)
        of_rotation(l, under->ref, depth + 1);
    else if (under)
        of_ref(l, under, depth + 1);
    l->calling = before;
}

/* Whoever delegates does not do it while somebody else is there. */
static void of_delegates(line *l, const mu_node *above, int depth)
{
    line holders = begin(l->h, l->utc, l->severity);
    int who = -1;
    of_role(&holders, above, depth + 1);
    for (int i = 0; i < holders.to.count && who < 0; i++)
        if (!mu_member_missing(l->h, holders.to.people[i], l->utc, holders.to.on_call[i]))
            who = holders.to.people[i];
    for (int i = 0; i < l->h->person_count; i++)
        if (i != who)
            put(l, i);
    put(l, who);
}

static void of_followers(line *l, const mu_node *role)
{
    bool before = l->calling;
    l->calling = before || mu_get(role, "rotation");
    for (int i = 0; i < l->h->follower_count; i++)
        if (l->h->followers[i].role == role)
            put(l, l->h->followers[i].person);
    l->calling = before;
}

static void of_role(line *l, const mu_node *role, int depth)
{
    static const char *const ways[] = {"holders", "pool", "first_responder"};
    const mu_node *rotation = mu_get(role, "rotation"), *above = mu_get(role, "delegated_by"), *cases = mu_get(role, "by_severity");
    if (depth > DEEPEST)
        return;
    if (rotation && rotation->ref)
        of_rotation(l, rotation->ref, depth);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const mu_node *way = mu_get(role, ways[i]);
        for (const mu_node *m = mu_items(way); m; m = way->kind == MU_LIST ? m->next : NULL)
            of_ref(l, m, depth);
    }
    of_followers(l, role);
    if (above && stands_under(l, above->ref, "roles"))
        of_delegates(l, above->ref, depth);
    const mu_node *now = cases ? l->severity ? mu_get(cases, l->severity->key) : cases->first : NULL;
    if (now)
        of_ref(l, now, depth);
}

mu_succession mu_succession_of(const mu_house *h, const mu_node *role, int64_t utc, const mu_node *severity)
{
    line l = begin(h, utc, severity);
    of_role(&l, role, 0);
    return l.to;
}

mu_succession mu_meant_of(const mu_house *h, const mu_node *ref, int64_t utc, const mu_node *severity)
{
    line l = begin(h, utc, severity);
    bool of_a_role = stands_under(&l, ref->ref, "roles");
    if (of_a_role)
        of_role(&l, ref->ref, 0); /* of a role, its own being on call */
    else
        of_ref(&l, ref, 0);
    size_t place = of_a_role ? mu_place_in_line(ref->text) : 0;
    if (place > 0) {
        bool there = place <= (size_t)l.to.count;
        l.to.people += there ? place - 1 : 0;
        l.to.on_call += there ? place - 1 : 0;
        l.to.count = there;
    }
    return l.to;
}

/* ---- when something may change ---- */

static void nearer(int64_t *next, int64_t utc, int64_t candidate)
{
    if (candidate > utc && candidate < *next)
        *next = candidate;
}

/* The next midnight at which a holiday begins or ends. */
static void midnight(int64_t *next, const mu_house *h, const mu_zone *zone, int64_t utc)
{
    int64_t day = mu_day_of(mu_zone_local(zone, utc));
    for (int64_t d = day + 1; mu_calendar_count(h->holidays) && d <= day + 7; d++)
        if (mu_calendar_holiday(h->holidays, d) != mu_calendar_holiday(h->holidays, d - 1))
            nearer(next, utc, mu_zone_utc(zone, d * MU_DAY_MS));
}

/* The next boundary of weekly ranges. */
static void weekly(int64_t *next, const mu_zone *zone, int ranges[][2], int count, int64_t utc)
{
    int64_t local = mu_zone_local(zone, utc), monday = (mu_day_of(local) - mu_weekday(mu_day_of(local))) * MU_DAY_MS;
    for (int i = 0; i < count; i++)
        for (int side = 0; side < 2; side++)
            for (int week = -1; week < 2; week++)
                nearer(next, utc, mu_zone_utc(zone, monday + (week * INT64_C(10080) + ranges[i][side]) * 60000));
}

static void spans(int64_t *next, const mu_zone *zone, const mu_node *list, int64_t utc)
{
    MU_EACH (span, list) {
        const mu_node *from = mu_get(span, "from"), *to = mu_get(span, "to");
        nearer(next, utc, mu_zone_utc(zone, from->value));
        nearer(next, utc, mu_zone_utc(zone, to->value + (to->len == 10 ? MU_DAY_MS : 0)));
    }
}

static void turns(int64_t *next, const mu_house *h, const mu_node *rotation, int64_t utc)
{
    const mu_node *from = mu_get(rotation, "from"), *hours = mu_get(rotation, "restrict");
    mu_turn t;
    int64_t now = mu_zone_local(h->zone, utc);
    spans(next, h->zone, mu_get(rotation, "overrides"), utc);
    if (mu_turns_of(rotation, &t)) {
        int64_t index = now >= from->value ? mu_turn_index(from->value, t, now) + 1 : 0;
        nearer(next, utc, mu_zone_utc(h->zone, mu_turn_begins(from->value, t, index)));
    }
    for (const mu_node *item = mu_items(hours); item; item = hours->kind == MU_LIST ? item->next : NULL) {
        int ranges[7][2], n = mu_hours_read(item->text, ranges, 7);
        weekly(next, h->zone, ranges, n, utc);
    }
}

int64_t mu_house_changes(const mu_house *h, int64_t utc, int64_t until)
{
    int64_t next = until;
    weekly(&next, h->zone, h->office, h->office_count, utc);
    midnight(&next, h, h->zone, utc);
    for (int i = 0; i < h->person_count; i++) {
        const mu_member *m = &h->people[i];
        spans(&next, m->zone, mu_get(m->node, "away"), utc);
        if (m->hours)
            weekly(&next, m->zone, m->hours, m->hour_count, utc);
        if (m->keeps_holidays)
            midnight(&next, h, m->zone, utc);
    }
    MU_EACH (r, mu_get(h->judge.root, "rotations"))
        turns(&next, h, r, utc);
    return next;
}
