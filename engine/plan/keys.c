#include "plan/keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(const mu_node *parent, const char *key)
{
    static const unsigned char secret[crypto_shorthash_KEYBYTES] = "muster plan key";
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t h;
    crypto_shorthash(out, (const unsigned char *)key, strlen(key), secret);
    memcpy(&h, out, sizeof h);
    h ^= (uint64_t)(uintptr_t)parent * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

/* The hash is looked at before the child, which lies somewhere else. */
static struct mu_key_slot *slot_of(const mu_keys *k, const mu_node *parent, const char *key, uint64_t hash)
{
    size_t i = (size_t)hash & (k->size - 1);
    while (k->slots[i].child && (k->slots[i].hash != hash || k->slots[i].child->parent != parent || strcmp(k->slots[i].child->key, key) != 0))
        i = (i + 1) & (k->size - 1);
    return &k->slots[i];
}

static void grow(mu_keys *k)
{
    mu_keys old = *k;
    k->size = old.size ? old.size * 2 : 256;
    k->slots = mu_grow(NULL, k->size * sizeof *k->slots);
    memset(k->slots, 0, k->size * sizeof *k->slots);
    for (size_t n = 0; n < old.size; n++) {
        size_t i = (size_t)old.slots[n].hash & (k->size - 1);
        if (!old.slots[n].child)
            continue;
        while (k->slots[i].child)
            i = (i + 1) & (k->size - 1);
        k->slots[i] = old.slots[n];
    }
    free(old.slots);
}

mu_node *mu_keys_find(const mu_keys *k, const mu_node *parent, const char *key)
{
    return k->size ? slot_of(k, parent, key, hash_of(parent, key))->child : NULL;
}

void mu_keys_put(mu_keys *k, mu_node *child)
{
    if (k->used * 2 >= k->size)
        grow(k);
    uint64_t hash = hash_of(child->parent, child->key);
    *slot_of(k, child->parent, child->key, hash) = (struct mu_key_slot){hash, child};
    k->used++;
}

void mu_keys_free(mu_keys *k)
{
    free(k->slots);
    *k = (mu_keys){0};
}
