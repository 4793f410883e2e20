/* Gaps of roles that a plan's text shows. */
#include <stdlib.h>
#include <string.h>

#include "analysis/shared.h"
#include "base/index.h"

int mu_cell_count(const mu_node *row, const char *key)
{
    const mu_node *cell = mu_get(row, key), *both = key[0] == 'C' || key[0] == 'I' ? NULL : mu_get(row, "R/A");
    int n = cell ? cell->kind == MU_LIST ? cell->count : 1 : 0;
    return n + (both ? both->kind == MU_LIST ? both->count : 1 : 0);
}

/* A matrix that has the cell nowhere is one thing that is wrong, not one in each row. */
static bool cell_anywhere(const mu_judge *j, const char *key)
{
    MU_EACH (row, mu_get(j->root, "raci"))
        if (mu_cell_count(row, key))
            return true;
    return false;
}

static void lacking_cell(mu_judge *j, const char *gap, const char *key, const char *text)
{
    bool anywhere = cell_anywhere(j, key);
    MU_EACH (row, mu_get(j->root, "raci")) {
        if (mu_cell_count(row, key))
            continue;
        mu_finding *f = mu_found_in(j, gap, "action", row, NULL, MU_SAY(j, text, row->key));
        if (!anywhere)
            f->cause = "section:raci";
    }
}

static void no_accountable(mu_judge *j)
{
    lacking_cell(j, "ROL-01", "A", "Nobody answers for \"%s\": the row has no A");
}

static void many_accountable(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci"))
        if (mu_cell_count(row, "A") > 1)
            mu_found_in(j, "ROL-02", "action", row, mu_get(row, mu_get(row, "A") ? "A" : "R/A"),
                        MU_SAY(j, "%d roles answer for \"%s\", so none does", mu_cell_count(row, "A"), row->key));
}

static void no_responsible(mu_judge *j)
{
    lacking_cell(j, "ROL-03", "R", "Nobody does \"%s\": the row has no R");
}

/* Which roles have which authority: each word with its roles; made once, for many rows ask. */
typedef struct powers {
    mu_index words;
    mu_set *roles; /* of each word */
} powers;

static mu_set *roles_with(mu_judge *j, powers *p, size_t *room, const char *word)
{
    size_t before = p->words.count, at = mu_index_put(&p->words, word);
    if (p->words.count > *room) {
        *room = *room ? *room * 2 : 16;
        p->roles = mu_grow(p->roles, *room * sizeof *p->roles);
    }
    if (at == before)
        p->roles[at] = (mu_set)MU_SET(j);
    return &p->roles[at];
}

static powers powers_of(mu_judge *j)
{
    powers p = {0};
    size_t room = 0;
    MU_EACH (role, mu_get(j->root, "roles"))
        MU_EACH (a, mu_get(role, "authority"))
            if (a->kind == MU_SCALAR)
                mu_put(roles_with(j, &p, &room, a->text), role);
    return p;
}

static void powers_free(powers *p)
{
    mu_index_free(&p->words);
    free(p->roles);
}

/* A role has it by its own list, a person by any role that they hold. */
static bool may(const mu_judge *j, const powers *p, const mu_node *who, const char *word)
{
    size_t at = mu_index_find(&p->words, word);
    if (at == p->words.count)
        return false;
    if (who->parent == mu_get(j->root, "roles"))
        return mu_has(&p->roles[at], who);
    for (size_t i = 0; i < p->roles[at].count; i++) {
        mu_set people = MU_SET(j);
        mu_holders(j, p->roles[at].list[i], &people);
        if (mu_has(&people, who))
            return true;
    }
    return false;
}

