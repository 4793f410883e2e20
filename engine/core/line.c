/* Who is meant: the line of succession of a role, the people of a team. What never changes is made once. */
#include <string.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "core/world.h"
#include "plan/calendars.h"
#include "plan/schema.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define EACH(child, node) for (mu_node *child = (node) ? (node)->first : NULL; child; child = child->next)

enum { DEEPEST = 8 }; /* roles and teams within each other */

static void put(const mu_world *w, mu_crew *crew, int person)
{
    if (crew->count == crew->room) {
        int *more = mu_alloc(w->arena, (size_t)(crew->room * 2 + 8) * sizeof *more);
        bool *calls = mu_alloc(w->arena, (size_t)(crew->room * 2 + 8) * sizeof *calls);
        if (crew->count) {
            memcpy(more, crew->people, (size_t)crew->count * sizeof *more);
            memcpy(calls, crew->on_call, (size_t)crew->count * sizeof *calls);
        }
        crew->people = more;
        crew->on_call = calls;
        crew->room = crew->room * 2 + 8;
    }
    crew->on_call[crew->count] = crew->calling;
    crew->people[crew->count++] = person;
}

static void add(const mu_world *w, mu_crew *crew, int person)
{
    for (int i = 0; i < crew->count; i++)
        if (crew->people[i] == person) {
            crew->on_call[i] = crew->on_call[i] || crew->calling;
            return;
        }
    if (person >= 0)
        put(w, crew, person);
}

/* All but one; nobody of whom it is known that they stand there is looked for. */
static void add_all_but(const mu_world *w, mu_crew *crew, int person)
{
    bool empty = crew->count == 0;
    for (int i = 0; i < w->person_count; i++)
        if (i != person && empty)
            put(w, crew, i);
        else if (i != person)
            add(w, crew, i);
}

static bool is_all(const char *text)
{
    return text && strcmp(text, "team:all") == 0;
}

/* ---- the line of a role ---- */

static void add_role(const mu_world *w, int role, int64_t t, mu_crew *crew, int depth);

static void add_ref(const mu_world *w, const mu_node *ref, int64_t t, mu_crew *crew, int depth)
{
    if (mu_is_person(w, ref->ref)) {
        add(w, crew, (int)ref->ref->value);
    } else if (mu_is_role(w, ref->ref)) {
        add_role(w, (int)ref->ref->value, t, crew, depth + 1);
    } else if (is_all(ref->text)) {
        add_all_but(w, crew, -1);
    } else if (ref->ref && depth < DEEPEST) {
        EACH (m, mu_get(ref->ref, "members"))
            add_ref(w, m, t, crew, depth + 1);
    }
}

/* First the one whose turn it is, then the second, then the others in turn. */
static void add_members(const mu_world *w, const mu_node *rotation, int64_t t, mu_crew *crew)
{
    const mu_node *members = mu_get(rotation, "members"), *second = mu_get(rotation, "second");
    if (!members || members->count == 0)
        return;
    int64_t index = mu_turn_at(rotation, mu_world_local(w, NULL, t));
    add_ref(w, mu_nth_member(members, index), t, crew, 0);
    if (second)
        add_ref(w, mu_nth_member(members, index + second->value), t, crew, 0);
    for (int i = 1; i < members->count; i++)
        add_ref(w, mu_nth_member(members, index + i), t, crew, 0);
}

/* An override stands before the turn; a turn is counted by the local calendar from the first. */
static void add_rotation(const mu_world *w, const mu_node *rotation, int64_t t, mu_crew *crew, int depth)
{
    int64_t now = mu_world_local(w, NULL, t);
    bool before = crew->calling;
    crew->calling = true;
    EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= now && now < mu_get(o, "to")->value)
            add_ref(w, mu_get(o, "person"), t, crew, 0);
    if (mu_rotation_calls(rotation, now))
        add_members(w, rotation, t, crew);
    const mu_node *under = mu_get(rotation, "under");
    if (under && under->ref && under->ref->parent == rotation->parent && depth < DEEPEST)
        add_rotation(w, under->ref, t, crew, depth + 1);
    else if (under && (mu_is_person(w, under->ref) || mu_is_role(w, under->ref)))
        add_ref(w, under, t, crew, depth + 1);
    crew->calling = before;
}

/* Whoever delegates does not do it: the next people of the team do. */
static void add_delegates(const mu_world *w, const mu_role *role, int64_t t, mu_crew *crew)
{
    mu_line above;
    mu_line_of(w, (int)role->delegated_by->ref->value, t, &above);
    int who = -1;
    for (int i = 0; i < above.count && who < 0; i++)
        if (mu_line_present(w, &above, i, t))
            who = above.people[i];
    add_all_but(w, crew, who);
    add(w, crew, who);
}

