#include "journal/symbols.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

typedef struct entry {
    const char *text;
    size_t len;
    uint64_t hash;
} entry;

struct mu_symbols {
    mu_arena *arena;
    entry *list;
    size_t count, room;
    uint32_t *table; /* index + 1 */
    size_t size;
};

/* Not for strangers to choose: texts from people are few, and every one of them was typed. */
static uint64_t hash_of(const char *s, size_t len)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ len;
    for (size_t i = 0; i < len; i++) {
        h = (h ^ (unsigned char)s[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

static size_t slot(const mu_symbols *s, const char *text, size_t len, uint64_t hash)
{
    size_t i = (size_t)hash & (s->size - 1);
    while (s->table[i]) {
        const entry *e = &s->list[s->table[i] - 1];
        if (e->hash == hash && e->len == len && memcmp(e->text, text, len) == 0)
            break;
        i = (i + 1) & (s->size - 1);
    }
    return i;
}

static void grow(mu_symbols *s)
{
    s->size = s->size ? s->size * 2 : 1024;
    s->table = mu_grow(s->table, s->size * sizeof *s->table);
    memset(s->table, 0, s->size * sizeof *s->table);
    for (size_t i = 0; i < s->count; i++)
        s->table[slot(s, s->list[i].text, s->list[i].len, s->list[i].hash)] = (uint32_t)i + 1;
}

mu_symbols *mu_symbols_new(void)
{
    mu_symbols *s = mu_grow(NULL, sizeof *s);
    *s = (mu_symbols){.arena = mu_arena_new()};
    grow(s);
    MU_CHECK(mu_symbol_n(s, "", 0) == 0);
    return s;
}

void mu_symbols_free(mu_symbols *s)
{
    if (!s)
        return;
    mu_arena_free(s->arena);
    free(s->list);
    free(s->table);
    free(s);
}

int64_t mu_symbol_n(mu_symbols *s, const char *bytes, size_t len)
{
    uint64_t hash = hash_of(bytes, len);
    size_t i = slot(s, bytes, len, hash);
    if (s->table[i])
        return (int64_t)s->table[i] - 1;
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 512;
        s->list = mu_grow(s->list, s->room * sizeof *s->list);
    }
    s->list[s->count++] = (entry){mu_copy(s->arena, bytes, len), len, hash};
    if (s->count * 2 > s->size)
        grow(s);
    else
        s->table[i] = (uint32_t)s->count;
    return (int64_t)s->count - 1;
}

int64_t mu_symbol(mu_symbols *s, const char *text)
{
    return text ? mu_symbol_n(s, text, strlen(text)) : 0;
}

const char *mu_symbol_text(const mu_symbols *s, int64_t symbol)
{
    MU_CHECK(symbol >= 0 && (size_t)symbol < s->count);
    return s->list[symbol].text;
}

size_t mu_symbol_count(const mu_symbols *s)
{
    return s->count;
}