static void without_authority(mu_judge *j)
{
    powers p = powers_of(j);
    MU_EACH (row, mu_get(j->root, "raci")) {
        const char *authority = mu_get_text(row, "authority");
        const mu_node *cell = mu_get(row, mu_get(row, "A") ? "A" : "R/A");
        const mu_node *a = mu_items(cell);
        bool ours = a && a->ref && (a->ref->parent == mu_get(j->root, "roles") || a->ref->parent == mu_get(j->root, "people"));
        if (authority && ours && !may(j, &p, a->ref, authority))
            mu_found_in(j, "ROL-04", "action", row, cell,
                        MU_SAY(j, "%s answers for \"%s\", which needs the authority %s, and does not have it", mu_title(j, a->ref), row->key, authority));
    }
    powers_free(&p);
}

static void vacant(mu_judge *j)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        mu_set people = MU_SET(j);
        mu_holders(j, role, &people);
        if (people.count == 0 && !mu_get(role, "external"))
            mu_found_in(j, "ROL-06", "role", role, mu_get(role, "holders"), MU_SAY(j, "Nobody holds the role %s", mu_title(j, role)));
    }
}

/* Somebody outside of the turns has the duty now, or stands under them. */
static bool covered(const mu_judge *j, const mu_node *rotation)
{
    mu_set people = MU_SET(j);
    MU_EACH (o, mu_get(rotation, "overrides"))
        if (mu_get(o, "from")->value <= j->now && j->now < mu_get(o, "to")->value)
            mu_put(&people, mu_get(o, "person")->ref);
    if (mu_get(rotation, "under"))
        mu_meant(j, mu_get(rotation, "under"), &people);
    for (size_t i = 0; i < people.count; i++)
        if (!mu_away(j, people.list[i]))
            return true;
    return false;
}

/* Who is named in the line of a role and is none of the people. */
static const mu_node *unknown_in_line(const mu_node *role)
{
    const mu_node *rotation = mu_get(role, "rotation");
    MU_EACH (m, rotation && rotation->ref ? mu_get(rotation->ref, "members") : mu_get(role, "holders"))
        if (m->dangling)
            return m;
    return NULL;
}

static void all_away(mu_judge *j)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        mu_set people = MU_SET(j);
        size_t gone = 0;
        const mu_node *left = unknown_in_line(role), *rotation = mu_get(role, "rotation");
        if (left)
            mu_found(j, "ROL-07", MU_SAY(j, "role:%s", role->key), left->at, MU_SAY(j, "%s is to hold %s and is none of the people", left->text, mu_title(j, role)));
        if (left || (rotation && rotation->ref && covered(j, rotation->ref)))
            continue;
        mu_holders(j, role, &people);
        for (size_t i = 0; i < people.count; i++)
            gone += mu_away(j, people.list[i]);
        if (!gone || gone < people.count)
            continue;
        mu_finding *f = mu_found_in(j, "ROL-07", "role", role, mu_get(role, "holders"),
                                    MU_SAY(j, "Whoever holds %s is away, and nobody follows: %s", mu_title(j, role), mu_title(j, people.list[0])));
        if (people.count == 1)
            mu_caused_by(j, f, "person", people.list[0]);
    }
}

/* The people of a pool or of a team, of whom any may have the role. */
static void crowd_too_small(mu_judge *j, const mu_node *role, const mu_node *from, int64_t least)
{
    mu_set people = MU_SET(j);
    mu_holders(j, role, &people);
    if (!from || people.count == 0 || (int64_t)people.count >= least)
        return;
    mu_finding *f = mu_found_in(j, "ROL-08", "role", role, from,
                                people.count == 1 ? MU_SAY(j, "%s can be held by %s alone", mu_title(j, role), mu_title(j, people.list[0]))
                                                  : MU_SAY(j, "%s can be held by %zu people, and %d are wanted", mu_title(j, role), people.count, (int)least));
    mu_rests_on(j, f, "holders");
    if (people.count == 1)
        mu_caused_by(j, f, "person", people.list[0]);
}

