#include "core/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/check.h"
#include "plan/calendars.h"
#include "plan/schema.h"

typedef struct section {
    const char *key, *inner, *kind;
} section;

static const section thing_sections[] = {
    {"dependencies", NULL, "dependency"},  {"assets", NULL, "asset"},           {"channels", NULL, "channel"},
    {"resources", "tools", "tool"},        {"resources", "logs", "log"},        {"resources", "break_glass", "break_glass"},
    {"resources", "backups", "backup"},    {"resources", "repository", "repository"}, {"resources", "rooms", "room"},
};

static const section name_sections[] = {
    {"people", NULL, "person"},         {"roles", NULL, "role"},           {"raci", NULL, "action"},
    {"severities", NULL, "severity"},   {"escalations", NULL, "escalation"}, {"obligations", NULL, "obligation"},
    {"audiences", NULL, "audience"},    {"externals", NULL, "external"},   {"playbooks", NULL, "playbook"},
    {"teams", NULL, "team"},            {"rotations", NULL, "rotation"},   {"templates", NULL, "template"},
    {"phases", NULL, "phase"},
};

static const mu_node *section_of(const mu_world *w, const section *s)
{
    const mu_node *n = mu_get(w->root, s->key);
    return s->inner ? mu_get(n, s->inner) : n;
}

/* ---- names ---- */

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define EACH(child, node) for (mu_node *child = (node) ? (node)->first : NULL; child; child = child->next)

int64_t mu_world_text_name(const mu_world *w, const mu_node *node, const char *text)
{
    return mu_symbol(w->symbols, text ? text : node ? node->key : "");
}

/* ---- STARTEX ---- */

static void name_section(mu_world *w, const section *s)
{
    char name[200];
    EACH (n, section_of(w, s)) {
        snprintf(name, sizeof name, "%s:%s", s->kind, n->key);
        w->names[n->number] = mu_symbol(w->symbols, name);
    }
}

/* Every id is named once, with its kind; an event carries the number. */
static void name_all(mu_world *w, const mu_tree *plan)
{
    w->node_room = mu_tree_nodes(plan) + 1;
    w->names = mu_alloc(w->arena, w->node_room * sizeof *w->names);
    w->wrong = mu_alloc(w->arena, w->node_room * sizeof *w->wrong);
    for (size_t i = 0; i < COUNT(name_sections); i++)
        name_section(w, &name_sections[i]);
    for (size_t i = 0; i < COUNT(thing_sections); i++)
        name_section(w, &thing_sections[i]);
    w->node_count = (int64_t)mu_symbol_count(w->symbols);
    w->nodes = mu_alloc(w->arena, (size_t)w->node_count * sizeof *w->nodes);
    w->person_of = mu_alloc(w->arena, (size_t)w->node_count * sizeof *w->person_of);
    memset(w->person_of, -1, (size_t)w->node_count * sizeof *w->person_of);
    for (size_t i = 0; i < COUNT(name_sections); i++)
        EACH (n, section_of(w, &name_sections[i]))
            w->nodes[w->names[n->number]] = n;
    for (size_t i = 0; i < COUNT(thing_sections); i++)
        EACH (n, section_of(w, &thing_sections[i]))
            w->nodes[w->names[n->number]] = n;
}

static void read_hours(mu_world *w, mu_person *p)
{
    const mu_node *hours = mu_get(p->node, "hours");
    const char *word = hours ? hours->kind == MU_SCALAR ? hours->text : "" : "working_hours";
    if (strcmp(word, "24x7") == 0)
        return;
    p->keeps_holidays = strcmp(word, "working_hours") == 0;
    if (p->keeps_holidays)
        hours = mu_get(mu_get(w->root, "organisation"), "working_hours");
    if (!hours)
        return;
    p->hours = mu_alloc(w->arena, 64 * sizeof *p->hours);
    const mu_node *item = hours->kind == MU_LIST ? hours->first : hours;
    for (; item; item = hours->kind == MU_LIST ? item->next : NULL)
        p->hour_count += mu_hours_read(item->text, p->hours + p->hour_count, 64 - p->hour_count);
}

static mu_reach reach_of(const mu_node *entry)
{
    return (mu_reach){entry, mu_get(entry, "via")->ref, mu_get(entry, "depends_on")};
}

static void read_reaches(mu_world *w, mu_person *p)
{
    const mu_node *reaches = mu_get(p->node, "reach");
    p->reaches = mu_alloc(w->arena, (size_t)(reaches ? reaches->count + 1 : 1) * sizeof *p->reaches);
    EACH (r, reaches)
        p->reaches[p->reach_count++] = reach_of(r);
}

static void add_people(mu_world *w)
{
    const mu_node *people = mu_get(w->root, "people");
    w->people = mu_alloc(w->arena, (size_t)(people->count + 1) * sizeof *w->people);
    EACH (n, people) {
        mu_person *p = &w->people[w->person_count];
        const char *zone = mu_get_text(n, "timezone");
        n->value = w->person_count++;
        p->node = n;
        p->name = mu_world_name(w, n, NULL);
        w->person_of[p->name] = (int)n->value;
        p->called = mu_symbol(w->symbols, mu_get_text(n, "name"));
        p->leaves = mu_get(n, "away");
        read_reaches(w, p);
        p->zone = zone ? mu_zone_again(w->arena, zone) : w->zone;
        read_hours(w, p);
    }
}

