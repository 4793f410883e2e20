/* spots.h - where each value of a YAML file stands in its bytes, and how it is written there. The tree (tree.h) knows lines and
 * columns, which is what a person needs; whoever changes a file needs the bytes. */
#ifndef MU_PLAN_SPOTS_H
#define MU_PLAN_SPOTS_H

#include "plan/tree.h"

typedef enum mu_style { MU_PLAIN, MU_SINGLE, MU_DOUBLE, MU_BLOCK_TEXT, MU_FLOW, MU_BLOCK, MU_ALIAS } mu_style;

/* All places are bytes from the start of the file; `to` is the first byte behind. */
typedef struct mu_spot {
    mu_node_kind kind; /* of an alias: MU_SCALAR */
    mu_style style;
    bool shared;        /* an alias stands for it somewhere */
    int count;          /* children */
    const char *key;    /* in a map: the key; else NULL */
    const char *anchor; /* its own, or the one that the alias names; NULL for none */
    size_t key_from, key_to;
    size_t begin;             /* of the entry: its key, its dash, or in brackets the value itself */
    size_t from, content, to; /* with its anchor; behind the anchor; of what is empty all three are one */
    struct mu_spot *parent, *first, *last, *next;
} mu_spot;

/* The bytes are a file that the tree took without an error; else NULL may come back, or a part. Owned by the arena. */
mu_spot *mu_spots_read(const char *bytes, size_t len, mu_arena *arena);

/* Behind blanks, ends of lines and comments. */
size_t mu_spots_skip(const char *bytes, size_t len, size_t at);

#endif
