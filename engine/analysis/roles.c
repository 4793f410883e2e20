/* Gaps of roles that a plan's text shows. */
#include <string.h>

#include "analysis/judge.h"

static int cells(const mu_node *row, const char *key)
{
    const mu_node *cell = mu_get(row, key), *both = key[0] == 'C' || key[0] == 'I' ? NULL : mu_get(row, "R/A");
    int n = cell ? cell->kind == MU_LIST ? cell->count : 1 : 0;
    return n + (both ? both->kind == MU_LIST ? both->count : 1 : 0);
}

static void no_accountable(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci"))
        if (cells(row, "A") == 0)
            mu_found_in(j, "ROL-01", "action", row, NULL, MU_SAY(j, "Nobody answers for \"%s\": the row has no A", row->key));
}

static void many_accountable(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci"))
        if (cells(row, "A") > 1)
            mu_found_in(j, "ROL-02", "action", row, mu_get(row, mu_get(row, "A") ? "A" : "R/A"),
                        MU_SAY(j, "%d roles answer for \"%s\", so none does", cells(row, "A"), row->key));
}

static void no_responsible(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci"))
        if (cells(row, "R") == 0)
            mu_found_in(j, "ROL-03", "action", row, NULL, MU_SAY(j, "Nobody does \"%s\": the row has no R", row->key));
}

static bool has_authority(const mu_node *role, const char *word)
{
    MU_EACH (a, mu_get(role, "authority"))
        if (a->kind == MU_SCALAR && strcmp(a->text, word) == 0)
            return true;
    return false;
}

static void without_authority(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci")) {
        const char *authority = mu_get_text(row, "authority");
        const mu_node *cell = mu_get(row, mu_get(row, "A") ? "A" : "R/A");
        const mu_node *a = mu_items(cell);
        if (authority && a && a->ref && a->ref->parent == mu_get(j->root, "roles") && !has_authority(a->ref, authority))
            mu_found_in(j, "ROL-04", "action", row, cell,
                        MU_SAY(j, "%s answers for \"%s\", which needs the authority %s, and does not have it", a->ref->key, row->key, authority));
    }
}

static void vacant(mu_judge *j)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        mu_set people = MU_SET(j);
        mu_holders(j, role, &people);
        if (people.count == 0 && !mu_get(role, "external"))
            mu_found_in(j, "ROL-06", "role", role, mu_get(role, "holders"), MU_SAY(j, "Nobody holds the role %s", role->key));
    }
}

static void all_away(mu_judge *j)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        mu_set people = MU_SET(j);
        size_t gone = 0;
        mu_holders(j, role, &people);
        for (size_t i = 0; i < people.count; i++)
            gone += mu_away_at(people.list[i], j->now);
        if (gone && gone == people.count)
            mu_found_in(j, "ROL-07", "role", role, mu_get(role, "holders"),
                        MU_SAY(j, "Whoever holds %s is away, and nobody follows: %s", role->key, people.list[0]->key));
    }
}

static void no_backup(mu_judge *j)
{
    int64_t least = mu_limit_value(j, "holders");
    MU_EACH (role, mu_get(j->root, "roles")) {
        const mu_node *holders = mu_get(role, "holders");
        if (!holders || holders->count == 0 || holders->count >= least)
            continue;
        mu_finding *f = mu_found_in(j, "ROL-08", "role", role, holders,
                                    holders->count == 1 ? MU_SAY(j, "%s is held by %s alone", role->key, holders->first->text)
                                                        : MU_SAY(j, "%s has %d holders, and %d are wanted", role->key, holders->count, (int)least));
        mu_rests_on(j, f, "holders");
        if (holders->count == 1)
            mu_caused_by(j, f, "person", holders->first->ref);
    }
}

static void shallow(mu_judge *j)
{
    MU_EACH (role, mu_get(j->root, "roles")) {
        const mu_node *own = mu_get(role, "depth"), *holders = mu_get(role, "holders");
        const char *function = mu_get_text(role, "function");
        bool command = function && strcmp(function, "command") == 0;
        int64_t depth = own ? own->value : command ? mu_limit_value(j, "command_depth") : 0;
        if (!holders || holders->count < 2 || holders->count >= depth)
            continue;
        mu_finding *f = mu_found_in(j, "ROL-09", "role", role, holders, MU_SAY(j, "%s is to be %d deep and is %d", role->key, (int)depth, holders->count));
        if (!own)
            mu_rests_on(j, f, "command_depth");
    }
}

/* Two roles of which each one's second is the other's first: one absence puts both on one person. */
static void rings(mu_judge *j)
{
    MU_EACH (a, mu_get(j->root, "roles"))
        for (const mu_node *b = a->next; b; b = b->next) {
            mu_set x = MU_SET(j), y = MU_SET(j);
            const mu_node *ha = mu_get(a, "holders"), *hb = mu_get(b, "holders");
            if (!ha || !hb || ha->count < 2 || hb->count < 2)
                continue;
            mu_holders(j, a, &x);
            mu_holders(j, b, &y);
            if (x.count > 1 && y.count > 1 && x.list[0] == y.list[1] && x.list[1] == y.list[0])
                mu_found_in(j, "ROL-10", "role", a, ha,
                            MU_SAY(j, "%s and %s stand in for each other in %s and %s: one absence puts both roles on one person",
                                   x.list[0]->key, x.list[1]->key, a->key, b->key));
        }
}

static bool has_access(const mu_node *person, const mu_node *resource)
{
    MU_EACH (a, mu_get(person, "access"))
        if (a->ref == resource)
            return true;
    return false;
}

static const mu_node *without_access(mu_judge *j, const mu_node *row, const mu_node *resource)
{
    const mu_node *cell = mu_get(row, mu_get(row, "R") ? "R" : "R/A");
    for (const mu_node *r = mu_items(cell); r; r = cell->kind == MU_LIST ? r->next : NULL) {
        mu_set people = MU_SET(j);
        mu_meant(j, r, &people);
        for (size_t i = 0; i < people.count; i++)
            if (!has_access(people.list[i], resource))
                return people.list[i];
    }
    return NULL;
}

static void no_access(mu_judge *j)
{
    MU_EACH (row, mu_get(j->root, "raci"))
        MU_EACH (access, mu_get(row, "access")) {
            const mu_node *person = access->ref ? without_access(j, row, access->ref) : NULL;
            if (person)
                mu_found_in(j, "ROL-21", "action", row, mu_get(row, "access"),
                            MU_SAY(j, "%s may have to do \"%s\" and has no access to %s", person->key, row->key, access->text));
        }
}

static void unlisted(mu_judge *j, const mu_node *n)
{
    bool action = mu_under(j, n, "playbooks") || mu_under(j, n, "phases");
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
     "a row that names an authority which the role in A does not have"},
    {"ROL-05", no_row,
     "an action of a playbook, a gate or a phase without a row in the matrix"},
    {"ROL-06", vacant,
     "a role that nobody holds"},
    {"ROL-07", all_away,
     "a role whose every holder is away at that time"},
    {"ROL-08", no_backup,
     "a role with fewer holders than plan: limits: holders"},
    {"ROL-09", shallow,
     "two holders or more, but fewer than the role's depth (for a role of command: than command_depth)"},
    {"ROL-10", rings,
     "two roles whose first and second holders are each other"},
    {"ROL-21", no_access,
     "somebody who may have to do an action and lacks an access that its row names"},
    {NULL, NULL, NULL},
};
