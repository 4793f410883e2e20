#include "amend/ways.h"

#include <string.h>

static bool same_place(mu_mark a, const mu_mark *b)
{
    return a.line == b->line && a.column == b->column && a.file && strcmp(a.file, b->file) == 0;
}

static bool begins_before(const mu_node *n, const mu_mark *at)
{
    mu_mark own = mu_place(n);
    return strcmp(own.file, at->file) == 0 && (own.line < at->line || (own.line == at->line && own.column <= at->column));
}

/* The first key of a block stands where the block does: `whole` looks for what is named there, else for the value that begins there.
 * `straight`: what lies before a neighbour that begins before the place is passed over. */
static const mu_node *find(const mu_node *n, const mu_mark *at, bool whole, bool straight)
{
    if (n->parent && same_place(whole ? mu_place(n) : n->at, at))
        return n;
    MU_EACH (c, n) {
        if (straight && c->next && begins_before(c->next, at))
            continue;
        const mu_node *found = find(c, at, whole, straight);
        if (found)
            return found;
    }
    return NULL;
}

/* What stands behind an alias has the place of its anchor, so that places are not always in order. */
const mu_node *mu_node_at(const mu_node *root, const mu_mark *at)
{
    if (!at->file)
        return NULL;
    const mu_node *found = find(root, at, true, true);
    found = found ? found : find(root, at, true, false);
    return found ? found : find(root, at, false, false);
}

const mu_fresh *mu_fresh_word(const mu_mender *m, const char *text)
{
    return mu_fresh_text(m->judge->arena, text);
}

bool mu_put_like(mu_mender *m, const mu_node *map, const char *key, const mu_fresh *value, const mu_node *like)
{
    const mu_node *before = NULL, *own = mu_get(like, key);
    for (const mu_node *k = own ? own->next : NULL; k && !before; k = k->next)
        before = mu_get(map, k->key);
    return mu_splice_put(m->splice, map, key, value, before);
}

bool mu_put_item(mu_mender *m, const mu_node *map, const char *key, const char *item, const mu_node *like)
{
    const mu_node *list = mu_get(map, key);
    mu_arena *arena = m->judge->arena;
    if (list && list->kind == MU_LIST)
        return mu_splice_put(m->splice, list, NULL, mu_fresh_word(m, item), NULL);
    mu_fresh *fresh = mu_fresh_list(arena);
    if (list)
        mu_fresh_add(arena, fresh, NULL, mu_fresh_of(arena, list));
    mu_fresh_add(arena, fresh, NULL, mu_fresh_text(arena, item));
    return list ? mu_splice_set(m->splice, list, fresh) : mu_put_like(m, map, key, fresh, like);
}

const mu_node *mu_other_with(const mu_node *map, const mu_node *but, const char *key)
{
    MU_EACH (c, map)
        if (c != but && mu_get(c, key))
            return c;
    return NULL;
}

const mu_node *mu_only_role(const mu_mender *m, const char *function)
{
    const mu_node *only = NULL;
    MU_EACH (role, mu_get(m->judge->root, "roles"))
        if (mu_is(role, "function", function)) {
            if (only)
                return NULL;
            only = role;
        }
    return only;
}

const mu_node *mu_worst_level(const mu_mender *m)
{
    const mu_node *worst = NULL;
    MU_EACH (s, mu_get(m->judge->root, "severities"))
        if (mu_is_level(s) && (!worst || mu_get(s, "rank")->value < mu_get(worst, "rank")->value))
            worst = s;
    return worst;
}
