#include <stdlib.h>
#include <string.h>

#include "report/parts.h"
#include "report/write.h"

enum { SHOWN = 8, QUOTE_MOST = 300 };

/* Of the exercise itself, and not of the plan. */
static bool of_exercise(const mu_finding *f)
{
    return strncmp(f->gap->id, "EXR-", 4) == 0;
}

/* Those of one weight, from `from` on: once each cause, and of the plan or of the exercise. */
static int take(const mu_report *r, int from, bool exercise, int *list, int n, int most)
{
    const mu_finding *all = r->findings->list;
    for (int i = from; i < r->open_gaps && all[i].weight == all[from].weight && n < most; i++) {
        bool told = of_exercise(&all[i]) != exercise;
        for (int k = 0; k < n; k++)
            told = told || strcmp(all[list[k]].cause, all[i].cause) == 0;
        if (!told)
            list[n++] = i;
    }
    return n;
}

int mu_worst(const mu_report *r, int *list, int most)
{
    int n = 0;
    for (int i = 0; i < r->open_gaps && n < most; i++)
        if (i == 0 || r->findings->list[i].weight != r->findings->list[i - 1].weight)
            n = take(r, i, true, list, take(r, i, false, list, n, most), most);
    return n;
}

static bool same_words(const mu_finding *a, const mu_finding *b)
{
    return a->gap == b->gap && strcmp(a->subject, b->subject) == 0;
}

/* Of the cause of `f` another before `x` is said in the same words. */
static bool said_before(const mu_report *r, const mu_finding *f, const mu_finding *x)
{
    for (uint32_t i = r->cause_first[f - r->findings->list]; i && &r->findings->list[i - 1] != x; i = r->cause_next[i - 1])
        if (&r->findings->list[i - 1] != f && same_words(&r->findings->list[i - 1], x))
            return true;
    return false;
}

const char *mu_others_of_cause(const mu_report *r, const mu_finding *f)
{
    const char *others = NULL;
    int n = 0;
    for (uint32_t i = r->cause_first[f - r->findings->list]; i; i = r->cause_next[i - 1]) {
        const mu_finding *x = &r->findings->list[i - 1];
        if (x == f || said_before(r, f, x))
            continue;
        if (n < 6)
            others = mu_format(r->arena, "%s%s%s of %s", others ? others : "", others ? ", " : "", x->gap->id, mu_thing(r, x->subject));
        n++;
    }
    return n > 6 ? mu_format(r->arena, "%s and %d more", others, n - 6) : others;
}

const char *mu_same_cause(const mu_report *r, const mu_finding *f)
{
    const char *others = mu_others_of_cause(r, f);
    return others && strcmp(f->cause, f->subject) != 0 ? mu_format(r->arena, "%s: %s", others, mu_thing(r, f->cause)) : others;
}

const char *mu_proof_words(const mu_report *r, const mu_finding *f)
{
    static const char drill[] = "in the drill: ";
    if (!f->proof)
        return NULL;
    return strncmp(f->proof, drill, sizeof drill - 1) == 0 ? mu_format(r->arena, "In this run: %s", f->proof + sizeof drill - 1) : mu_format(r->arena, "In this run %s", f->proof);
}

const char *mu_evidence_words(const mu_report *r, const mu_finding *f)
{
    const char *list = "";
    if (f->evidence_count == 0)
        return "on paper";
    for (int i = 0; i < f->evidence_count && i < SHOWN; i++)
        list = mu_format(r->arena, "%s%s%u", list, i ? ", " : "", (unsigned)f->evidence[i]);
    if (f->evidence_count > SHOWN)
        list = mu_format(r->arena, "%s and %d more", list, f->evidence_count - SHOWN);
    return mu_format(r->arena, "event%s %s", f->evidence_count == 1 ? "" : "s", list);
}

bool mu_first_of_type(const mu_report *r, size_t finding)
{
    for (size_t k = 0; k < finding; k++)
        if (r->findings->list[k].gap == r->findings->list[finding].gap)
            return false;
    return true;
}

/* The file as it stands beside the journal: the same journal names the same place, wherever it was read from. */
const char *mu_file_words(const mu_report *r, const char *file)
{
    const char *base = strrchr(file, '/');
    size_t len = r->plan_name ? strlen(r->plan_name) : 0;
    if (!len)
        return file;
    return len > 5 && strcmp(r->plan_name + len - 5, ".yaml") == 0 ? r->plan_name : mu_format(r->arena, "%s/%s", r->plan_name, base ? base + 1 : file);
}

const char *mu_place_words(const mu_report *r, const mu_mark *at)
{
    return mu_format(r->arena, "%s:%d:%d", mu_file_words(r, at->file), at->line, at->column);
}

/* Where a line of a file begins, NULL behind its end. Findings come by their places, mostly: it is looked for from the last one on. */
static const char *line_start(const mu_report *r, const mu_mark *at, const char *source, size_t len)
{
    mu_line_seen *seen = r->seen;
    bool behind = seen && seen->source == source && seen->line <= at->line;
    const char *p = behind ? seen->at : source, *end = source ? source + len : NULL;
    for (int n = behind ? seen->line : 1; p && n < at->line; n++) {
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : NULL;
    }
    if (seen && p)
        *seen = (mu_line_seen){source, p, at->line};
    return p;
}

const char *mu_plan_line(const mu_report *r, const mu_mark *at)
{
    size_t len = 0;
    const char *source = mu_tree_source(r->plan, at->file, &len), *p = line_start(r, at, source, len), *end = source ? source + len : NULL;
    if (!p || p >= end)
        return NULL;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    size_t n = (size_t)((stop ? stop : end) - p);
    for (n = n > QUOTE_MOST ? QUOTE_MOST : n; n > 0 && p + n < end && ((unsigned char)p[n] & 0xC0) == 0x80;) /* no character in halves */
        n--;
    return mu_copy(r->arena, p, n);
}

const char *mu_patch_lines(const mu_report *r, const mu_finding *f)
{
    mu_buf out = {0};
    mu_buf_puts(&out, "");
    bool hunk = false;
    for (const char *p = f->patch; *p; p += strcspn(p, "\n"), p += *p == '\n') {
        hunk = strncmp(p, "@@ ", 3) == 0 || (hunk && strncmp(p, "--- ", 4) != 0);
        if (!hunk || (*p != '+' && *p != '-'))
            continue;
        mu_buf_puts(&out, out.len ? "\n" : "");
        mu_buf_add(&out, p, strcspn(p, "\r\n"));
    }
    return mu_buf_into(&out, r->arena);
}
