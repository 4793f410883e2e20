/* tree_parts.h - what the two files of the tree share: reading (tree.c), and what was read as a whole (tree_files.c). */
#ifndef MU_PLAN_TREE_PARTS_H
#define MU_PLAN_TREE_PARTS_H

#include <sodium.h>

#include "base/index.h"
#include "plan/keys.h"
#include "plan/tree.h"

typedef struct kept_file {
    const char *name, *bytes;
    size_t len;
    struct kept_file *before;
} kept_file;

struct mu_tree {
    kept_file *files;
    mu_arena *arena;
    mu_node *root;
    mu_keys keys; /* of maps with more than FEW children */
    size_t nodes;
    mu_node *room; /* for further nodes */
    size_t room_count;
    bool loose; /* keys are anybody's words */
    bool cut;   /* some file was not read to its end */
    bool part;  /* of some file lines were taken out */
    mu_index taken; /* the words that stood there */
    crypto_generichash_state *hash; /* wants 64-byte alignment, which no arena promises */
    char hex[65];
    const char **attached;
    size_t attached_count;
};

#endif