/* A person who is named for a severity has nobody behind them then. */
static void alone_at_severity(mu_judge *j, const mu_node *role, int64_t least)
{
    MU_EACH (who, mu_get(role, "by_severity"))
        if (least > 1 && !mu_enough(j, "ROL-08") && who->ref && who->ref->parent == mu_get(j->root, "people")) {
            mu_finding *f = mu_found(j, "ROL-08", MU_SAY(j, "role:%s", role->key), mu_place(who),
                                     MU_SAY(j, "%s is held by %s alone in %s", mu_title(j, role), mu_title(j, who->ref), who->key));
            mu_rests_on(j, f, "holders");
            mu_caused_by(j, f, "person", who->ref);
        }
}

static void no_backup(mu_judge *j)
{
    int64_t least = mu_limit_value(j, "holders");
    MU_EACH (role, mu_get(j->root, "roles")) {
        crowd_too_small(j, role, mu_get(role, mu_get(role, "pool") ? "pool" : "first_responder"), least);
        alone_at_severity(j, role, least);
        const mu_node *rotation = mu_get(role, "rotation"), *holders = mu_get(role, "holders");
        if (!holders && rotation && rotation->ref && !mu_get(rotation->ref, "second")) /* first and second of one: that is the rota's gap */
            holders = mu_get(rotation->ref, "members");
        if (!holders || holders->count == 0 || holders->count >= least)
            continue;
        mu_finding *f = mu_found_in(j, "ROL-08", "role", role, holders,
                                    holders->count == 1 ? MU_SAY(j, "%s is held by %s alone", mu_title(j, role), mu_title_of(j, holders->first))
                                                        : MU_SAY(j, "%s has %d holders, and %d are wanted", mu_title(j, role), holders->count, (int)least));
        mu_rests_on(j, f, "holders");
        if (holders->count == 1)
            mu_caused_by(j, f, "person", holders->first->ref);
    }
}

int64_t mu_depth_wanted(const mu_judge *j, const mu_node *role, bool *own)
{
    const mu_node *depth = mu_get(role, "depth");
    *own = depth != NULL;
    return depth ? depth->value : mu_is(role, "function", "command") ? mu_limit_value(j, "command_depth") : 0;
}

const mu_node *mu_successors(const mu_node *role)
{
    const mu_node *rotation = mu_get(role, "rotation"), *turn = rotation && rotation->ref ? mu_get(rotation->ref, "members") : NULL;
    return turn ? turn : mu_get(role, "holders");
}

static void shallow(mu_judge *j)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        const mu_node *holders = mu_successors(role);
        bool own;
        int64_t depth = mu_depth_wanted(j, role, &own);
        bool said = holders && holders->count < mu_limit_value(j, "holders"), rota = holders && holders->count == 1 && mu_get(role, "rotation");
        if (!holders || holders->count == 0 || said || rota || holders->count >= depth) /* ROL-08 says more; one in turn is the rota's gap */
            continue;
        mu_finding *f = mu_found_in(j, "ROL-09", "role", role, holders, MU_SAY(j, "%s is to be %d deep and is %d", mu_title(j, role), (int)depth, holders->count));
        if (!own)
            mu_rests_on(j, f, "command_depth");
    }
}

const mu_node *mu_in_line(const mu_node *role, int place)
{
    const mu_node *n = mu_items(mu_successors(role));
    while (n && place-- > 1)
        n = n->next;
    return n ? n->ref : NULL;
}

/* A role and the two who stand first in its order. */
typedef struct pair {
    const mu_node *role, *first, *second;
} pair;

static const mu_node *lower(const pair *p)
{
    return p->first->number < p->second->number ? p->first : p->second;
}

/* Roles of the same two people stand together, by their ids. */
static int by_people(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    const mu_node *x = lower(a), *y = lower(b), *u = x == a->first ? a->second : a->first, *v = y == b->first ? b->second : b->first;
    if (x != y || u != v)
        return x != y ? x->number < y->number ? -1 : 1 : u->number < v->number ? -1 : 1;
    return strcmp(a->role->key, b->role->key);
}

static bool same_two(const pair *a, const pair *b)
{
    return (a->first == b->first && a->second == b->second) || (a->first == b->second && a->second == b->first);
}

