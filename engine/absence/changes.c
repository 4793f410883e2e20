/* Changes that could mend a plan, as elements that are absent until they are made. */
#include <string.h>

#include "absence/build.h"

static const char *const words[MU_CHANGE_KINDS] = {"deputy", "access", "account", "authority", "way", "sooner"};

const char *mu_change_word(mu_change_kind kind)
{
    return words[kind];
}

bool mu_may_change(const mu_build *b)
{
    return b->options.offer || b->options.made_count;
}

bool mu_is_one_of(const char *id, const char *const *ids, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(ids[i], id) == 0)
            return true;
    return false;
}

/* The line that would change. */
static mu_mark line_of(mu_change_kind kind, const mu_node *to, const mu_node *what)
{
    static const char *const keys[][3] = {[MU_ADD_DEPUTY] = {"holders", "pool", "rotation"}, [MU_ADD_ACCESS] = {"access"}, [MU_ADD_ACCOUNT] = {"portal"},
                                          [MU_ADD_AUTHORITY] = {"authority"}, [MU_ADD_WAY] = {"reach"}, [MU_SHORTEN] = {NULL}};
    if (kind == MU_SHORTEN)
        return mu_place(what);
    for (size_t i = 0; i < 3 && keys[kind][i]; i++)
        if (mu_get(to, keys[kind][i]))
            return mu_place(mu_get(to, keys[kind][i]));
    return mu_place(to);
}

static const char *text_of(const mu_build *b, mu_change_kind kind, const mu_node *to, const mu_node *what, const char *word)
{
    const char *name = mu_called_of(b, to);
    switch (kind) {
    case MU_ADD_DEPUTY: return MU_TELL(b, "%s follows as %s", mu_called_of(b, what), name);
    case MU_ADD_ACCESS: return MU_TELL(b, "%s gets access to %s", name, mu_words_of(b, what->key));
    case MU_ADD_ACCOUNT: return MU_TELL(b, "%s gets an account at %s", mu_called_of(b, what), name);
    case MU_ADD_AUTHORITY: return MU_TELL(b, "%s gets the authority %s", name, word);
    case MU_ADD_WAY: return MU_TELL(b, "%s can be reached by %s as well", name, mu_words_of(b, what->key));
    default: return MU_TELL(b, "the ladder %s comes to this step before the time to acknowledge is over", mu_words_of(b, to->key));
    }
}

static mu_change *known(const mu_build *b, const char *id)
{
    for (int i = 0; i < b->needs->change_count; i++)
        if (strcmp(b->needs->changes[i].id, id) == 0)
            return &b->needs->changes[i];
    return NULL;
}

static mu_change *offered(mu_build *b)
{
    mu_needs *all = b->needs;
    if ((size_t)all->change_count == b->change_room) {
        b->change_room = b->change_room ? b->change_room * 2 : 64;
        mu_change *list = mu_alloc(b->arena, b->change_room * sizeof *list);
        if (all->change_count)
            memcpy(list, all->changes, (size_t)all->change_count * sizeof *list);
        all->changes = list;
    }
    return &all->changes[all->change_count++];
}

mu_gate mu_unmade(mu_build *b, mu_change_kind kind, const mu_node *to, const mu_node *what, const char *word)
{
    const char *other = word ? word : what->key;
    const char *id = kind == MU_SHORTEN ? MU_TELL(b, "%s:%s/%d", words[kind], to->key, what->at.line) : MU_TELL(b, "%s:%s+%s", words[kind], to->key, other);
    if (mu_is_one_of(id, b->options.made, b->options.made_count))
        return MU_HOLDS;
    if (!b->options.offer || mu_is_one_of(id, b->options.barred, b->options.barred_count))
        return MU_FAILS;
    mu_change *c = known(b, id);
    if (!c) {
        mu_gate gate = mu_gate_element(b->s);
        c = offered(b);
        *c = (mu_change){kind, id, text_of(b, kind, to, what, word), to, what, word, line_of(kind, to, what), b->s->gates[gate].least};
    }
    return b->s->element_gates[c->element];
}

const mu_house *mu_house_with(const mu_build *b, const mu_house *h)
{
    mu_house *with = mu_alloc(b->arena, sizeof *with);
    mu_follower *list = mu_alloc(b->arena, ((size_t)b->options.made_count + 1) * sizeof *list);
    const size_t word = strlen("deputy:");
    *with = *h;
    with->followers = list;
    for (int i = 0; i < b->options.made_count; i++) {
        const char *id = b->options.made[i] + word, *plus = strchr(id, '+');
        if (strncmp(b->options.made[i], "deputy:", word) != 0 || !plus)
            continue;
        const mu_node *role = mu_get(mu_get(h->judge.root, "roles"), mu_copy(b->arena, id, (size_t)(plus - id)));
        list[with->follower_count++] = (mu_follower){role, mu_member_of(h, mu_get(mu_get(h->judge.root, "people"), plus + 1))};
    }
    return with;
}
