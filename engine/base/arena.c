#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

enum { BLOCK = 64 * 1024, BLOCK_MOST = 8 * 1024 * 1024 }; /* each twice the one before */

typedef struct block {
    struct block *before;
    size_t used, size;
    max_align_t data[];
} block;

struct mu_arena {
    block *top;
};

void mu_check_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "muster: internal error at %s:%d: %s\n", file, line, what);
    abort();
}

void *mu_grow(void *old, size_t size)
{
    void *grown = realloc(old, size ? size : 1);
    if (!grown) {
        fputs("muster: out of memory; what was recorded so far is on disk\n", stderr);
        exit(4);
    }
    return grown;
}

mu_arena *mu_arena_new(void)
{
    mu_arena *arena = mu_grow(NULL, sizeof *arena);
    arena->top = NULL;
    return arena;
}

void mu_arena_free(mu_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->top, *before; b; b = before) {
        before = b->before;
        free(b);
    }
    free(arena);
}

static block *block_new(size_t size, block *before)
{
    block *b = mu_grow(NULL, sizeof *b + size);
    b->before = before;
    b->used = 0;
    b->size = size;
    return b;
}

static char *take(mu_arena *arena, size_t size, size_t align)
{
    block *top = arena->top;
    MU_CHECK(size < SIZE_MAX / 2);
    size_t from = top ? (top->used + align - 1) / align * align : 0;
    if (!top || from > top->size || top->size - from < size) {
        size_t next = top ? top->size * 2 : BLOCK;
        next = next > BLOCK_MOST ? BLOCK_MOST : next;
        arena->top = top = block_new(size > next ? size : next, top);
        from = 0;
    }
    top->used = from + size;
    return (char *)top->data + from;
}

void *mu_alloc(mu_arena *arena, size_t size)
{
    return memset(take(arena, size, sizeof(max_align_t)), 0, size);
}

char *mu_copy(mu_arena *arena, const char *bytes, size_t len)
{
    char *copy = take(arena, len + 1, 1);
    if (len)
        memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}

char *mu_format(mu_arena *arena, const char *format, ...)
{
    char most[256]; /* what nearly every text fits into, so that it is made once */
    va_list once, twice;
    va_start(once, format);
    va_copy(twice, once);
    int len = vsnprintf(most, sizeof most, format, once);
    va_end(once);
    MU_CHECK(len >= 0);
    char *text = take(arena, (size_t)len + 1, 1);
    if ((size_t)len < sizeof most)
        memcpy(text, most, (size_t)len + 1);
    else
        (void)vsnprintf(text, (size_t)len + 1, format, twice);
    va_end(twice);
    return text;
}

const char *mu_span(mu_arena *arena, int64_t ms)
{
    long long minutes = (ms + 30000) / 60000;
    if (ms > 0 && ms < 60000)
        return mu_format(arena, "%lld s", (long long)ms / 1000);
    if (minutes < 90)
        return mu_format(arena, "%lld min", minutes);
    if (minutes >= 2880 && minutes < 14400 && minutes % 1440 >= 60) /* nine days are told to the hour: 71 h 59 are no two days */
        return mu_format(arena, "%lld days %lld h", minutes / 1440, minutes % 1440 / 60);
    if (minutes >= 2880)
        return mu_format(arena, "%lld days", minutes / 1440);
    return minutes % 60 ? mu_format(arena, "%lld h %02lld", minutes / 60, minutes % 60) : mu_format(arena, "%lld h", minutes / 60);
}
