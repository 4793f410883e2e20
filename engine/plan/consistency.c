/* What no single row of the schema can see. */
#include "plan/consistency.h"

#include <stdlib.h>
#include <string.h>

#include "plan/crowds.h"

static void check_filling(const mu_node *root, mu_diags *diags)
{
    static const char *const ways[] = {"holders", "rotation", "first_responder", "pool", "delegated_by", "by_severity", "external"};
    const mu_node *roles = mu_get(root, "roles");
    for (const mu_node *role = roles ? roles->first : NULL; role; role = role->next) {
        const mu_node *first = NULL;
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            const mu_node *way = mu_get(role, ways[i]);
            if (way && first)
                mu_diag_add(diags, MU_ERROR, 30, mu_place(way), mu_format(mu_diags_arena(diags), "the role \"%s\" is filled in two ways, %s and %s", role->key, first->key, way->key), "keep exactly one");
            first = first ? first : way;
        }
    }
}

static int by_id(const void *a, const void *b)
{
    const mu_node *x = *(mu_node *const *)a, *y = *(mu_node *const *)b;
    int order = strcmp(x->text, y->text);
    return order ? order : x->number < y->number ? -1 : 1;
}

mu_node **mu_ids_of_steps(mu_arena *arena, const mu_node *steps, size_t *count)
{
    mu_node **list = mu_alloc(arena, sizeof(mu_node *) * (size_t)(steps ? steps->count + 1 : 1));
    *count = 0;
    for (mu_node *s = steps ? steps->first : NULL; s; s = s->next)
        if (mu_get_text(s, "id"))
            list[(*count)++] = mu_get(s, "id");
    qsort(list, *count, sizeof(mu_node *), by_id);
    return list;
}

/* `what` is said of an id that stands twice. */
static void check_ids_of(const mu_node *rows, const char *what, mu_diags *diags)
{
    mu_arena *arena = mu_arena_new();
    size_t count;
    mu_node **list = mu_ids_of_steps(arena, rows, &count);
    for (size_t i = 1; i < count; i++)
        if (strcmp(list[i]->text, list[i - 1]->text) == 0 && !mu_diags_full(diags))
            mu_diag_add(diags, MU_ERROR, 31, list[i]->at, mu_format(mu_diags_arena(diags), "the %s id \"%s\" is used twice %s", what, list[i]->text,
                        strcmp(what, "step") == 0 ? "in this playbook" : "in this plan"), NULL);
    mu_arena_free(arena);
}

static void check_ids_of_steps(const mu_node *root, mu_diags *diags)
{
    const mu_node *books = mu_get(root, "playbooks");
    for (const mu_node *book = books ? books->first : NULL; book; book = book->next)
        check_ids_of(mu_get(book, "steps"), "step", diags);
}

static const char *const kinds_of_resources[] = {"tools", "logs", "break_glass", "backups", "repository", "rooms"};
enum { KINDS = sizeof kinds_of_resources / sizeof *kinds_of_resources };

static void check_ids_of_resources(const mu_node *root, mu_diags *diags)
{
    const mu_node *resources = mu_get(root, "resources");
    for (int a = 0; a < KINDS; a++)
        for (int b = 0; b < KINDS; b++) {
            const mu_node *kind = mu_get(resources, kinds_of_resources[a]), *other = mu_get(resources, kinds_of_resources[b]);
            bool later = kind && other && kind->kind == MU_MAP && kind->number > other->number;
            for (const mu_node *c = later ? kind->first : NULL; c && !mu_diags_full(diags); c = c->next) {
                const mu_node *twin = mu_get(other, c->key);
                if (twin)
                    mu_diag_add(diags, MU_ERROR, 31, mu_place(c), mu_format(mu_diags_arena(diags), "the id \"%s\" is used twice among the resources, first on line %d", c->key, twin->key_line), "ids are unique over all six kinds");
            }
        }
}

/* What is looked at, and which of its needs comes next. */
typedef struct visit {
    mu_node *thing, *need;
} visit;

typedef struct visits {
    visit *list;
    size_t count, room;
} visits;

static void enter(visits *v, mu_node *thing)
{
    mu_node *needs = mu_get(thing, "depends_on");
    if (v->count == v->room)
        v->list = mu_grow(v->list, (v->room = v->room ? v->room * 2 : 64) * sizeof *v->list);
    v->list[v->count++] = (visit){thing, needs && needs->kind == MU_LIST ? needs->first : NULL};
    thing->value = 1;
}

/* Depth-first over depends_on, without recursion, as a chain may be as long as the plan; `value` of the id's node is the
 * colour (1 open, 2 done). */
static void check_from(visits *v, mu_node *start, mu_diags *diags)
{
    if (start->value == 0)
        enter(v, start);
    while (v->count) {
        visit *top = &v->list[v->count - 1];
        mu_node *n = top->need, *thing = n ? n->ref : NULL;
        if (!n) {
            top->thing->value = 2;
            v->count--;
            continue;
        }
        top->need = n->next;
        if (!thing || thing->kind != MU_MAP || thing->value == 2)
            continue;
        if (thing->value == 0)
            enter(v, thing);
        else if (!mu_diags_full(diags))
            mu_diag_add(diags, MU_ERROR, 32, n->at, mu_format(mu_diags_arena(diags), "\"%s\" stands on itself: a cycle through \"%s\"", thing->key, top->thing->key), "nothing in such a circle would ever stand");
    }
}

static void check_cycles(const mu_node *root, mu_diags *diags)
{
    static const char *const sections[] = {"dependencies", "assets", "channels"};
    visits v = {0};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        mu_node *section = mu_get(root, sections[i]);
        for (mu_node *c = section && section->kind == MU_MAP ? section->first : NULL; c; c = c->next)
            check_from(&v, c, diags);
    }
    free(v.list);
}

/* "laptop_lost", "laptop_lost for 2h", "records_read >= 100": alone it stands as words, which a person reads and no drill does. */
static void check_tests(const mu_node *root, const char *section, mu_diags *diags)
{
    const mu_node *rows = mu_get(root, section), *facts = mu_get(root, "facts");
    for (const mu_node *row = rows ? rows->first : NULL; row; row = row->next) {
        const mu_node *when = row->kind == MU_MAP ? mu_get(row, "when") : NULL;
        if (!when || when->kind != MU_SCALAR)
            continue;
        const char *fact = mu_format(mu_diags_arena(diags), "%.*s", (int)strcspn(when->text, " "), when->text), *rest = when->text + strlen(fact);
        if (mu_get(facts, fact) && (!*rest || strncmp(rest, " for ", 5) == 0 || strncmp(rest, " >= ", 4) == 0))
            mu_diag_add(diags, MU_WARNING, 36, when->at, mu_format(mu_diags_arena(diags), "\"%s\" stands here as words, which no drill tests; %s is a fact of this plan", when->text, fact),
                        mu_format(mu_diags_arena(diags), "write when: {all: [%s]}", when->text));
    }
}

void mu_consistency(mu_tree *tree, mu_diags *diags)
{
    mu_node *root = mu_tree_root(tree);
    check_filling(root, diags);
    check_ids_of_steps(root, diags);
    check_ids_of(mu_get(root, "improvements"), "improvement", diags);
    check_ids_of_resources(root, diags);
    check_cycles(root, diags);
    check_tests(root, "severities", diags);
    check_tests(root, "obligations", diags);
    mu_crowds(tree, diags);
    mu_grounds(tree, diags);
}
