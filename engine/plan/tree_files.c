/* A tree as a whole: its files, the hash over them, and how much of them was read. */
#include "plan/tree_parts.h"

#include <string.h>

#include "base/check.h"

mu_tree *mu_tree_new(void)
{
    MU_CHECK(sodium_init() >= 0);
    mu_arena *arena = mu_arena_new();
    mu_tree *tree = mu_alloc(arena, sizeof *tree);
    tree->arena = arena;
    char *room = mu_alloc(arena, sizeof *tree->hash + 64);
    tree->hash = (void *)(room + (64 - (uintptr_t)room % 64));
    crypto_generichash_init(tree->hash, NULL, 0, 32);
    return tree;
}

void mu_tree_loosen(mu_tree *tree)
{
    tree->loose = true;
}

mu_tree *mu_tree_read_bytes(const char *name, const char *bytes, size_t len, mu_diags *diags)
{
    mu_tree *tree = mu_tree_new();
    const char *kept = mu_copy(tree->arena, name, strlen(name));
    mu_tree_add(tree, kept, mu_copy(tree->arena, bytes, len), len, diags);
    return mu_tree_seal(tree);
}

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

bool mu_tree_legible(const mu_tree *tree)
{
    return tree->root && !tree->cut;
}

bool mu_tree_took(const mu_tree *tree, const char *word)
{
    return mu_index_find(&tree->taken, word) < tree->taken.count;
}

void mu_tree_free(mu_tree *tree)
{
    if (!tree)
        return;
    mu_keys_free(&tree->keys);
    mu_index_free(&tree->taken);
    mu_arena_free(tree->arena);
}

mu_node *mu_tree_root(const mu_tree *tree)
{
    return tree->root;
}

bool mu_tree_whole(const mu_tree *tree)
{
    return tree->root && !tree->cut && !tree->part;
}

size_t mu_tree_nodes(const mu_tree *tree)
{
    return tree->nodes;
}

mu_arena *mu_tree_arena(mu_tree *tree)
{
    return tree->arena;
}
