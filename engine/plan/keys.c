#include "plan/keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static mu_node **slot_of(const mu_keys *k, const mu_node *parent, const char *key)
{
    static const unsigned char secret[crypto_shorthash_KEYBYTES] = "muster plan key";
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t h;
    crypto_shorthash(out, (const unsigned char *)key, strlen(key), secret);
    memcpy(&h, out, sizeof h);
    h ^= (uint64_t)(uintptr_t)parent * 0x9e3779b97f4a7c15u;
    size_t i = (size_t)(h ^ h >> 29) & (k->size - 1);
    while (k->slots[i] && (k->slots[i]->parent != parent || strcmp(k->slots[i]->key, key) != 0))
        i = (i + 1) & (k->size - 1);
    return &k->slots[i];
}

static void grow(mu_keys *k)
{
    mu_keys old = *k;
    k->size = old.size ? old.size * 2 : 256;
    k->slots = mu_grow(NULL, k->size * sizeof *k->slots);
    memset(k->slots, 0, k->size * sizeof *k->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i])
            *slot_of(k, old.slots[i]->parent, old.slots[i]->key) = old.slots[i];
    free(old.slots);
}

mu_node *mu_keys_find(const mu_keys *k, const mu_node *parent, const char *key)
{
    return k->size ? *slot_of(k, parent, key) : NULL;
}

void mu_keys_put(mu_keys *k, mu_node *child)
{
    if (k->used * 2 >= k->size)
        grow(k);
    *slot_of(k, child->parent, child->key) = child;
    k->used++;
}

void mu_keys_free(mu_keys *k)
{
    free(k->slots);
    *k = (mu_keys){0};
}
