#include "base/index.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static uint32_t *slot_of(const mu_index *x, const char *word)
{
    static const unsigned char secret[crypto_shorthash_KEYBYTES] = "muster index";
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t h;
    crypto_shorthash(out, (const unsigned char *)word, strlen(word), secret);
    memcpy(&h, out, sizeof h);
    size_t i = (size_t)h & (x->size - 1);
    while (x->slots[i] && strcmp(x->words[x->slots[i] - 1], word) != 0)
        i = (i + 1) & (x->size - 1);
    return &x->slots[i];
}

static void grow(mu_index *x)
{
    x->size = x->size ? x->size * 2 : 64;
    x->words = mu_grow(x->words, x->size / 2 * sizeof *x->words);
    x->slots = mu_grow(x->slots, x->size * sizeof *x->slots);
    memset(x->slots, 0, x->size * sizeof *x->slots);
    for (size_t i = 0; i < x->count; i++)
        *slot_of(x, x->words[i]) = (uint32_t)i + 1;
}

size_t mu_index_put(mu_index *x, const char *word)
{
    if (x->count * 2 >= x->size)
        grow(x);
    uint32_t *slot = slot_of(x, word);
    if (!*slot) {
        x->words[x->count++] = word;
        *slot = (uint32_t)x->count;
    }
    return *slot - 1;
}

size_t mu_index_find(const mu_index *x, const char *word)
{
    uint32_t slot = x->size ? *slot_of(x, word) : 0;
    return slot ? slot - 1 : x->count;
}

void mu_index_free(mu_index *x)
{
    free(x->words);
    free(x->slots);
    *x = (mu_index){0};
}