static void add_role(const mu_world *w, int role, int64_t t, mu_crew *crew, int depth)
{
    const mu_role *of = &w->roles[role];
    const mu_node *cases = of->by_severity;
    if (depth > DEEPEST)
        return;
    if (of->taken_over >= 0)
        add(w, crew, of->taken_over);
    if (of->rotation && of->rotation->ref)
        add_rotation(w, of->rotation->ref, t, crew, depth);
    for (size_t i = 0; i < COUNT(of->lists); i++) {
        const mu_node *way = of->lists[i];
        for (const mu_node *m = way && way->kind == MU_LIST ? way->first : way; m; m = way->kind == MU_LIST ? m->next : NULL)
            add_ref(w, m, t, crew, depth);
    }
    if (of->delegated_by && mu_is_role(w, of->delegated_by->ref))
        add_delegates(w, of, t, crew);
    const mu_node *now = cases ? w->severity ? mu_get(cases, w->severity->key) : cases->first : NULL;
    if (now)
        add_ref(w, now, t, crew, depth);
}

/* ---- when a rotation changes hands ---- */

/* The earlier of the two that is later than `now`. */
static int64_t sooner(int64_t a, int64_t b, int64_t now)
{
    return b > now && b < a ? b : a;
}

/* When one of its hours of the week next begins or ends. */
static int64_t next_edge(const mu_node *rotation, int64_t local)
{
    enum { MINUTE = 60000, WEEK = 10080 };
    const mu_node *hours = mu_get(rotation, "restrict"), *item = hours && hours->kind == MU_LIST ? hours->first : hours;
    int64_t now = local / MINUTE, monday = now - (now + 3 * 1440) % WEEK, next = INT64_MAX / MINUTE; /* 1970-01-01 was a Thursday */
    for (; item; item = hours->kind == MU_LIST ? item->next : NULL) {
        int ranges[7][2], n = mu_hours_read(item->text, ranges, 7);
        for (int i = 0; i < 2 * n; i++)
            for (int week = -1; week < 2; week++)
                next = sooner(next, monday + week * WEEK + ranges[i / 2][i % 2], now);
    }
    return next * MINUTE;
}

static int64_t next_turn(const mu_node *rotation, int64_t local)
{
    mu_turn turn;
    const mu_node *from = mu_get(rotation, "from");
    if (!mu_turns_of(rotation, &turn) || (turn.unit == MU_TURN_MS && turn.count < 60000)) /* nobody hands over by the second */
        return INT64_MAX;
    return local < from->value ? from->value : mu_turn_begins(from->value, turn, mu_turn_index(from->value, turn, local) + 1);
}

int64_t mu_rotation_changes(const mu_world *w, const mu_node *rotation, int64_t t)
{
    int64_t local = mu_world_local(w, NULL, t), next = sooner(next_turn(rotation, local), next_edge(rotation, local), local);
    EACH (o, mu_get(rotation, "overrides")) {
        next = sooner(next, mu_get(o, "from")->value, local);
        next = sooner(next, mu_get(o, "to")->value, local);
    }
    if (next >= MU_MOMENT_LAST)
        return INT64_MAX;
    int64_t at = mu_zone_utc(w->zone, next) - w->t0;
    return at > t ? at : t + 30 * 60000; /* an hour that comes twice */
}

bool mu_rotation_turned(const mu_world *w, const mu_node *rotation, int64_t t)
{
    return mu_turn_at(rotation, mu_world_local(w, NULL, t)) != mu_turn_at(rotation, mu_world_local(w, NULL, t - 1));
}

bool mu_role_rotates(const mu_world *w, int role, const mu_node *rotation)
{
    const mu_node *own = w->roles[role].rotation, *pool = w->roles[role].lists[1], *r = own ? own->ref : NULL;
    for (int deep = 0; r && deep <= DEEPEST && r->parent == rotation->parent; deep++) {
        if (r == rotation)
            return true;
        own = mu_get(r, "under");
        r = own ? own->ref : NULL;
    }
    EACH (p, pool)
        if (mu_is_role(w, p->ref) && w->roles[p->ref->value].rotation && w->roles[p->ref->value].rotation->ref == rotation)
            return true;
    return false;
}

/* ---- what never changes ---- */

static bool names_a_role(const mu_world *w, const mu_node *ref, int depth)
{
    if (!ref->ref || mu_is_person(w, ref->ref))
        return false;
    if (mu_is_role(w, ref->ref) || depth > DEEPEST)
        return true;
    EACH (m, mu_get(ref->ref, "members"))
        if (names_a_role(w, m, depth + 1))
            return true;
    return false;
}

