/* fresh.h - values that are to be written into a plan, and how they are written as YAML. */
#ifndef MU_PLAN_FRESH_H
#define MU_PLAN_FRESH_H

#include <stdbool.h>

#include "plan/spots.h"

typedef struct mu_fresh {
    mu_node_kind kind;
    const char *text;  /* of a text */
    const char *key;   /* in a map */
    const char *note;  /* lines of a comment above it; NULL for none. Only above what gets lines of its own */
    int count;
    struct mu_fresh *first, *last, *next;
} mu_fresh;

/* All are owned by the arena, which keeps the texts as well. */
mu_fresh *mu_fresh_text(mu_arena *arena, const char *text);
mu_fresh *mu_fresh_list(mu_arena *arena);
mu_fresh *mu_fresh_map(mu_arena *arena);
/* Adds a child; of a map under its key, of a list with NULL. Returns the parent. */
mu_fresh *mu_fresh_add(mu_arena *arena, mu_fresh *in, const char *key, mu_fresh *child);
/* A value of the plan as a fresh one. */
mu_fresh *mu_fresh_of(mu_arena *arena, const mu_node *node);

/* A text as YAML that reads as the same text, without quotes where it may; `style` is MU_PLAIN or the quotes that are wished.
 * `flow`: it stands in brackets. */
void mu_fresh_put_text(mu_buf *out, const char *text, mu_style style, bool flow);
/* On one line, in brackets where it has parts. */
void mu_fresh_put_flow(mu_buf *out, const mu_fresh *value);
/* True where it fits on one line of a plan at this column. */
bool mu_fresh_fits(const mu_fresh *value, int column);
/* On lines of its own: each part behind `indent` blanks, deeper ones `step` more; ended by `eol`. Keys of the first level with their
 * colon are filled up to `width`, where values stand in a column. */
void mu_fresh_put_block(mu_buf *out, const mu_fresh *value, int indent, int step, int width, const char *eol);
/* A key and its colon, filled up. */
void mu_fresh_put_key(mu_buf *out, const char *key, int width, bool filled);
/* The lines of a comment. */
void mu_fresh_put_note(mu_buf *out, const char *note, int indent, const char *eol);

#endif
