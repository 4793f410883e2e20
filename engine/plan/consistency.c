/* What no single row of the schema can see. */
#include "plan/consistency.h"

#include <string.h>

static void check_filling(const mu_node *root, mu_diags *diags)
{
    static const char *const ways[] = {"holders", "rotation", "first_responder", "pool", "delegated_by", "by_severity", "external"};
    const mu_node *roles = mu_get(root, "roles");
    for (const mu_node *role = roles ? roles->first : NULL; role; role = role->next) {
        const mu_node *first = NULL;
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            const mu_node *way = mu_get(role, ways[i]);
            if (way && first)
                mu_diag_add(diags, MU_ERROR, 30, way->key_at, mu_format(mu_diags_arena(diags), "the role \"%s\" is filled in two ways, %s and %s", role->key, first->key, way->key), "keep exactly one");
            first = first ? first : way;
        }
    }
}

static void check_ids_of_steps(const mu_node *root, mu_diags *diags)
{
    const mu_node *books = mu_get(root, "playbooks");
    for (const mu_node *book = books ? books->first : NULL; book; book = book->next) {
        const mu_node *steps = mu_get(book, "steps");
        for (const mu_node *s = steps ? steps->first : NULL; s; s = s->next)
            for (const mu_node *t = steps->first; t != s; t = t->next) {
                const char *a = mu_get_text(s, "id"), *b = mu_get_text(t, "id");
                if (a && b && strcmp(a, b) == 0)
                    mu_diag_add(diags, MU_ERROR, 31, mu_get(s, "id")->at, mu_format(mu_diags_arena(diags), "the step id \"%s\" is used twice in this playbook", a), NULL);
            }
    }
}

static void check_ids_of_improvements(const mu_node *root, mu_diags *diags)
{
    const mu_node *rows = mu_get(root, "improvements");
    for (const mu_node *a = rows && rows->kind == MU_LIST ? rows->first : NULL; a; a = a->next)
        for (const mu_node *b = rows->first; b != a; b = b->next) {
            const char *one = mu_get_text(a, "id"), *two = mu_get_text(b, "id");
            if (one && two && strcmp(one, two) == 0)
                mu_diag_add(diags, MU_ERROR, 31, mu_get(a, "id")->at, mu_format(mu_diags_arena(diags), "the id \"%s\" is used twice among the improvements", one), NULL);
        }
}

static void check_ids_of_resources(const mu_node *root, mu_diags *diags)
{
    const mu_node *resources = mu_get(root, "resources");
    for (const mu_node *a = resources ? resources->first : NULL; a; a = a->next)
        for (const mu_node *b = resources->first; b != a; b = b->next)
            for (const mu_node *c = a->kind == MU_MAP ? a->first : NULL; c; c = c->next) {
                const mu_node *twin = mu_get(b, c->key);
                if (twin)
                    mu_diag_add(diags, MU_ERROR, 31, c->key_at, mu_format(mu_diags_arena(diags), "the id \"%s\" is used twice among the resources, first on line %d", c->key, twin->key_at.line), "ids are unique over all six kinds");
            }
}

/* Depth-first over depends_on; `value` of the id's node is the colour (1 open, 2 done). */
static bool cycle_from(mu_diags *diags, mu_node *thing)
{
    if (thing->value == 2)
        return false;
    if (thing->value == 1)
        return true;
    thing->value = 1;
    mu_node *needs = mu_get(thing, "depends_on");
    for (mu_node *n = needs && needs->kind == MU_LIST ? needs->first : NULL; n; n = n->next)
        if (n->ref && n->ref->kind == MU_MAP && cycle_from(diags, n->ref)) {
            if (n->ref->value == 1)
                mu_diag_add(diags, MU_ERROR, 32, n->at, mu_format(mu_diags_arena(diags), "\"%s\" stands on itself: a cycle through \"%s\"", n->ref->key, thing->key), "nothing in such a circle would ever stand");
            n->ref->value = 2;
        }
    thing->value = 2;
    return false;
}

static void check_cycles(const mu_node *root, mu_diags *diags)
{
    static const char *const sections[] = {"dependencies", "assets", "channels"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        mu_node *section = mu_get(root, sections[i]);
        for (mu_node *c = section && section->kind == MU_MAP ? section->first : NULL; c; c = c->next)
            (void)cycle_from(diags, c);
    }
}

void mu_consistency(mu_node *root, mu_diags *diags)
{
    check_filling(root, diags);
    check_ids_of_steps(root, diags);
    check_ids_of_improvements(root, diags);
    check_ids_of_resources(root, diags);
    check_cycles(root, diags);
}
