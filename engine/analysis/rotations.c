/* Gaps of rotations that a plan's text shows: the hours ahead, one by one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/calendar.h"
#include "plan/calendars.h"
#include "plan/schema.h"

enum { AHEAD = 90 * 24, WEEK = 7 * 24, WORDS = AHEAD / 64 + 1 }; /* hours that are looked at */
static const int64_t hour_ms = 3600000;

/* Who is away at which of the hours ahead, one bit each; made once a person, for many rotations ask. */
typedef struct leaves {
    mu_set people;
    uint64_t **hours;
    size_t room;
} leaves;

/* Somebody who may be on call, and the hours of their leave; NULL where they have none. */
typedef struct member {
    const mu_node *who;
    const uint64_t *away;
} member;

/* Rotations that are called together (by one step of a ladder, or as one team) share out a week: what one leaves out another may have. */
typedef struct shares {
    mu_set rotations;
    size_t *first;        /* of each the one that speaks for all with which it is called: the first of them in the plan */
    size_t *count;        /* of those: for how many */
    bool (*open)[WEEK];   /* and the hours of a week in which one or another is on call */
} shares;

/* A rotation, hour by hour: whoever is on call in another's place, and the hours of a week to which it is restricted. */
typedef struct calls {
    mu_judge *j;
    leaves *leaves;
    member *members;
    const mu_node *instead[AHEAD];
    int next[AHEAD + 1];  /* of each hour the first from it on that nobody has taken yet */
    int took, taken;      /* between these hours some have one instead */
    uint64_t away[WORDS]; /* the hours in which one of them all is on leave, one bit each */
    const shares *shares;
    const bool *beside; /* the hours of all with which it is called */
    bool open[WEEK], restricted, at_night, speaks, shared;
    bool sound; /* by themselves its members are right in every hour in which none is on leave */
    int64_t count, second; /* places: second is less than count, and 0 for none */
    bool has_second;
} calls;

/* The first hour that does not begin before a moment, of those that are looked at; `AHEAD` where all do. */
static int hour_of(const mu_judge *j, int64_t t)
{
    if (t <= j->now)
        return 0;
    return t > j->now + (AHEAD - 1) * hour_ms ? AHEAD : (int)((t - j->now + hour_ms - 1) / hour_ms);
}

static void read_leaves(const mu_judge *j, const mu_node *person, uint64_t *hours)
{
    static const int64_t day = 24 * 3600000;
    MU_EACH (leave, mu_get(person, "away")) {
        const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
        int end = from && to ? hour_of(j, to->value + (to->len == 10 ? day : 0)) : 0;
        for (int h = end ? hour_of(j, from->value) : 0; h < end; h++)
            hours[h / 64] |= UINT64_C(1) << h % 64;
    }
}

static const uint64_t *leaves_of(const mu_judge *j, leaves *l, const mu_node *person)
{
    if (!mu_get(person, "away"))
        return NULL;
    size_t at = mu_place_in(&l->people, person);
    if (at < l->people.count)
        return l->hours[at];
    mu_put(&l->people, person);
    if (l->people.count > l->room) {
        l->room = l->room ? l->room * 2 : 8;
        l->hours = mu_grow(l->hours, l->room * sizeof *l->hours);
    }
    l->hours[at] = mu_alloc(l->people.arena, WORDS * sizeof **l->hours);
    read_leaves(j, person, l->hours[at]);
    return l->hours[at];
}

static bool away_in(const member *m, int hour)
{
    return m->away && m->away[hour / 64] >> hour % 64 & 1;
}

static void add_leaves(calls *c, const uint64_t *away)
{
    for (int i = 0; away && i < WORDS; i++)
        c->away[i] |= away[i];
}

static int untaken(calls *c, int hour)
{
    int end = hour;
    while (c->next[end] != end)
        end = c->next[end];
    for (int then; c->next[hour] != hour; hour = then) {
        then = c->next[hour];
        c->next[hour] = end;
    }
    return end;
}

