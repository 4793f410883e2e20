#include "plan/crowds.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 9 }; /* as deep as rules go into teams and roles (analysis/judge.c) */

/* Sizes of teams and roles, by the numbers of their nodes: of this round, and of the one before it. */
typedef struct crowds {
    const mu_node *people, *roles, *teams;
    int64_t *size, *before, most; /* of one crowd: those of a ring would grow without end */
    int64_t sum;
} crowds;

/* A team or a role is a name too, also where it is empty; a place in an order is one person. */
static int64_t size_of(const crowds *c, const mu_node *ref)
{
    if (!ref->ref)
        return strcmp(ref->text, "team:all") != 0 ? 1 : c->people ? c->people->count : 0;
    bool crowd = (ref->ref->parent == c->roles || ref->ref->parent == c->teams) && !strchr(ref->text, '/');
    return crowd ? 1 + c->before[ref->ref->number] : 1;
}

static int64_t size_of_all(const crowds *c, const mu_node *n)
{
    int64_t sum = 0;
    if (n && n->kind == MU_SCALAR)
        return size_of(c, n);
    for (const mu_node *child = n ? n->first : NULL; child; child = child->next)
        sum += child->kind == MU_SCALAR ? size_of(c, child) : 0;
    return sum;
}

static int64_t size_of_entry(const crowds *c, const mu_node *entry)
{
    static const char *const ways[] = {"members", "holders", "pool", "first_responder", "delegated_by", "by_severity"};
    const mu_node *rotation = mu_get(entry, "rotation");
    int64_t sum = rotation && rotation->ref ? size_of_all(c, mu_get(rotation->ref, "members")) : 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        sum += size_of_all(c, mu_get(entry, ways[i]));
    return sum < c->most ? sum : c->most;
}

static int64_t measure_section(crowds *c, const mu_node *section)
{
    int64_t sum = 0;
    for (const mu_node *entry = section && section->kind == MU_MAP ? section->first : NULL; entry; entry = entry->next)
        sum += c->size[entry->number] = size_of_entry(c, entry);
    return sum;
}

/* One step deeper: what each comes to, by what those that it names came to before. */
static int64_t measure(crowds *c)
{
    int64_t sum = measure_section(c, c->teams) + measure_section(c, c->roles), *old = c->before;
    c->before = c->size;
    c->size = old;
    return sum;
}

/* The reference with which it is too many, or NULL. */
static const mu_node *add_up(crowds *c, const mu_node *n)
{
    const mu_node *found = NULL;
    if (n->kind == MU_SCALAR) {
        c->sum += size_of(c, n) - 1;
        return c->sum > MU_CROWD_MOST ? n : NULL;
    }
    for (const mu_node *child = n->first; child && !found; child = child->next)
        found = add_up(c, child);
    return found;
}

void mu_crowds(const mu_tree *tree, mu_diags *diags)
{
    mu_arena *arena = mu_arena_new();
    const mu_node *root = mu_tree_root(tree);
    size_t numbers = mu_tree_nodes(tree);
    crowds c = {.people = mu_get(root, "people"), .roles = mu_get(root, "roles"), .teams = mu_get(root, "teams"), .most = INT32_MAX};
    c.size = mu_alloc(arena, numbers * sizeof *c.size);
    c.before = mu_alloc(arena, numbers * sizeof *c.before);
    int64_t sum = measure(&c), less = 0;
    c.most = ROUNDS * sum; /* as each is gone into once at a depth */
    for (int i = 1; i < ROUNDS && sum != less; i++) { /* it only grows, so what did not stays */
        less = sum;
        sum = measure(&c);
    }
    const mu_node *n = add_up(&c, root);
    if (n)
        mu_diag_add(diags, MU_ERROR, 8, n->at,
                    mu_format(mu_diags_arena(diags), "with \"%s\" the teams and roles of this plan come to more than 150,000 names, counted wherever one is used", n->text),
                    "name a smaller team, or a role with an order of succession, where not everybody is meant");
    mu_arena_free(arena);
}

typedef struct grounds {
    uint32_t *size; /* of each thing, by its number: how many things lie under it, itself among them; 0: not asked for yet */
    uint32_t *seen; /* by which thing a node was counted last */
    int64_t sum;
} grounds;

static void count_under(grounds *g, const mu_node *thing, const mu_node *on)
{
    const mu_node *list = mu_get(thing, "depends_on");
    if (g->seen[thing->number] == on->number + 1 || g->size[on->number] > MU_GROUND_MOST)
        return;
    g->seen[thing->number] = on->number + 1;
    g->size[on->number]++;
    for (const mu_node *d = list ? list->first : NULL; d; d = d->next)
        if (d->ref)
            count_under(g, d->ref, on);
}

/* The reference with which it is too many, or NULL. */
static const mu_node *add_grounds(grounds *g, const mu_node *n)
{
    const mu_node *found = NULL;
    if (n->kind == MU_SCALAR && n->ref && mu_get(n->ref, "depends_on")) {
        if (!g->size[n->ref->number])
            count_under(g, n->ref, n->ref);
        g->sum += g->size[n->ref->number];
        return g->sum > MU_GROUND_MOST ? n : NULL;
    }
    for (const mu_node *child = n->first; child && !found; child = child->next)
        found = add_grounds(g, child);
    return found;
}

void mu_grounds(const mu_tree *tree, mu_diags *diags)
{
    mu_arena *arena = mu_arena_new();
    size_t numbers = mu_tree_nodes(tree);
    grounds g = {.size = mu_alloc(arena, numbers * sizeof *g.size), .seen = mu_alloc(arena, numbers * sizeof *g.seen)};
    const mu_node *n = add_grounds(&g, mu_tree_root(tree));
    if (n)
        mu_diag_add(diags, MU_ERROR, 8, n->at,
                    mu_format(mu_diags_arena(diags), "with \"%s\" what the things of this plan stand on comes to more than half a million things, counted wherever one is used", n->text),
                    "write under depends_on what a thing stands on itself, and not again what that stands on");
    mu_arena_free(arena);
}
