#include "amend/tried.h"

#include <stdlib.h>
#include <string.h>

#include "plan/codes.h"
#include "plan/schema.h"

/* ---- sets of findings ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **mu_ids_of(const mu_findings *f, mu_arena *arena)
{
    const char **ids = mu_alloc(arena, (f->count + 1) * sizeof *ids);
    for (size_t i = 0; i < f->count; i++)
        ids[i] = mu_copy(arena, f->list[i].id, strlen(f->list[i].id));
    qsort((void *)ids, f->count, sizeof *ids, by_text);
    return ids;
}

bool mu_among(const char *id, const char **ids, size_t count)
{
    return bsearch((const void *)&id, (const void *)ids, count, sizeof *ids, by_text) != NULL;
}

static const char *copy(mu_arena *arena, const char *text)
{
    return text ? mu_copy(arena, text, strlen(text)) : NULL;
}

/* What outlives the judgement: who reads it needs no more. */
mu_finding mu_brief(const mu_finding *f, mu_arena *arena)
{
    mu_finding b = {.gap = f->gap, .weight = f->weight, .at = f->at};
    b.subject = copy(arena, f->subject);
    b.text = copy(arena, f->text);
    b.id = copy(arena, f->id);
    b.at.file = copy(arena, f->at.file);
    return b;
}

const mu_finding *mu_not_among(const mu_findings *f, const char **ids, size_t id_count, size_t *count, mu_arena *arena)
{
    mu_finding *list = mu_alloc(arena, (f->count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < f->count; i++)
        if (!mu_among(f->list[i].id, ids, id_count))
            list[(*count)++] = mu_brief(&f->list[i], arena);
    return list;
}

/* ---- the plan with the changes ---- */

static mu_tree *changed(const mu_tree *plan, const mu_splice *splice, mu_diags *diags)
{
    mu_tree *tree = mu_tree_new();
    const char *name;
    for (size_t i = 0; (name = mu_tree_file(plan, i)); i++) {
        size_t len;
        const char *text = mu_splice_text(splice, name, &len);
        mu_tree_add(tree, name, text, len, diags);
    }
    mu_tree_seal(tree);
    if (mu_tree_whole(tree))
        mu_schema_read(tree, diags);
    return tree;
}

/* A name that nothing answers is a gap, and compared as such; anything else is a mistake. */
static const char *mistake(mu_diags *diags)
{
    const mu_diag *list;
    size_t count = mu_diags_list(diags, &list);
    for (size_t i = 0; i < count; i++)
        if (list[i].level == MU_ERROR && list[i].code != MU_CODE_DANGLING)
            return list[i].text;
    return NULL;
}

bool mu_try(const mu_tree *plan, mu_splice *splice, const mu_prover *prover, mu_tried *j, const char **why, mu_arena *arena)
{
    if (!mu_splice_make(splice)) {
        *why = mu_splice_why(splice);
        return false;
    }
    j->diags = mu_diags_new();
    j->tree = changed(plan, splice, j->diags);
    const char *wrong = mistake(j->diags);
    if (wrong)
        *why = mu_format(arena, "the plan cannot be read with it: %s", wrong);
    bool ok = !wrong && prover->judge(prover->self, j->tree, j->arena, &j->found, why);
    if (!ok && !wrong)
        *why = copy(arena, *why);
    return ok;
}

void mu_tried_free(mu_tried *j)
{
    mu_tree_free(j->tree);
    if (j->diags)
        mu_diags_free(j->diags);
    mu_arena_free(j->arena);
}
