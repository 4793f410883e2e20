#include "core/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/check.h"
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

int64_t mu_world_name(const mu_world *w, const mu_node *node, const char *text)
{
    if (node && w->names[node->number])
        return w->names[node->number];
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
    for (size_t i = 0; i < COUNT(name_sections); i++)
        EACH (n, section_of(w, &name_sections[i]))
            w->nodes[w->names[n->number]] = n;
    for (size_t i = 0; i < COUNT(thing_sections); i++)
        EACH (n, section_of(w, &thing_sections[i]))
            w->nodes[w->names[n->number]] = n;
}

const mu_node *mu_world_node(const mu_world *w, int64_t symbol)
{
    return symbol > 0 && symbol < w->node_count ? w->nodes[symbol] : NULL;
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

static void add_people(mu_world *w)
{
    const mu_node *people = mu_get(w->root, "people");
    w->people = mu_alloc(w->arena, (size_t)(people->count + 1) * sizeof *w->people);
    EACH (n, people) {
        mu_person *p = &w->people[w->person_count];
        const char *zone = mu_get_text(n, "timezone");
        MU_CHECK(w->person_count < MU_LINE_MOST); /* the reader of plans takes no larger map */
        n->value = w->person_count++;
        p->node = n;
        p->name = mu_world_name(w, n, NULL);
        p->leaves = mu_get(n, "away");
        p->reach = mu_get(n, "reach");
        p->zone = zone ? mu_zone_load(w->arena, zone) : w->zone;
        MU_CHECK(p->zone);
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
    for (size_t i = 0; i < COUNT(thing_sections); i++)
        EACH (n, section_of(w, &thing_sections[i])) {
            n->value = w->thing_count;
            w->things[w->thing_count++] = (mu_thing){.node = n, .name = mu_world_name(w, n, NULL), .stands_on = mu_get(n, "depends_on"),
                                                     .enrolled = mu_get(n, "enrolled"), .directory = mu_get(n, "directory")};
        }
}

mu_world *mu_world_new(const mu_tree *plan, int64_t starts_local, mu_symbols *symbols, mu_arena *arena)
{
    mu_world *w = mu_alloc(arena, sizeof *w);
    w->arena = arena;
    w->symbols = symbols;
    w->root = mu_tree_root(plan);
    w->zone = mu_zone_load(arena, mu_get_text(mu_get(w->root, "organisation"), "timezone"));
    MU_CHECK(w->zone);
    w->t0 = mu_zone_utc(w->zone, starts_local);
    w->holidays = mu_world_holidays(w->root, arena, "");
    name_all(w, plan);
    add_people(w);
    add_roles(w);
    add_things(w);
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
    memset(w->wrong, 0, w->node_room * sizeof *w->wrong);
    w->severity = NULL;
}

/* ---- who is there ---- */

bool mu_is_person(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->person_count && w->people[n->value].node == n;
}

bool mu_is_role(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->role_count && w->roles[n->value].node == n;
}

int mu_thing_of(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->thing_count && w->things[n->value].node == n ? (int)n->value : -1;
}

int64_t mu_world_local(const mu_world *w, const mu_person *p, int64_t t)
{
    return mu_zone_local(p ? p->zone : w->zone, w->t0 + t);
}

static bool on_leave(const mu_world *w, const mu_person *p, int64_t t)
{
    static const int64_t day = 86400000;
    int64_t now = p->leaves ? mu_world_local(w, p, t) : 0;
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
    if (!p->hours)
        return true;
    if (p->keeps_holidays && mu_calendar_count(w->holidays) && mu_calendar_holiday(w->holidays, mu_day_of(mu_world_local(w, p, t))))
        return false;
    int64_t minutes = mu_world_local(w, p, t) / 60000;
    int week = (int)((minutes + 3 * 1440) % 10080); /* 1970-01-01 was a Thursday */
    for (int i = 0; i < p->hour_count; i++)
        if ((week >= p->hours[i][0] && week < p->hours[i][1]) || (week + 10080 >= p->hours[i][0] && week + 10080 < p->hours[i][1]))
            return true;
    return false;
}

const char *mu_absence(const mu_world *w, int person, int64_t t, bool on_call)
{
    const mu_person *p = &w->people[person];
    if (w->everybody)
        return "";
    if (p->gone || on_leave(w, p, t))
        return "away";
    if (t < p->rests_until)
        return "at rest";
    return on_call || in_hours(w, p, t) ? "" : "off hours";
}

bool mu_present(const mu_world *w, int person, int64_t t, bool on_call)
{
    return !*mu_absence(w, person, t, on_call);
}

/* ---- who holds a role ---- */

/* The rest of it is not worth clearing. */
static void line_begin(const mu_world *w, mu_line *line)
{
    line->count = 0;
    line->on_call = false;
    memset(line->in, 0, (size_t)(w->person_count + 63) / 64 * sizeof *line->in);
}

static void line_add(mu_line *line, int person)
{
    if (person < 0 || line->in[person / 64] & (uint64_t)1 << person % 64)
        return;
    line->in[person / 64] |= (uint64_t)1 << person % 64;
    line->people[line->count++] = person;
}

static void line_of(const mu_world *w, int role, int64_t t, mu_line *line, int depth);

static void line_ref(const mu_world *w, const mu_node *ref, int64_t t, mu_line *line, int depth)
{
    if (mu_is_person(w, ref->ref)) {
        line_add(line, (int)ref->ref->value);
    } else if (mu_is_role(w, ref->ref)) {
        line_of(w, (int)ref->ref->value, t, line, depth + 1);
    } else if (strcmp(ref->text, "team:all") == 0) {
        for (int i = 0; i < w->person_count; i++)
            line_add(line, i);
    } else if (ref->ref && depth < 8) {
        EACH (m, mu_get(ref->ref, "members"))
            line_ref(w, m, t, line, depth + 1);
    }
}

/* The hours of a week in which a rotation is on call; without them it always is. */
static bool on_duty(const mu_node *rotation, int64_t local)
{
    const mu_node *hours = mu_get(rotation, "restrict"), *item = hours && hours->kind == MU_LIST ? hours->first : hours;
    for (; item; item = hours->kind == MU_LIST ? item->next : NULL) {
        int ranges[7][2], n = mu_hours_read(item->text, ranges, 7);
        if (mu_hours_inside(ranges, n, NULL, local))
            return true;
    }
    return !hours;
}

static const mu_node *nth_member(const mu_node *members, int64_t n)
{
    const mu_node *m = members->first;
    for (n %= members->count; n > 0; n--)
        m = m->next;
    return m;
}

/* First the one whose turn it is, then the second, then the others in turn. */
static void line_members(const mu_world *w, const mu_node *rotation, int64_t t, mu_line *line)
{
    const mu_node *members = mu_get(rotation, "members"), *from = mu_get(rotation, "from"), *turn = mu_get(rotation, "turn"), *second = mu_get(rotation, "second");
    static const mu_turn_unit units[] = {MU_TURN_MS, MU_TURN_DAYS, MU_TURN_DAYS, MU_TURN_MONTHS};
    int64_t now = mu_world_local(w, NULL, t);
    mu_duration length;
    bool turns = from && turn && mu_duration_read(turn->text, &length) && length.count > 0 && now >= from->value;
    int64_t index = turns ? mu_turn_index(from->value, (mu_turn){units[length.unit], length.count}, now) : 0;
    line_ref(w, nth_member(members, index), t, line, 0);
    if (second)
        line_ref(w, nth_member(members, index + second->value), t, line, 0);
    for (int i = 1; i < members->count; i++)
        line_ref(w, nth_member(members, index + i), t, line, 0);
}

/* An override stands before the turn; a turn is counted by the local calendar from the first. */
static void line_rotation(const mu_world *w, const mu_node *rotation, int64_t t, mu_line *line, int depth)
{
    int64_t now = mu_world_local(w, NULL, t);
    EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= now && now < mu_get(o, "to")->value)
            line_ref(w, mu_get(o, "person"), t, line, 0);
    if (on_duty(rotation, now))
        line_members(w, rotation, t, line);
    const mu_node *under = mu_get(rotation, "under");
    if (under && under->ref && under->ref->parent == rotation->parent && depth < 8)
        line_rotation(w, under->ref, t, line, depth + 1);
    else if (under && (mu_is_person(w, under->ref) || mu_is_role(w, under->ref)))
        line_ref(w, under, t, line, depth + 1);
    line->on_call = true;
}

/* Whoever delegates does not do it: the next people of the team do. */
static void line_delegates(const mu_world *w, const mu_role *role, int64_t t, mu_line *line, int depth)
{
    mu_line above;
    line_begin(w, &above);
    line_of(w, (int)role->delegated_by->ref->value, t, &above, depth + 1);
    int who = -1;
    for (int i = 0; i < above.count && who < 0; i++)
        if (mu_present(w, above.people[i], t, above.on_call))
            who = above.people[i];
    for (int i = 0; i < w->person_count; i++)
        if (i != who)
            line_add(line, i);
    line_add(line, who);
}

static void line_of(const mu_world *w, int role, int64_t t, mu_line *line, int depth)
{
    const mu_role *of = &w->roles[role];
    const mu_node *cases = of->by_severity;
    if (depth > 8)
        return;
    if (of->taken_over >= 0)
        line_add(line, of->taken_over);
    if (of->rotation && of->rotation->ref)
        line_rotation(w, of->rotation->ref, t, line, depth);
    for (size_t i = 0; i < COUNT(of->lists); i++) {
        const mu_node *way = of->lists[i];
        for (const mu_node *m = way && way->kind == MU_LIST ? way->first : way; m; m = way->kind == MU_LIST ? m->next : NULL)
            line_ref(w, m, t, line, depth);
    }
    if (of->delegated_by && mu_is_role(w, of->delegated_by->ref))
        line_delegates(w, of, t, line, depth);
    const mu_node *now = cases ? w->severity ? mu_get(cases, w->severity->key) : cases->first : NULL;
    if (now)
        line_ref(w, now, t, line, depth);
}

void mu_line_of(const mu_world *w, int role, int64_t t, mu_line *line)
{
    line_begin(w, line);
    line_of(w, role, t, line, 0);
}

int mu_holder(const mu_world *w, int role, int64_t t, const char **why)
{
    mu_line line;
    mu_line_of(w, role, t, &line);
    *why = "vacant";
    for (int i = 0; i < line.count; i++) {
        const char *absence = mu_absence(w, line.people[i], t, line.on_call);
        if (!*absence)
            return line.people[i];
        *why = absence;
    }
    return -1;
}

int mu_there(const mu_world *w, int role, int64_t t)
{
    mu_line line;
    int n = 0;
    mu_line_of(w, role, t, &line);
    for (int i = 0; i < line.count; i++)
        n += mu_present(w, line.people[i], t, line.on_call);
    return n;
}

int mu_role_of(const mu_world *w, const mu_node *ref)
{
    return ref && mu_is_role(w, ref) ? (int)ref->value : -1;
}

static int put(int *people, int count, int most, int person)
{
    for (int i = 0; i < count; i++)
        if (people[i] == person)
            return count;
    if (count < most)
        people[count++] = person;
    return count;
}

static int nth(const mu_world *w, int role, const char *slash, int64_t t, int *people)
{
    mu_line line;
    mu_line_of(w, role, t, &line);
    long place = strtol(slash + 1, NULL, 10) - 1;
    if (place < 0 || place >= line.count || !mu_present(w, line.people[place], t, line.on_call))
        return 0;
    people[0] = line.people[place];
    return 1;
}

int mu_meant_now(const mu_world *w, const mu_node *node, const char *text, int64_t t, int *people, int most)
{
    const char *slash = text ? strchr(text, '/') : NULL, *why;
    if (mu_is_person(w, node)) {
        people[0] = (int)node->value;
        return 1;
    }
    if (mu_is_role(w, node)) {
        if (slash)
            return nth(w, (int)node->value, slash, t, people);
        people[0] = mu_holder(w, (int)node->value, t, &why);
        return people[0] >= 0;
    }
    int count = 0;
    if (text && strcmp(text, "team:all") == 0)
        for (; count < w->person_count && count < most; count++)
            people[count] = count;
    EACH (m, node ? mu_get(node, "members") : NULL) {
        int some[MU_LINE_MOST], n = mu_meant_now(w, m->ref, m->text, t, some, MU_LINE_MOST);
        for (int i = 0; i < n; i++)
            count = put(people, count, most, some[i]);
    }
    return count;
}

/* ---- what stands ---- */

static bool stands(const mu_world *w, const mu_node *thing, const mu_node **because, int depth)
{
    int i = mu_thing_of(w, thing);
    if (depth > 64)
        return true;
    if (i >= 0 && w->things[i].down) {
        *because = thing;
        return false;
    }
    const mu_node *stands_on = i >= 0 ? w->things[i].stands_on : mu_get(thing, "depends_on");
    EACH (d, stands_on)
        if (d->ref && !stands(w, d->ref, because, depth + 1))
            return false;
    return true;
}

bool mu_stands(const mu_world *w, const mu_node *thing, const mu_node **because)
{
    const mu_node *ignored;
    return !thing || stands(w, thing, because ? because : &ignored, 0);
}

static bool enrolled(const mu_world *w, const mu_thing *channel, const mu_node *who)
{
    const mu_node *list = channel->enrolled;
    if (!list || !mu_is_person(w, who))
        return true;
    mu_line line;
    line_begin(w, &line);
    EACH (e, list)
        line_ref(w, e, 0, &line, 0);
    for (int i = 0; i < line.count; i++)
        if (line.people[i] == who->value)
            return true;
    return false;
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

static const mu_node *address(const mu_world *w, const mu_node *who, const mu_node *channel)
{
    const mu_node *reaches = mu_is_person(w, who) ? w->people[who->value].reach : mu_get(who, "reach");
    EACH (r, reaches)
        if (mu_get(r, "via")->ref == channel)
            return r;
    return NULL;
}

mu_way mu_way_to(const mu_world *w, const mu_node *who, const mu_node *channel)
{
    mu_way way = {.channel = channel};
    const mu_node *reach = address(w, who, channel);
    int thing = mu_thing_of(w, channel);
    if (!reach)
        way.reason = "no_address";
    else if (!mu_stands(w, channel, &way.thing) || !mu_stands(w, reach, &way.thing))
        way.reason = "channel_down";
    else if (thing >= 0 && !enrolled(w, &w->things[thing], who))
        way.reason = "not_enrolled";
    else if (thing >= 0 && !directory(w, &w->things[thing], &way.thing))
        way.reason = "no_directory";
    else if (w->wrong[who->number] && reach == reach->parent->first)
        way = (mu_way){channel, "invalid", who};
    return way;
}
