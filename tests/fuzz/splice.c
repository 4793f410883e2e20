/* fuzz/splice: any bytes that are taken for a plan, changed in places and ways that the bytes themselves choose. What the splice makes is
 * taken as well, and is the plan with that change. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/splice.h"

enum { LARGEST = 1 << 17, CHANGES = 24 };

static const mu_node *nth(const mu_node *n, uint32_t *left)
{
    if ((*left)-- == 0)
        return n;
    for (const mu_node *c = n->first; c; c = c->next) {
        const mu_node *found = nth(c, left);
        if (found)
            return found;
    }
    return NULL;
}

static void say(mu_buf *out, const mu_node *n, const mu_node *but, const char *instead)
{
    if (n == but) {
        mu_buf_printf(out, "%s%s", n->key ? n->key : "", instead);
        return;
    }
    mu_buf_printf(out, "%s%c", n->key ? n->key : "", "sla"[n->kind]);
    mu_buf_add(out, n->text, strlen(n->text));
    for (const mu_node *c = n->first; c; c = c->next)
        say(out, c, but, instead);
    mu_buf_puts(out, ";");
}

static void must_be(const mu_splice *s, const char *wanted)
{
    size_t len;
    const char *made = mu_splice_text(s, "plan.yaml", &len);
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("plan.yaml", made, len, diags);
    mu_buf got = {0};
    if (mu_diags_count(diags, MU_ERROR) == 0)
        say(&got, mu_tree_root(tree), NULL, NULL);
    if (!got.text || strcmp(got.text, wanted) != 0) {
        fprintf(stderr, "made:\n%s\nwanted: %s\n   got: %s\n", made, wanted, got.text ? got.text : "errors");
        abort();
    }
    mu_buf_free(&got);
    mu_tree_free(tree);
    mu_diags_free(diags);
}

static void change(const mu_tree *tree, uint32_t chance)
{
    mu_arena *arena = mu_arena_new();
    mu_splice *s = mu_splice_new(tree, arena);
    uint32_t left = chance / 8 % (uint32_t)mu_tree_nodes(tree);
    const mu_node *n = nth(mu_tree_root(tree), &left);
    mu_buf wanted = {0};
    const char *word = chance % 2 ? "it's, so: # [x" : "word";
    bool set = n && n->parent && chance % 8 < 5, asked = false;
    if (set) {
        asked = mu_splice_set(s, n, mu_fresh_text(arena, word));
        say(&wanted, mu_tree_root(tree), n, mu_format(arena, "s%s;", word));
    } else if (n && n->parent && n->parent->count > 1) {
        asked = mu_splice_move(s, n, NULL) && mu_splice_note(s, n->parent->parent ? n->parent : n, "TODO(muster): x\n  y");
        mu_node *parent = n->parent, *old_last = parent->first, *before = NULL;
        while (old_last->next)
            old_last = old_last->next;
        for (mu_node *c = parent->first; c != n; c = c->next)
            before = c;
        if (n != old_last) { /* the tree as it will be, and back */
            mu_node *self = (mu_node *)(uintptr_t)n, *next = n->next;
            *(before ? &before->next : &parent->first) = next;
            old_last->next = self;
            self->next = NULL;
            say(&wanted, mu_tree_root(tree), NULL, NULL);
            old_last->next = NULL;
            self->next = next;
            *(before ? &before->next : &parent->first) = self;
        } else {
            say(&wanted, mu_tree_root(tree), NULL, NULL);
        }
    }
    if (asked && mu_splice_make(s))
        must_be(s, wanted.text);
    mu_buf_free(&wanted);
    mu_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = len <= LARGEST ? mu_tree_read_bytes("plan.yaml", (const char *)bytes, len, diags) : NULL;
    if (tree && mu_diags_count(diags, MU_ERROR) == 0 && mu_tree_whole(tree)) {
        uint32_t chance = 2166136261u;
        for (size_t i = 0; i < len; i++)
            chance = (chance ^ bytes[i]) * 16777619u;
        for (int i = 0; i < CHANGES; i++, chance = chance * 1664525u + 1013904223u)
            change(tree, chance >> 4);
    }
    mu_tree_free(tree);
    mu_diags_free(diags);
    return 0;
}