static void add_roles(mu_world *w)
{
    const mu_node *roles = mu_get(w->root, "roles");
    w->roles = mu_alloc(w->arena, (size_t)(roles->count + 1) * sizeof *w->roles);
    EACH (n, roles) {
        n->value = w->role_count;
        w->roles[w->role_count++] = (mu_role){
            .node = n,
            .name = mu_world_name(w, n, NULL),
            .rotation = mu_get(n, "rotation"),
            .lists = {mu_get(n, "holders"), mu_get(n, "pool"), mu_get(n, "first_responder")},
            .delegated_by = mu_get(n, "delegated_by"),
            .by_severity = mu_get(n, "by_severity"),
            .at_least = mu_get(n, "at_least"),
            .external = mu_get(n, "external"),
            .longest_shift = mu_get(n, "longest_shift"),
            .taken_over = -1,
            .held_by = -2,
        };
    }
}

static void add_things(mu_world *w)
{
    int count = 0;
    for (size_t i = 0; i < COUNT(thing_sections); i++)
        count += section_of(w, &thing_sections[i]) ? section_of(w, &thing_sections[i])->count : 0;
    w->things = mu_alloc(w->arena, (size_t)(count + 1) * sizeof *w->things);
    w->looks = mu_alloc(w->arena, sizeof *w->looks);
    for (size_t i = 0; i < COUNT(thing_sections); i++)
        EACH (n, section_of(w, &thing_sections[i])) {
            n->value = w->thing_count;
            w->things[w->thing_count++] = (mu_thing){.node = n, .name = mu_world_name(w, n, NULL), .stands_on = mu_get(n, "depends_on"),
                                                     .enrolled = mu_get(n, "enrolled"), .directory = mu_get(n, "directory")};
        }
}

static void add_teams(mu_world *w)
{
    const mu_node *teams = mu_get(w->root, "teams");
    w->teams = mu_alloc(w->arena, (size_t)(teams ? teams->count + 1 : 1) * sizeof *w->teams);
    EACH (n, teams) {
        n->value = w->team_count;
        w->teams[w->team_count++].node = n;
    }
}

mu_world *mu_world_new(const mu_tree *plan, int64_t starts_local, mu_symbols *symbols, mu_arena *arena)
{
    mu_world *w = mu_alloc(arena, sizeof *w);
    w->arena = arena;
    w->symbols = symbols;
    w->root = mu_tree_root(plan);
    w->zone = mu_zone_again(arena, mu_get_text(mu_get(w->root, "organisation"), "timezone"));
    w->t0 = mu_zone_utc(w->zone, starts_local);
    w->holidays = mu_holidays_of(w->root, arena, "");
    name_all(w, plan);
    add_people(w);
    add_roles(w);
    add_teams(w);
    add_things(w);
    w->asked = mu_alloc(arena, sizeof *w->asked);
    mu_lines_settle(w);
    return w;
}

void mu_world_reset(mu_world *w, int64_t starts_local)
{
    w->t0 = mu_zone_utc(w->zone, starts_local);
    for (int i = 0; i < w->person_count; i++)
        w->people[i].gone = w->people[i].played = false;
    for (int i = 0; i < w->person_count; i++)
        w->people[i].rests_until = 0;
    for (int i = 0; i < w->role_count; i++) {
        w->roles[i].taken_over = -1;
        w->roles[i].held_by = -2;
        w->roles[i].played = false;
        w->roles[i].said_short = false;
        w->roles[i].held_since = 0;
    }
    for (int i = 0; i < w->thing_count; i++)
        w->things[i].down = w->things[i].said_down = false;
    w->down_count = 0;
    memset(w->wrong, 0, w->node_room * sizeof *w->wrong);
    w->severity = NULL;
}

/* ---- who is there ---- */

bool mu_is_team(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->team_count && w->teams[n->value].node == n;
}

int mu_thing_of(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->thing_count && w->things[n->value].node == n ? (int)n->value : -1;
}

void mu_thing_is_down(mu_world *w, int thing, bool down)
{
    w->down_count += (int)down - (int)w->things[thing].down;
    w->things[thing].down = down;
}

int64_t mu_world_local(const mu_world *w, const mu_person *p, int64_t t)
{
    return mu_zone_local(p ? p->zone : w->zone, w->t0 + t);
}

static bool on_leave(const mu_world *w, const mu_person *p, int64_t t)
{
    static const int64_t day = 86400000;
    int64_t now = mu_world_local(w, p, t);
    EACH (leave, p->leaves) {
        const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
        bool whole = to->len == 10; /* a date: its day is included */
        if (from->value <= now && now < to->value + (whole ? day : 0))
            return true;
    }
    return false;
}

