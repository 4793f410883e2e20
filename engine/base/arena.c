#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/check.h"

enum { BLOCK = 64 * 1024, BLOCK_MOST = 2 * 1024 * 1024, /* each eight times the one before: what is not written to is no memory */
       PAGE = 2 * 1024 * 1024 };                        /* from here on a block is pages of the system's, large ones where it has them */

typedef struct block {
    struct block *before;
    size_t used, size;
    size_t mapped; /* bytes that the system gave, all zero; 0: of the heap */
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

static _Noreturn void out_of_memory(void)
{
    fputs("muster: out of memory; what was recorded so far is on disk\n", stderr);
    exit(4);
}

void *mu_grow(void *old, size_t size)
{
    void *grown = realloc(old, size ? size : 1);
    if (!grown)
        out_of_memory();
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
        if (b->mapped)
            munmap(b, b->mapped);
        else
            free(b);
    }
    free(arena);
}

/* Whole large pages from a border on: what is before and behind goes back. */
static block *map_block(size_t size)
{
    size_t whole = (size + PAGE - 1) / PAGE * PAGE;
    char *raw = mmap(NULL, whole + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED)
        out_of_memory();
    size_t skip = (PAGE - (uintptr_t)raw % PAGE) % PAGE;
    if (skip)
        munmap(raw, skip);
    munmap(raw + skip + whole, PAGE - skip);
    block *b = (block *)(void *)(raw + skip);
    madvise(b, whole, MADV_HUGEPAGE); /* fewer faults; without it the program runs as well */
    b->mapped = whole;
    return b;
}

/* `size` with the head. */
static block *block_new(size_t size, block *before)
{
    block *b = size < PAGE ? mu_grow(NULL, size) : map_block(size);
    if (size < PAGE)
        b->mapped = 0;
    b->size = (b->mapped ? b->mapped : size) - sizeof *b;
    b->before = before;
    b->used = 0;
    return b;
}

/* `align` is a power of two. */
static char *take(mu_arena *arena, size_t size, size_t align)
{
    block *top = arena->top;
    MU_CHECK(size < SIZE_MAX / 2);
    size_t from = top ? (top->used + align - 1) & ~(align - 1) : 0;
    if (!top || from > top->size || top->size - from < size) {
        size_t next = top ? (top->size + sizeof *top) * 8 : BLOCK;
        next = next > BLOCK_MOST ? BLOCK_MOST : next;
        arena->top = top = block_new(size + sizeof *top > next ? size + sizeof *top : next, top);
        from = 0;
    }
    top->used = from + size;
    return (char *)top->data + from;
}

void *mu_alloc(mu_arena *arena, size_t size)
{
    void *room = take(arena, size, sizeof(max_align_t));
    return arena->top->mapped ? room : memset(room, 0, size);
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
