/* arena.h - memory by lifetime: what belongs to one plan, one scenario or one run is freed with it, at once.
 * Running out of memory ends the program with a message; no caller checks for NULL. */
#ifndef MU_BASE_ARENA_H
#define MU_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct mu_arena mu_arena;

mu_arena *mu_arena_new(void);
void mu_arena_free(mu_arena *arena);

/* Zeroed memory, aligned for any type, owned by the arena. */
void *mu_alloc(mu_arena *arena, size_t size);
/* A copy of `len` bytes with a NUL behind it, owned by the arena. */
char *mu_copy(mu_arena *arena, const char *bytes, size_t len);
/* A formatted string, owned by the arena. */
char *mu_format(mu_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Milliseconds as a person says them: "40 s", "23 min", "1 h 55", "2 days 23 h", "30 days"; to the nearest minute, from two days on
 * rounded down to the hour, from ten to the day. */
const char *mu_span(mu_arena *arena, int64_t ms);

/* `realloc` that ends the program rather than fail; for the few buffers that grow. */
void *mu_grow(void *block, size_t size);

#endif