/* Of overrides of one hour the first that stands in the plan counts. */
static void read_overrides(calls *c, const mu_node *overrides)
{
    for (int h = c->took; h < c->taken; h++) {
        c->instead[h] = NULL;
        c->next[h] = h;
    }
    c->took = AHEAD;
    c->taken = 0;
    MU_EACH (o, overrides) {
        int begin = hour_of(c->j, mu_get(o, "from")->value), end = hour_of(c->j, mu_get(o, "to")->value);
        for (int h = untaken(c, begin); h < end; h = untaken(c, h + 1)) {
            c->instead[h] = mu_get(o, "person")->ref;
            c->next[h] = h + 1;
        }
        if (begin < end) {
            add_leaves(c, leaves_of(c->j, c->leaves, mu_get(o, "person")->ref));
            c->took = begin < c->took ? begin : c->took;
            c->taken = end > c->taken ? end : c->taken;
        }
    }
}

/* Some level does not say that it is covered in working hours only, so that the hours which a rotation leaves out count. */
static bool some_level_at_night(const mu_judge *j)
{
    const mu_node *levels = mu_get(j->root, "severities");
    bool some = !levels;
    MU_EACH (s, levels)
        some = some || (mu_is_level(s) && !mu_is(s, "cover", "working_hours"));
    return some;
}

/* The hours ahead fall on the same places of every week. Adds those of the rotation: all of them where it is not restricted. */
static void add_hours(const mu_judge *j, const mu_node *rotation, bool *open)
{
    const mu_node *restriction = mu_get(rotation, "under") ? NULL : mu_get(rotation, "restrict");
    for (int i = 0; !restriction && i < WEEK; i++)
        open[i] = true;
    for (const mu_node *h = mu_items(restriction); h; h = restriction->kind == MU_LIST ? h->next : NULL) {
        int ranges[7][2], n = mu_hours_read(h->text, ranges, 7);
        for (int i = 0; i < WEEK; i++)
            open[i] = open[i] || mu_hours_inside(ranges, n, NULL, j->now + i * hour_ms);
    }
}

static size_t speaker_of(const shares *s, size_t i)
{
    while (s->first[i] != i)
        i = s->first[i] = s->first[s->first[i]];
    return i;
}

/* A role's rotation, or those of a team's roles, are called with the one before them (SIZE_MAX: there was none yet). */
static void called_with(const mu_judge *j, shares *s, const mu_node *ref, size_t *before)
{
    const mu_node *rotation = ref->ref ? mu_get(ref->ref, "rotation") : NULL;
    size_t at = rotation ? mu_place_in(&s->rotations, rotation->ref) : s->rotations.count;
    if (at < s->rotations.count) {
        size_t a = speaker_of(s, at), b = *before == SIZE_MAX ? a : speaker_of(s, *before);
        s->first[a > b ? a : b] = a < b ? a : b;
        *before = at;
    }
    if (ref->ref && ref->ref->parent == mu_get(j->root, "teams"))
        MU_EACH (m, mu_get(ref->ref, "members"))
            if (m->ref && m->ref->parent == mu_get(j->root, "roles"))
                called_with(j, s, m, before);
}

static shares shares_of(const mu_judge *j)
{
    const mu_node *rotations = mu_get(j->root, "rotations");
    size_t room = rotations ? (size_t)rotations->count + 1 : 1;
    shares s = {.rotations = MU_SET(j)};
    mu_arena *arena = s.rotations.arena;
    s.first = mu_alloc(arena, room * sizeof *s.first);
    s.count = mu_alloc(arena, room * sizeof *s.count);
    s.open = mu_alloc(arena, room * sizeof *s.open);
    MU_EACH (r, rotations) {
        s.first[s.rotations.count] = s.rotations.count;
        mu_put(&s.rotations, r);
    }
    MU_EACH (ladder, mu_get(j->root, "escalations"))
        MU_EACH (rung, mu_get(ladder, "steps")) {
            size_t before = SIZE_MAX;
            for (const mu_node *to = mu_items(mu_get(rung, "to")); to; to = to->parent->kind == MU_LIST ? to->next : NULL)
                called_with(j, &s, to, &before);
        }
    for (size_t i = 0; i < s.rotations.count; i++) {
        size_t speaker = speaker_of(&s, i);
        s.count[speaker]++;
        add_hours(j, s.rotations.list[i], s.open[speaker]);
    }
    return s;
}

