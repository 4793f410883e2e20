#include "plan/same.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/text.h"

/* Those whose ids nothing in the other list has, by what they say; of several that say the same, one behind the other. */
typedef struct left {
    mu_index words;
    size_t *first, *next;
} left;

static const char *words_of(const mu_said *s, mu_arena *arena)
{
    return mu_format(arena, "%s\n%s\n%s", s->gap, s->subject, s->text);
}

static left left_of(const mu_said *own, size_t count, const mu_said *other, size_t others, mu_arena *arena)
{
    mu_index ids = {0}, seen = {0};
    left l = {.first = mu_alloc(arena, (others + 1) * sizeof *l.first), .next = mu_alloc(arena, (others + 1) * sizeof *l.next)};
    for (size_t i = 0; i < count; i++)
        (void)mu_index_put(&ids, own[i].id);
    for (size_t k = others; k-- > 0;) { /* from behind, so that the first stands first */
        size_t known = seen.count;
        if (!other[k].gap || mu_index_find(&ids, other[k].id) < ids.count || mu_index_put(&seen, other[k].id) < known)
            continue;
        size_t before = l.words.count, word = mu_index_put(&l.words, words_of(&other[k], arena));
        l.next[k] = word == before ? SIZE_MAX : l.first[word];
        l.first[word] = k;
    }
    mu_index_free(&ids);
    mu_index_free(&seen);
    return l;
}

static size_t take(left *l, const mu_said *s, mu_arena *arena)
{
    size_t word = s->gap && l->words.count ? mu_index_find(&l->words, words_of(s, arena)) : l->words.count;
    size_t k = word < l->words.count ? l->first[word] : SIZE_MAX;
    if (k != SIZE_MAX)
        l->first[word] = l->next[k];
    return k;
}

void mu_same_gaps(const mu_said *own, size_t count, const mu_said *other, size_t others, size_t *which)
{
    mu_arena *arena = mu_arena_new();
    mu_index ids = {0};
    size_t *place = mu_alloc(arena, (others + 1) * sizeof *place);
    left l = left_of(own, count, other, others, arena);
    for (size_t k = 0; k < others; k++) {
        size_t before = ids.count, id = mu_index_put(&ids, other[k].id);
        place[id] = id == before ? k : place[id];
    }
    for (size_t i = 0; i < count; i++) {
        size_t id = mu_index_find(&ids, own[i].id);
        which[i] = id < ids.count ? place[id] : take(&l, &own[i], arena);
    }
    mu_index_free(&ids);
    mu_index_free(&l.words);
    mu_arena_free(arena);
}
