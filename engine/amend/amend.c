#include "amend/amend.h"

#include <stdlib.h>
#include <string.h>

#include "amend/tried.h"
#include "amend/ways.h"
#include "plan/questions.h"

enum { COLUMNS = 100 };

typedef struct work {
    mu_amendment *a;
    mu_judge judge;
    const mu_prover *prover;
    mu_arena *arena;
    const char **open; /* ids of what is still there, sorted */
    size_t open_count;
    const mu_finding *there; /* the same, with what is said of each now; NULL as long as nothing is changed */
} work;

/* ---- how it is judged ---- */

bool mu_prove_on_paper(void *self, mu_tree *plan, mu_arena *arena, mu_findings *found, const char **why)
{
    static const mu_scenes none = {NULL, 0};
    (void)why;
    *found = mu_judge_paper(plan, &none, *(const int64_t *)self, arena);
    return true;
}

/* ---- one change ---- */

static const char *opens_words(const mu_finding *list, size_t count, mu_arena *arena)
{
    const char *words = mu_format(arena, "it would open %s: %s", list[0].gap->id, list[0].text);
    return count > 1 ? mu_format(arena, "%s (and %zu more)", words, count - 1) : words;
}

static const mu_finding *briefs(const mu_findings *f, mu_arena *arena)
{
    mu_finding *list = mu_alloc(arena, (f->count + 1) * sizeof *list);
    for (size_t i = 0; i < f->count; i++)
        list[i] = mu_brief(&f->list[i], arena);
    return list;
}

/* Kept where its gap is gone and no other one is there. */
static bool holds(work *w, mu_amended *a)
{
    mu_tried j = {.arena = mu_arena_new()};
    bool ok = mu_try(w->a->plan, w->a->splice, w->prover, &j, &a->why, w->arena);
    if (ok) {
        a->opens = mu_not_among(&j.found, w->open, w->open_count, &a->open_count, w->arena);
        const char **now = mu_ids_of(&j.found, w->arena);
        if (a->open_count)
            a->why = opens_words(a->opens, a->open_count, w->arena);
        else if (mu_among(a->finding->id, now, j.found.count))
            a->why = "the gap would still be there";
        ok = !a->open_count && !a->why;
        if (ok) {
            w->open = now;
            w->open_count = j.found.count;
            w->there = briefs(&j.found, w->arena);
        }
    }
    mu_tried_free(&j);
    return ok;
}

static bool write_it(work *w, mu_amended *a, const mu_mending *row)
{
    mu_mender m = {.judge = &w->judge, .splice = w->a->splice};
    size_t mark = mu_splice_mark(m.splice);
    mu_splice_back(m.splice, mark); /* and no reason of an earlier refusal */
    bool some = row->write(&m, a->finding), ok = some && holds(w, a);
    a->why = some ? a->why : m.from ? mu_splice_why(m.splice) : NULL;
    a->from = ok ? m.from : NULL;
    if (!ok)
        mu_splice_back(m.splice, mark);
    return ok;
}

/* In lines of a comment, of which the further ones stand deeper. */
static const char *in_lines(const char *text, mu_arena *arena)
{
    mu_buf out = {0};
    size_t column = 0;
    for (const char *p = text; *p;) {
        size_t word = strcspn(p, " ");
        if (column && column + word + 1 > COLUMNS) {
            mu_buf_puts(&out, "\n ");
            column = 1;
        }
        mu_buf_puts(&out, column ? " " : "");
        mu_buf_add(&out, p, word);
        column += word + 1;
        p += word;
        p += strspn(p, " ");
    }
    return mu_buf_into(&out, arena);
}

static const char *question_of(const char *gap, const char *text, const mu_mending *row, mu_arena *arena)
{
    mu_buf out = {0};
    mu_buf_printf(&out, MU_QUESTION " %s ", gap);
    mu_buf_safe(&out, text, strlen(text), 300);
    mu_buf_printf(&out, ". %s", row->ask);
    const char *lines = in_lines(out.text, arena);
    mu_buf_free(&out);
    return lines;
}

/* Its first line stands in the file already. */
static bool asked_before(const mu_tree *plan, const char *file, const char *question)
{
    size_t len, n = strcspn(question, "\n");
    const char *bytes = mu_tree_source(plan, file, &len);
    for (const char *p = bytes, *end = bytes + len; p && (p = memchr(p, '#', (size_t)(end - p))) != NULL; p++) /* comments only */
        if ((size_t)(end - p) >= n + 2 && memcmp(p + 2, question, n) == 0)
            return true;
    return false;
}

/* What is wrong by now: a change for another gap may have mended half of it. */
static const char *text_of(const work *w, const mu_finding *f)
{
    for (size_t i = 0; w->there && i < w->open_count; i++)
        if (strcmp(w->there[i].id, f->id) == 0)
            return w->there[i].text;
    return f->text;
}

static mu_fate ask(work *w, mu_amended *a, const mu_mending *row)
{
    const mu_node *node = mu_node_at(w->judge.root, &a->finding->at);
    if (!row->ask || !node)
        return MU_FATE_PEOPLE;
    const char *lines = question_of(a->finding->gap->id, text_of(w, a->finding), row, w->arena);
    a->question = row->ask;
    if (asked_before(w->a->plan, a->finding->at.file, lines))
        return MU_FATE_OPEN;
    return mu_splice_note(w->a->splice, node, lines) ? MU_FATE_ASKED : MU_FATE_PEOPLE;
}