static void read_restriction(calls *c, const mu_node *rotation)
{
    size_t at = mu_place_in(&c->shares->rotations, rotation);
    c->restricted = mu_get(rotation, "restrict") && !mu_get(rotation, "under") && c->at_night;
    c->speaks = speaker_of(c->shares, at) == at;
    c->shared = c->shares->count[at] > 1;
    c->beside = c->shares->open[speaker_of(c->shares, at)];
    memset(c->open, 0, sizeof c->open);
    if (c->restricted)
        add_hours(c->j, rotation, c->open);
}

static void read_members(calls *c, const mu_node *members)
{
    c->members = mu_grow(c->members, (size_t)members->count * sizeof *c->members);
    c->count = 0;
    memset(c->away, 0, sizeof c->away);
    for (const mu_node *m = members->first; m; m = m->next) {
        c->members[c->count] = (member){m->ref, leaves_of(c->j, c->leaves, m->ref)};
        add_leaves(c, c->members[c->count++].away);
    }
}

/* Who is to answer for the place of a member who is first; NULL where nobody is second. */
static const member *second_to(const calls *c, int64_t place)
{
    return c->has_second ? &c->members[place + c->second < c->count ? place + c->second : place + c->second - c->count] : NULL;
}

/* What is wrong with whoever is on call in an hour whose turn is that of a member, by their place; NULL for nothing. */
static const char *fault(calls *c, int hour, int64_t place)
{
    const mu_node *other = c->instead[hour];
    member first = other ? (member){other, leaves_of(c->j, c->leaves, other)} : c->members[place];
    const member *next = second_to(c, place);
    if (!first.who)
        return "nobody is on call";
    if (away_in(&first, hour) && (!next || away_in(next, hour)))
        return MU_SAY(c->j, "%s is on call and on leave", mu_title(c->j, first.who));
    return next && next->who == first.who ? MU_SAY(c->j, "%s is first and second", mu_title(c->j, first.who)) : NULL;
}

/* The first hour that the rotation and all with which it is called leave out, where it speaks for them; they are the same every week. */
static int first_left_out(const calls *c)
{
    int h = c->restricted && c->speaks ? 0 : AHEAD;
    while (h < WEEK && (c->open[h] || c->beside[h]))
        h++;
    return h < WEEK ? h : AHEAD;
}

static bool is_sound(const calls *c)
{
    bool sound = true;
    for (int64_t i = 0; sound && i < c->count; i++)
        sound = c->members[i].who && !(c->has_second && second_to(c, i)->who == c->members[i].who);
    return sound;
}

/* The turn in which a moment lies; followed from hour to hour, since the calendar is slow to ask. */
typedef struct turns {
    int64_t from, ends, length; /* length: 0 where turns are months, and differ */
    int64_t place;
    mu_turn turn;
} turns;

static void turns_to(turns *at, int64_t t, int64_t count)
{
    int64_t steps = at->length && t < at->ends + at->length ? 1 : at->length ? (t - at->ends) / at->length + 1 : 0;
    if (steps) {
        at->place += steps;
        at->place = at->place < count ? at->place : at->place % count;
        at->ends += steps * at->length;
    } else {
        int64_t index = mu_turn_index(at->from, at->turn, t);
        at->place = index % count;
        at->ends = mu_turn_begins(at->from, at->turn, index + 1);
    }
}

static bool some_away(const calls *c, int hour)
{
    return c->away[hour / 64] >> hour % 64 & 1;
}

/* The first hour from one on in which one of them all is on leave, but not behind `end`. */
static int next_away(const calls *c, int hour, int end)
{
    while (hour < end && !some_away(c, hour))
        hour = c->away[hour / 64] >> hour % 64 ? hour + 1 : (hour / 64 + 1) * 64;
    return hour < end ? hour : end;
}

