/* Gaps of names that nothing answers, of levels and of rotations. */
#include <string.h>

#include "analysis/judge.h"
#include "base/calendar.h"
#include "plan/schema.h"

/* "role:legal_counsel" for a node somewhere inside that role; "plan" outside of all of these. */
static const char *owner(mu_judge *j, const mu_node *n)
{
    static const char *const kinds[][2] = {{"people", "person"},       {"roles", "role"},           {"rotations", "rotation"},   {"raci", "action"},
                                           {"channels", "channel"},    {"externals", "external"},   {"audiences", "audience"},   {"severities", "severity"},
                                           {"escalations", "escalation"}, {"playbooks", "playbook"}, {"obligations", "obligation"}, {"assets", "asset"},
                                           {"phases", "phase"},        {"templates", "template"},   {"dependencies", "dependency"}};
    for (const mu_node *p = n; p && p->parent; p = p->parent)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (p->parent == mu_get(j->root, kinds[i][0]))
                return MU_SAY(j, "%s:%s", kinds[i][1], p->key);
    return "plan";
}

static bool under(const mu_judge *j, const mu_node *n, const char *section)
{
    while (n->parent && n->parent != j->root)
        n = n->parent;
    return n == mu_get(j->root, section);
}

/* An action of a playbook, a gate or a phase that has no row is its own gap; every other name that is not there is HYG-05. */
static void walk(mu_judge *j, const mu_node *n, bool actions)
{
    bool action = under(j, n, "playbooks") || under(j, n, "phases");
    if (n->dangling && actions && action && !strchr(n->text, ':'))
        mu_found(j, "ROL-05", MU_SAY(j, "action:%s", n->text), n->at, MU_SAY(j, "\"%s\" is to be done and has no row in the matrix", n->text));
    if (n->dangling && !actions)
        mu_found(j, "HYG-05", owner(j, n), n->at, MU_SAY(j, "%s names \"%s\", and the plan has none", owner(j, n), n->text));
    for (const mu_node *c = n->first; c; c = c->next)
        walk(j, c, actions);
}

static void no_row(mu_judge *j)
{
    walk(j, j->root, true);
}

static void dangling(mu_judge *j)
{
    walk(j, j->root, false);
}

/* Two levels of one rank: which of them is worse, nobody can say. */
static void same_rank(mu_judge *j)
{
    MU_EACH (a, mu_get(j->root, "severities"))
        for (const mu_node *b = a->next; b; b = b->next) {
            const mu_node *x = mu_get(a, "rank"), *y = mu_get(b, "rank");
            if (x && y && x->value == y->value)
                mu_found_in(j, "ESC-01", "severity", b, y, MU_SAY(j, "%s and %s have the same rank, so neither is the worse", a->key, b->key));
        }
}

/* ---- who is on call in the next ninety days ---- */

static const mu_node *member(const mu_node *rotation, int64_t index)
{
    const mu_node *members = mu_get(rotation, "members");
    int64_t n = index % members->count;
    const mu_node *m = members->first;
    for (n = n < 0 ? n + members->count : n; n > 0; n--)
        m = m->next;
    return m->ref;
}

static const mu_node *override_at(const mu_node *rotation, int64_t t)
{
    MU_EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= t && t < mu_get(o, "to")->value)
            return mu_get(o, "person")->ref;
    return NULL;
}

static bool away_at(const mu_node *person, int64_t t)
{
    MU_EACH (leave, mu_get(person, "away")) {
        const mu_node *from = mu_get(leave, "from"), *to = mu_get(leave, "to");
        if (from->value <= t && t < to->value + (to->len == 10 ? MU_DAY_MS : 0))
            return true;
    }
    return false;
}

static bool in_restriction(const mu_node *rotation, int64_t t)
{
    const mu_node *restriction = mu_get(rotation, "restrict");
    for (const mu_node *h = mu_items(restriction); h; h = restriction->kind == MU_LIST ? h->next : NULL) {
        int ranges[7][2], n = mu_hours_read(h->text, ranges, 7);
        if (mu_hours_inside(ranges, n, NULL, t))
            return true;
    }
    return !restriction || mu_get(rotation, "under");
}

/* What is wrong with the rotation at a moment; NULL for nothing. */
static const char *fault(mu_judge *j, const mu_node *rotation, int64_t t, const mu_turn *turn, int64_t from)
{
    const mu_node *second = mu_get(rotation, "second"), *over = override_at(rotation, t);
    int64_t index = mu_turn_index(from, *turn, t);
    const mu_node *first = over ? over : member(rotation, index), *next = second && second->value > 0 ? member(rotation, index + second->value) : NULL;
    if (!first || !in_restriction(rotation, t))
        return "nobody is on call";
    if (away_at(first, t) && (!next || away_at(next, t)))
        return MU_SAY(j, "%s is on call and on leave", first->key);
    return next == first ? MU_SAY(j, "%s is first and second", first->key) : NULL;
}

static void holes_on_call(mu_judge *j)
{
    static const mu_turn_unit units[] = {MU_TURN_MS, MU_TURN_DAYS, MU_TURN_DAYS, MU_TURN_MONTHS};
    MU_EACH (rotation, mu_get(j->root, "rotations")) {
        const mu_node *from = mu_get(rotation, "from"), *length = mu_get(rotation, "turn"), *members = mu_get(rotation, "members");
        mu_duration d;
        const char *wrong = NULL;
        if (!from || !length || !members || !members->count || !mu_duration_read(length->text, &d) || d.count < 1)
            continue;
        mu_turn turn = {units[d.unit], d.count};
        int64_t t = j->now;
        for (int hour = 0; hour < 90 * 24 && !wrong; hour++, t = j->now + hour * INT64_C(3600000))
            wrong = t < from->value ? "nobody is on call" : fault(j, rotation, t, &turn, from->value);
        mu_date day = mu_date_of_day(mu_day_of(t));
        if (wrong)
            mu_found_in(j, "ESC-09", "rotation", rotation, NULL, MU_SAY(j, "In the rotation %s %s, on %04d-%02d-%02d", rotation->key, wrong, day.year, day.month, day.day));
    }
}

const mu_rule mu_rules_names[] = {
    {"ROL-05", no_row}, {"HYG-05", dangling}, {"ESC-01", same_rank}, {"ESC-09", holes_on_call}, {NULL, NULL},
};