/* All that can be written, one after another. Then the questions, of what is left. */
static void write_all(work *w, const bool *chosen)
{
    for (size_t i = 0; i < w->a->count; i++) {
        mu_amended *a = &w->a->list[i];
        const mu_mending *row = mu_mending_of(a->finding->gap->id);
        bool wanted = (!chosen || chosen[i]) && !a->finding->suppressed;
        a->asks = mu_splice_mark(w->a->splice);
        a->fate = wanted && row->write && mu_among(a->finding->id, w->open, w->open_count) && write_it(w, a, row) ? MU_FATE_WRITTEN : MU_FATE_PEOPLE;
        a->asks_end = mu_splice_mark(w->a->splice);
    }
}

static void ask_all(work *w, const bool *chosen)
{
    for (size_t i = 0; i < w->a->count; i++) {
        mu_amended *a = &w->a->list[i];
        if (a->fate == MU_FATE_WRITTEN)
            continue;
        a->asks = mu_splice_mark(w->a->splice);
        if (!mu_among(a->finding->id, w->open, w->open_count))
            a->fate = MU_FATE_ALONG;
        else if (chosen && !chosen[i])
            a->fate = MU_FATE_UNCHOSEN;
        else
            a->fate = a->finding->suppressed ? MU_FATE_ACCEPTED : ask(w, a, mu_mending_of(a->finding->gap->id));
        a->asks_end = mu_splice_mark(w->a->splice);
    }
}

/* Once more with all of it, questions as well. */
static void judge_whole(work *w)
{
    mu_amendment *a = w->a;
    const char **ids = mu_ids_of(&a->before, w->arena);
    mu_tried j = {.arena = mu_arena_new()};
    if (mu_try(a->plan, a->splice, w->prover, &j, &a->unproved, w->arena)) {
        a->after = (mu_findings){.list = (mu_finding *)briefs(&j.found, w->arena), .count = j.found.count};
        a->opened = mu_not_among(&j.found, ids, a->before.count, &a->opened_count, w->arena);
    }
    mu_tried_free(&j);
}

mu_amendment mu_amend(const mu_tree *plan, const mu_findings *before, const bool *chosen, int64_t now, const mu_prover *prover, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    mu_amendment a = {.plan = plan, .splice = mu_splice_new(plan, arena), .before = *before, .count = before->count};
    work w = {.a = &a, .judge = {.root = mu_tree_root(plan), .scenes = &none, .now = now, .arena = arena, .orders = mu_orders_new(arena)}, .prover = prover, .arena = arena};
    w.open = mu_ids_of(before, arena);
    w.open_count = before->count;
    a.list = mu_alloc(arena, (a.count + 1) * sizeof *a.list);
    for (size_t i = 0; i < a.count; i++)
        a.list[i].finding = &before->list[i];
    write_all(&w, chosen);
    ask_all(&w, chosen);
    judge_whole(&w);
    for (size_t i = 0; i < a.count; i++)
        a.fates[a.list[i].fate]++;
    return a;
}

/* ---- one gap alone ---- */

/* Each patch costs a judgement of the plan, which takes as long as the plan has values. */
enum { WORK_MOST = 3000000 };

static size_t writable(const mu_findings *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++)
        n += mu_mending_of(f->list[i].gap->id)->write != NULL;
    return n;
}

static const char *patch_of(work *w, const mu_finding *f, mu_file_name *name, const void *self)
{
    mu_amended one = {.finding = f};
    const char **open = w->open;
    size_t open_count = w->open_count;
    if (!write_it(w, &one, mu_mending_of(f->gap->id)))
        return NULL;
    one.fate = MU_FATE_WRITTEN;
    one.asks_end = mu_splice_mark(w->a->splice);
    w->a->list = &one;
    w->a->count = 1;
    mu_buf out = {0};
    mu_amend_hunks(&out, w->a, name, self, w->arena);
    const char *patch = mu_buf_into(&out, w->arena);
    mu_splice_back(w->a->splice, 0);
    w->open = open;
    w->open_count = open_count;
    return patch;
}

static void open_before(work *w, const mu_findings *before)
{
    w->open = mu_ids_of(before, w->arena);
    w->open_count = before->count;
}

void mu_patches(const mu_tree *plan, mu_findings *findings, const mu_findings *before, int64_t now, mu_file_name *name, const void *self, mu_arena *arena)
{
    static const mu_scenes none = {NULL, 0};
    size_t count = writable(findings);
    if (count == 0 || mu_tree_nodes(plan) * count > WORK_MOST)
        return;
    mu_amendment a = {.plan = plan, .splice = mu_splice_new(plan, arena)};
    mu_prover prover = {mu_prove_on_paper, &now};
    work w = {.a = &a, .judge = {.root = mu_tree_root(plan), .scenes = &none, .now = now, .arena = arena, .orders = mu_orders_new(arena)}, .prover = &prover, .arena = arena};
    mu_arena *paper = mu_arena_new();
    mu_findings judged = before ? *before : mu_judge_paper(plan, &none, now, paper);
    open_before(&w, &judged);
    mu_arena_free(paper);
    for (size_t i = 0; i < findings->count; i++)
        if (mu_mending_of(findings->list[i].gap->id)->write)
            findings->list[i].patch = patch_of(&w, &findings->list[i], name, self);
}