/* Up to which hour all is as in this one: until somebody is on leave, another stands in or the turn ends, as far as that matters. */
static int as_it_is(const calls *c, int hour, int turn_ends)
{
    if (some_away(c, hour))
        return hour + 1;
    bool inside = hour < c->taken, other = c->instead[hour] != NULL;
    int end = inside ? c->taken : AHEAD, h = inside && hour < c->took ? c->took : hour;
    while (inside && h < end && c->instead[h] == c->instead[hour])
        h++;
    end = inside ? h : end;
    end = (other ? !c->has_second : c->sound) || turn_ends > end ? end : turn_ends;
    return next_away(c, hour, end);
}

static bool is_closed(const calls *c, int hour)
{
    return c->restricted && !c->open[hour % WEEK];
}

/* The first hour in which something is wrong, and what. */
static const char *first_fault(calls *c, int64_t from, mu_turn turn, int *hour)
{
    const char *wrong = c->j->now < from ? "nobody is on call" : NULL;
    turns at = {.from = from, .ends = INT64_MIN, .turn = turn};
    int left_out = first_left_out(c);
    *hour = 0;
    if (wrong)
        return wrong;
    turns_to(&at, c->j->now, c->count);
    at.length = turn.unit == MU_TURN_MONTHS ? 0 : mu_turn_begins(from, turn, 1) - mu_turn_begins(from, turn, 0);
    for (int h = 0, end; !wrong && h < left_out; h = end) {
        int64_t t = c->j->now + h * hour_ms;
        if (t >= at.ends)
            turns_to(&at, t, c->count);
        end = as_it_is(c, h, hour_of(c->j, at.ends));
        for (*hour = h; *hour < end && is_closed(c, *hour);)
            ++*hour;
        wrong = *hour < end && *hour < left_out ? fault(c, *hour, at.place) : NULL;
    }
    if (wrong || left_out == AHEAD)
        return wrong;
    *hour = left_out;
    return c->shared ? "and those that are called with it nobody is on call" : "nobody is on call";
}

static void judge_rotation(calls *c, const mu_node *rotation)
{
    const mu_node *from = mu_get(rotation, "from"), *members = mu_get(rotation, "members"), *second = mu_get(rotation, "second");
    mu_turn turn;
    int hour;
    if (!members || !members->count || !mu_turns_of(rotation, &turn))
        return;
    read_members(c, members);
    read_overrides(c, mu_get(rotation, "overrides"));
    read_restriction(c, rotation);
    c->has_second = second && second->value > 0;
    c->second = c->has_second ? second->value % c->count : 0;
    c->sound = is_sound(c);
    const char *wrong = first_fault(c, from->value, turn, &hour);
    mu_date day = mu_date_of_day(mu_day_of(c->j->now + hour * hour_ms));
    if (wrong)
        mu_found_in(c->j, "ESC-09", "rotation", rotation, NULL, MU_SAY(c->j, "In the rotation %s %s, on %04d-%02d-%02d", rotation->key, wrong, day.year, day.month, day.day));
}

static void holes_on_call(mu_judge *j)
{
    leaves l = {.people = MU_SET(j)};
    shares s = shares_of(j);
    calls *c = mu_grow(NULL, sizeof *c);
    *c = (calls){.j = j, .leaves = &l, .shares = &s, .at_night = some_level_at_night(j)};
    for (int h = 0; h <= AHEAD; h++)
        c->next[h] = h;
    MU_EACH (rotation, mu_get(j->root, "rotations"))
        judge_rotation(c, rotation);
    free(c->members);
    free(c);
    free(l.hours);
}

const mu_rule mu_rules_rotations[] = {
    {"ESC-09", holes_on_call,
     "a moment in the next ninety days when nobody is on call (outside the hours of the rotation only where some level is covered then, and no other that the same step of a ladder calls is on call), or the same person is first and second"},
    {NULL, NULL, NULL},
};