static bool changes(const mu_world *w, const mu_role *of)
{
    if (of->rotation || of->delegated_by || of->by_severity)
        return true;
    for (size_t i = 0; i < COUNT(of->lists); i++) {
        const mu_node *way = of->lists[i];
        for (const mu_node *m = way && way->kind == MU_LIST ? way->first : way; m; m = way->kind == MU_LIST ? m->next : NULL)
            if (names_a_role(w, m, 0))
                return true;
    }
    return false;
}

void mu_lines_settle(mu_world *w)
{
    w->everyone = mu_alloc(w->arena, (size_t)(w->person_count + 1) * sizeof *w->everyone);
    for (int i = 0; i < w->person_count; i++)
        w->everyone[i] = i;
    for (int i = 0; i < w->role_count; i++)
        if (!changes(w, &w->roles[i])) {
            add_role(w, i, 0, &w->roles[i].crew, 0);
            w->roles[i].crew.fixed = true;
        }
}

/* ---- asking ---- */

void mu_line_of(const mu_world *w, int role, int64_t t, mu_line *line)
{
    mu_role *of = &w->roles[role];
    mu_crew *crew = of->crew.fixed && of->taken_over < 0 ? &of->crew : &of->other;
    if (crew == &of->other && !crew->making) {
        crew->making = true; /* whoever delegates in a circle is delegated by nobody */
        crew->count = 0;
        add_role(w, role, t, crew, 0);
        crew->making = false;
    }
    *line = (mu_line){crew->people, crew->on_call, crew->count};
}

const char *mu_line_absence(const mu_world *w, const mu_line *line, int i, int64_t t)
{
    return mu_absence(w, line->people[i], t, line->on_call && line->on_call[i]);
}

bool mu_line_present(const mu_world *w, const mu_line *line, int i, int64_t t)
{
    return mu_simply_there(w, line->people[i]) || !*mu_line_absence(w, line, i, t);
}

int mu_holder(const mu_world *w, int role, int64_t t, const char **why)
{
    mu_line line;
    mu_line_of(w, role, t, &line);
    *why = "vacant";
    for (int i = 0; i < line.count; i++) {
        const char *absence = mu_simply_there(w, line.people[i]) ? "" : mu_line_absence(w, &line, i, t);
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
        n += mu_line_present(w, &line, i, t);
    return n;
}

int mu_role_of(const mu_world *w, const mu_node *ref)
{
    return ref && mu_is_role(w, ref) ? (int)ref->value : -1;
}

mu_line mu_one(const mu_world *w, int person)
{
    return (mu_line){person >= 0 ? &w->everyone[person] : NULL, NULL, person >= 0};
}

static int nth(const mu_world *w, int role, size_t place, int64_t t)
{
    mu_line line;
    mu_line_of(w, role, t, &line);
    return place > 0 && place <= (size_t)line.count && mu_line_present(w, &line, (int)place - 1, t) ? line.people[place - 1] : -1;
}

/* Of a role whoever holds it: a team is called, not its lines. Who was found there by a role is there as its line has it, also on call. */
static mu_line team_now(const mu_world *w, const mu_node *team, int64_t t)
{
    mu_crew *crew = mu_is_team(w, team) ? &w->teams[team->value].crew : NULL;
    if (!crew || crew->making)
        return (mu_line){0};
    crew->making = true;
    crew->count = 0;
    EACH (m, mu_get(team, "members")) {
        mu_line some = mu_meant_now(w, m->ref, m->text, t);
        for (int i = 0; i < some.count; i++) {
            crew->calling = mu_is_role(w, m->ref) || (some.on_call && some.on_call[i]);
            add(w, crew, some.people[i]);
        }
    }
    crew->making = crew->calling = false;
    return (mu_line){crew->people, crew->on_call, crew->count};
}

mu_line mu_meant_now(const mu_world *w, const mu_node *node, const char *text, int64_t t)
{
    const char *why;
    if (mu_is_person(w, node))
        return mu_one(w, (int)node->value);
    if (mu_is_role(w, node))
        return mu_one(w, text && strchr(text, '/') ? nth(w, (int)node->value, mu_place_in_line(text), t) : mu_holder(w, (int)node->value, t, &why));
    return is_all(text) ? (mu_line){w->everyone, NULL, w->person_count} : team_now(w, node, t);
}

bool mu_line_names(const mu_world *w, const mu_node *list, int person)
{
    mu_crew *crew = w->asked;
    crew->count = 0;
    EACH (e, list)
        add_ref(w, e, 0, crew, 0);
    for (int i = 0; i < crew->count; i++)
        if (crew->people[i] == person)
            return true;
    return false;
}