enum { NAMED = 8 }; /* so many others of a ring are named, the rest is counted */

/* The last by its id speaks for all of a ring, so that it does not matter in which order roles stand. */
static void judge_ring(mu_judge *j, const pair *list, int count)
{
    const pair *last = &list[count - 1];
    const char *others = "";
    bool ring = false;
    for (int i = 0; i < count; i++)
        ring = ring || list[i].first != last->first;
    if (!ring)
        return;
    for (int i = 0; i < count - 1 && i < NAMED; i++)
        others = MU_SAY(j, "%s%s%s", others, i < count - 2 ? ", " : " and ", mu_title(j, list[i].role));
    others = mu_and_more(j, others, count - 1, NAMED);
    mu_found_in(j, "ROL-10", "role", last->role, mu_get(last->role, "holders"),
                MU_SAY(j, "%s and %s stand in for each other in %s%s: one absence puts %s on one person", mu_title(j, last->first), mu_title(j, last->second),
                       mu_title(j, last->role), others, count == 2 ? "both roles" : "all of them"));
}

/* Roles of which each one's second is the other's first: one absence puts them on one person. A role with a third in line has
 * somebody who can take it then. */
static void rings(mu_judge *j)
{
    const mu_node *roles = mu_get(j->root, "roles");
    pair *list = mu_alloc(j->arena, (size_t)(roles ? roles->count + 1 : 1) * sizeof *list);
    int n = 0;
    MU_EACH (role, roles) {
        const mu_node *first = mu_in_line(role, 1), *second = mu_in_line(role, 2);
        if (first && second && first != second && mu_get(role, "holders") && !mu_in_line(role, 3))
            list[n++] = (pair){role, first, second};
    }
    qsort(list, (size_t)n, sizeof *list, by_people);
    for (int i = 0, count; i < n; i += count) {
        for (count = 1; i + count < n && same_two(&list[i], &list[i + count]); count++)
            ;
        judge_ring(j, list + i, count);
    }
}

/* One person second in two roles that a severity needs at the same time. */
static void shared_second(mu_judge *j)
{
    mu_set said = MU_SET(j);
    MU_EACH (quorum, mu_get(mu_get(j->root, "team"), "quorum")) {
        mu_set seconds = MU_SET(j);
        const mu_node **in = mu_alloc(j->arena, (size_t)(quorum->count + 1) * sizeof *in); /* the first role of each second */
        MU_EACH (role, quorum) {
            const mu_node *second = role->ref ? mu_in_line(role->ref, 2) : NULL;
            size_t at = mu_place_in(&seconds, second);
            if (second && at < seconds.count && !mu_has(&said, second)) {
                mu_put(&said, second);
                mu_found_in(j, "ROL-10", "person", second, mu_get(role->ref, mu_get(role->ref, "holders") ? "holders" : "rotation"),
                            MU_SAY(j, "%s is second in %s and in %s, which %s needs at the same time", mu_title(j, second), mu_title(j, in[at]), mu_title(j, role->ref),
                                   quorum->key));
            }
            if (second && at == seconds.count)
                in[at] = role->ref;
            mu_put(&seconds, second);
        }
    }
}

/* By name, or as one of those who may break the glass. */
static bool has_access(const mu_judge *j, const mu_node *person, const mu_node *resource)
{
    const mu_node *glass = mu_get(mu_get(j->root, "resources"), "break_glass");
    MU_EACH (a, mu_get(person, "access"))
        if (a->ref == resource)
            return true;
    MU_EACH (h, resource->parent == glass ? mu_get(resource, "holders") : NULL) {
        mu_set people = MU_SET(j);
        mu_meant(j, h, &people);
        if (mu_has(&people, person))
            return true;
    }
    return false;
}