static bool in_hours(const mu_world *w, const mu_person *p, int64_t t)
{
    if (p->keeps_holidays && mu_calendar_count(w->holidays) && mu_calendar_holiday(w->holidays, mu_day_of(mu_world_local(w, p, t))))
        return false;
    int64_t minutes = mu_world_local(w, p, t) / 60000;
    int week = (int)((minutes + 3 * 1440) % 10080); /* 1970-01-01 was a Thursday */
    for (int i = 0; i < p->hour_count; i++)
        if ((week >= p->hours[i][0] && week < p->hours[i][1]) || (week + 10080 >= p->hours[i][0] && week + 10080 < p->hours[i][1]))
            return true;
    return false;
}

/* Of somebody whose leave or hours it takes a calendar to read. */
static const char *by_calendar(const mu_world *w, const mu_person *p, int64_t t, bool on_call)
{
    if (p->leaves && on_leave(w, p, t))
        return "away";
    if (t < p->rests_until)
        return "at rest";
    return on_call || !p->hours || in_hours(w, p, t) ? "" : "off hours";
}

const char *mu_absence(const mu_world *w, int person, int64_t t, bool on_call)
{
    const mu_person *p = &w->people[person];
    if (w->everybody)
        return "";
    if (p->gone)
        return "away";
    if (p->leaves || (p->hours && !on_call))
        return by_calendar(w, p, t, on_call);
    return t < p->rests_until ? "at rest" : "";
}

bool mu_present(const mu_world *w, int person, int64_t t, bool on_call)
{
    return !*mu_absence(w, person, t, on_call);
}

/* ---- what stands ---- */

static bool stands(const mu_world *w, const mu_node *thing, const mu_node **because, int depth);

static bool all_stand(const mu_world *w, const mu_node *things, const mu_node **because, int depth)
{
    EACH (d, things)
        if (d->ref && !stands(w, d->ref, because, depth))
            return false;
    return true;
}

/* What was looked at already stands, or is under what is being looked at: each thing is looked at once, however many stand on it. */
static bool stands(const mu_world *w, const mu_node *thing, const mu_node **because, int depth)
{
    int i = mu_thing_of(w, thing);
    if (depth > 64 || (i >= 0 && w->things[i].looked == *w->looks))
        return true;
    if (i >= 0 && w->things[i].down) {
        *because = thing;
        return false;
    }
    if (i >= 0)
        w->things[i].looked = *w->looks;
    return all_stand(w, i >= 0 ? w->things[i].stands_on : mu_get(thing, "depends_on"), because, depth + 1);
}

bool mu_stands(const mu_world *w, const mu_node *thing, const mu_node **because)
{
    const mu_node *ignored;
    if (!thing || !w->down_count)
        return true;
    ++*w->looks;
    return stands(w, thing, because ? because : &ignored, 0);
}

static bool enrolled(const mu_world *w, const mu_thing *channel, const mu_node *who)
{
    return !channel->enrolled || !mu_is_person(w, who) || mu_line_names(w, channel->enrolled, (int)who->value);
}

/* Any one of the places where the addresses are kept will do. */
static bool directory(const mu_world *w, const mu_thing *channel, const mu_node **because)
{
    const mu_node *places = channel->directory;
    EACH (d, places)
        if (mu_stands(w, d->ref, because))
            return true;
    return !places || !places->count;
}

bool mu_reach_of(const mu_world *w, const mu_node *who, int i, mu_reach *reach)
{
    if (mu_is_person(w, who)) {
        const mu_person *p = &w->people[who->value];
        if (i < p->reach_count)
            *reach = p->reaches[i];
        return i < p->reach_count;
    }
    const mu_node *reaches = mu_get(who, "reach"), *n = reaches ? reaches->first : NULL;
    while (n && i-- > 0)
        n = n->next;
    if (n)
        *reach = reach_of(n);
    return n;
}

static bool address(const mu_world *w, const mu_node *who, const mu_node *channel, mu_reach *reach)
{
    for (int i = 0; mu_reach_of(w, who, i, reach); i++)
        if (reach->channel == channel)
            return true;
    return false;
}

static bool entry_stands(const mu_world *w, const mu_reach *reach, const mu_node **because)
{
    if (!w->down_count)
        return true;
    ++*w->looks;
    return all_stand(w, reach->stands_on, because, 1);
}

mu_way mu_way_by(const mu_world *w, const mu_node *who, const mu_reach *reach)
{
    mu_way way = {.channel = reach->channel};
    int thing = mu_thing_of(w, reach->channel);
    if (!mu_stands(w, reach->channel, &way.thing) || !entry_stands(w, reach, &way.thing))
        way.reason = "channel_down";
    else if (thing >= 0 && !enrolled(w, &w->things[thing], who))
        way.reason = "not_enrolled";
    else if (thing >= 0 && !directory(w, &w->things[thing], &way.thing))
        way.reason = "no_directory";
    else if (w->wrong[who->number] && reach->entry == reach->entry->parent->first)
        way = (mu_way){reach->channel, "invalid", who};
    return way;
}

mu_way mu_way_to(const mu_world *w, const mu_node *who, const mu_node *channel)
{
    mu_reach reach;
    return address(w, who, channel, &reach) ? mu_way_by(w, who, &reach) : (mu_way){channel, "no_address", NULL};
}
