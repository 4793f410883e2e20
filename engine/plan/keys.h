/* keys.h - finds the child of a large map by its key, whoever chose the keys. */
#ifndef MU_PLAN_KEYS_H
#define MU_PLAN_KEYS_H

#include "plan/tree.h"

/* Start with {0}; free with mu_keys_free. */
typedef struct mu_keys {
    struct mu_key_slot { uint64_t hash; mu_node *child; } *slots;
    size_t size, used;
} mu_keys;

/* The child that was put in, or NULL. */
mu_node *mu_keys_find(const mu_keys *keys, const mu_node *parent, const char *key);
/* By its parent and its key, which was not there. */
void mu_keys_put(mu_keys *keys, mu_node *child);
void mu_keys_free(mu_keys *keys);

#endif