/* Everybody who may have to do the row's action and lacks one of its accesses. */
static void without_access(const mu_judge *j, const mu_node *row, const mu_node *resource, mu_set *lacking)
{
    static const char *const cells[] = {"R", "R/A"};
    for (size_t c = 0; c < 2; c++) {
        const mu_node *cell = mu_get(row, cells[c]);
        for (const mu_node *r = mu_items(cell); r; r = cell->kind == MU_LIST ? r->next : NULL) {
            mu_set people = MU_SET(j);
            mu_meant(j, r, &people);
            for (size_t i = 0; i < people.count; i++)
                if (!has_access(j, people.list[i], resource))
                    mu_put(lacking, people.list[i]);
        }
    }
}

static void no_access(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci")) {
        mu_set lacking = MU_SET(j);
        const char *who = "", *what = "";
        int kinds = 0;
        MU_EACH (access, mu_get(row, "access")) {
            mu_set here = MU_SET(j);
            if (access->ref)
                without_access(j, row, access->ref, &here);
            kinds += here.count > 0;
            if (here.count && kinds <= NAMED)
                what = MU_SAY(j, "%s%s%s", what, *what ? ", " : "", access->text);
            for (size_t i = 0; i < here.count; i++)
                mu_put(&lacking, here.list[i]);
        }
        for (size_t i = 0; i < lacking.count && i < 3; i++)
            who = MU_SAY(j, "%s%s%s", who, i ? ", " : "", mu_title(j, lacking.list[i]));
        if (lacking.count)
            mu_found_in(j, "ROL-21", "action", row, mu_get(row, "access"),
                        MU_SAY(j, "%s%s may have to do \"%s\" and cannot get into %s", who, lacking.count > 3 ? MU_SAY(j, " and %zu more", lacking.count - 3) : "", row->key, mu_and_more(j, what, kinds, NAMED)));
    }
}

/* Whether an action is named here, and not a person, a role or a step. */
static bool names_action(const mu_node *n)
{
    const char *key = n->key ? n->key : n->parent ? n->parent->key : NULL;
    return key && (strcmp(key, "action") == 0 || strcmp(key, "actions") == 0 || strcmp(key, "gate") == 0);
}

static void unlisted(mu_judge *j, const mu_node *n)
{
    bool action = names_action(n) && (mu_under(j, n, "playbooks") || mu_under(j, n, "phases"));
    if (n->dangling && action && !strchr(n->text, ':'))
        mu_found(j, "ROL-05", MU_SAY(j, "action:%s", n->text), n->at, MU_SAY(j, "\"%s\" is to be done and has no row in the matrix", n->text));
    for (const mu_node *c = n->first; c; c = c->next)
        unlisted(j, c);
}

static void no_row(mu_judge *j)
{
    unlisted(j, j->root);
}

const mu_rule mu_rules_roles[] = {
    {"ROL-01", no_accountable,
     "a row of the matrix without A"},
    {"ROL-02", many_accountable,
     "a row with two A or more"},
    {"ROL-03", no_responsible,
     "a row without R"},
    {"ROL-04", without_authority,
     "a row that names an authority which the role in A does not have, or the person by any role"},
    {"ROL-05", no_row,
     "an action of a playbook, a gate or a phase without a row in the matrix"},
    {"ROL-06", vacant,
     "a role that nobody holds"},
    {"ROL-07", all_away,
     "a role whose every holder is away at that time and that nobody covers, or whose holder is none of the people"},
    {"ROL-08", no_backup,
     "a role with fewer people (holders, pool, team of first responders) than plan: limits: holders, whose rotation has as few and no second, or that one person holds in some severity"},
    {"ROL-09", shallow,
     "as many holders as the limit holders asks or more, but fewer than the role's depth (for a role of command: than command_depth)"},
    {"ROL-10", rings,
     "two roles whose first and second holders are each other, and nobody else is in line"},
    {"ROL-10", shared_second,
     "one person second in two roles of one quorum"},
    {"ROL-21", no_access,
     "somebody who may have to do an action and lacks an access that its row names"},
    {NULL, NULL, NULL},
};
