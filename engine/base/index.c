#include "base/index.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static uint32_t hash_of(const char *word)
{
    static const unsigned char secret[crypto_shorthash_KEYBYTES] = "muster index";
    unsigned char out[crypto_shorthash_BYTES];
    uint32_t hash;
    crypto_shorthash(out, (const unsigned char *)word, strlen(word), secret);
    memcpy(&hash, out, sizeof hash);
    return hash;
}

/* The hash is looked at before the word, which lies somewhere else. */
static struct mu_index_slot *slot_of(const mu_index *x, const char *word, uint32_t hash)
{
    size_t i = hash & (x->size - 1);
    while (x->slots[i].at && (x->slots[i].hash != hash || strcmp(x->words[x->slots[i].at - 1], word) != 0))
        i = (i + 1) & (x->size - 1);
    return &x->slots[i];
}

static void grow(mu_index *x)
{
    struct mu_index_slot *old = x->slots;
    size_t old_size = x->size;
    x->size = x->size ? x->size * 2 : 64;
    x->words = mu_grow(x->words, x->size / 2 * sizeof *x->words);
    x->slots = mu_grow(NULL, x->size * sizeof *x->slots);
    memset(x->slots, 0, x->size * sizeof *x->slots);
    for (size_t k = 0; k < old_size; k++) {
        size_t i = old[k].hash & (x->size - 1);
        if (!old[k].at)
            continue;
        while (x->slots[i].at)
            i = (i + 1) & (x->size - 1);
        x->slots[i] = old[k];
    }
    free(old);
}

size_t mu_index_put(mu_index *x, const char *word)
{
    if (x->count * 2 >= x->size)
        grow(x);
    uint32_t hash = hash_of(word);
    struct mu_index_slot *slot = slot_of(x, word, hash);
    if (!slot->at) {
        x->words[x->count++] = word;
        *slot = (struct mu_index_slot){hash, (uint32_t)x->count};
    }
    return slot->at - 1;
}

size_t mu_index_find(const mu_index *x, const char *word)
{
    uint32_t at = x->size ? slot_of(x, word, hash_of(word))->at : 0;
    return at ? at - 1 : x->count;
}

void mu_index_free(mu_index *x)
{
    free(x->words);
    free(x->slots);
    *x = (mu_index){0};
}
