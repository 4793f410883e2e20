/* The files of a tree, and the hash over them. */
#include "plan/tree_parts.h"

#include <string.h>

mu_tree *mu_tree_seal(mu_tree *tree)
{
    unsigned char hash[32];
    crypto_generichash_final(tree->hash, hash, sizeof hash);
    sodium_bin2hex(tree->hex, sizeof tree->hex, hash, sizeof hash);
    return tree;
}

void mu_tree_attach(mu_tree *tree, const char *name, const char *bytes, size_t len)
{
    crypto_generichash_state state;
    unsigned char hash[32];
    for (size_t i = 0; i < tree->attached_count; i++)
        if (strcmp(tree->attached[i], name) == 0)
            return;
    const char **list = mu_alloc(tree->arena, (tree->attached_count + 1) * sizeof *list);
    if (tree->attached_count)
        memcpy(list, tree->attached, tree->attached_count * sizeof *list);
    list[tree->attached_count++] = name;
    tree->attached = list;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)tree->hex, sizeof tree->hex); /* with its NUL: no name runs into it */
    crypto_generichash_update(&state, (const unsigned char *)name, strlen(name) + 1);
    crypto_generichash_update(&state, (const unsigned char *)bytes, len);
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(tree->hex, sizeof tree->hex, hash, sizeof hash);
}

const char *mu_tree_attached(const mu_tree *tree, size_t i)
{
    return i < tree->attached_count ? tree->attached[i] : NULL;
}

const char *mu_tree_source(const mu_tree *tree, const char *file, size_t *len)
{
    const kept_file *f = tree->files;
    while (f && strcmp(f->name, file) != 0)
        f = f->before;
    *len = f ? f->len : 0;
    return f ? f->bytes : NULL;
}

const char *mu_tree_file(const mu_tree *tree, size_t i)
{
    size_t count = 0;
    for (const kept_file *f = tree->files; f; f = f->before)
        count++;
    const kept_file *f = tree->files;
    for (size_t k = count; f && k > i + 1; k--)
        f = f->before;
    return i < count ? f->name : NULL;
}

const char *mu_tree_hash(const mu_tree *tree)
{
    return tree->hex;
}
