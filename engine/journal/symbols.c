#include "journal/symbols.h"

#include <stdio.h>
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
    struct { int64_t *list; int64_t count; } counted[MU_COUNTED]; /* symbols of texts that were asked for, 0 not yet */
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
    for (int i = 0; i < MU_COUNTED; i++)
        free(s->counted[i].list);
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

static const char *counted_text(mu_symbols *s, int64_t code)
{
    static const char *const words[MU_COUNTED] = {"prompt", "message", "task", "consult", "decide", "ladder", "engage"};
    int64_t what = code % 8, number = code / 8, room = s->counted[what].count;
    MU_CHECK(what < MU_COUNTED);
    if (number >= room) {
        int64_t more = number * 2 + 64;
        s->counted[what].list = mu_grow(s->counted[what].list, (size_t)more * sizeof(int64_t));
        memset(s->counted[what].list + room, 0, (size_t)(more - room) * sizeof(int64_t));
        s->counted[what].count = more;
    }
    int64_t *symbol = &s->counted[what].list[number];
    if (*symbol == 0) {
        char text[48];
        int n = snprintf(text, sizeof text, "%s:%lld", words[what], (long long)number);
        *symbol = mu_symbol_n(s, text, (size_t)n);
    }
    return s->list[*symbol].text;
}

const char *mu_symbol_text(const mu_symbols *s, int64_t symbol)
{
    if (symbol < 0)
        return counted_text((mu_symbols *)(uintptr_t)s, -symbol - 1); /* only its store of texts grows */
    MU_CHECK(symbol >= 0 && (size_t)symbol < s->count);
    return s->list[symbol].text;
}

size_t mu_symbol_count(const mu_symbols *s)
{
    return s->count;
}

int64_t mu_number_in(const char *name, const char *kind)
{
    size_t len = strlen(kind);
    char *end;
    if (strncmp(name, kind, len) != 0 || name[len] != ':' || name[len + 1] < '0' || name[len + 1] > '9')
        return -1;
    long long n = strtoll(name + len + 1, &end, 10);
    return *end || n > INT32_MAX ? -1 : n;
}
