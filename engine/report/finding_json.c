#include "report/finding_json.h"

#include <string.h>

#include "analysis/lore.h"
#include "base/calendar.h"
#include "base/json.h"
#include "report/json_parts.h"

static void place(mu_buf *out, const mu_mark *at, const mu_places *p)
{
    const char *line = p->line ? p->line(p->self, at) : NULL;
    mu_buf_puts(out, "\"at\": {\"file\": ");
    mu_json_text(out, p->file ? p->file(p->self, at->file) : at->file);
    mu_buf_printf(out, ", \"line\": %d, \"column\": %d", at->line, at->column);
    if (line) {
        mu_buf_puts(out, ", \"quote\": ");
        mu_json_text(out, line);
    }
    mu_buf_puts(out, "}, ");
}

static void evidence(mu_buf *out, const mu_finding *f, mu_arena *arena)
{
    mu_json_member(out, "confidence", f->confidence);
    mu_json_member(out, "confidence_words", mu_confidence_words(f, arena));
    if (f->runs)
        mu_buf_printf(out, "\"n\": %d, \"shown_in\": %d, ", f->runs, f->shown_in);
    mu_buf_puts(out, "\"evidence\": [");
    for (int i = 0; i < f->evidence_count; i++)
        mu_buf_printf(out, "%s%u", i ? ", " : "", (unsigned)f->evidence[i]);
    mu_buf_puts(out, "], ");
    mu_json_member(out, "proof", f->proof);
}

static void suppressed(mu_buf *out, const mu_suppression *s)
{
    mu_buf_puts(out, "\"suppressed\": ");
    if (!s) {
        mu_buf_puts(out, "null");
        return;
    }
    mu_buf_puts(out, "{");
    mu_json_member(out, "by", s->by);
    mu_json_member(out, "reason", s->reason);
    mu_buf_puts(out, "\"until\": ");
    mu_json_text(out, s->until);
    mu_buf_puts(out, "}");
}

/* What every finding of one type says alike, made once for those that stand together: a large plan has tens of thousands. */
typedef struct alike {
    const mu_gap *gap;
    mu_buf weight, why, mending;
} alike;

static void make_alike(alike *a, const mu_gap *gap, mu_arena *arena)
{
    if (a->gap == gap)
        return;
    a->gap = gap;
    a->weight.len = a->why.len = a->mending.len = 0;
    mu_json_member(&a->weight, "base_severity", mu_weight_word(gap->weight));
    mu_json_member(&a->why, "why", mu_format(arena, "%s %s", gap->meaning, mu_lore_of(gap->id)->why));
    mu_json_member(&a->mending, "clauses", gap->clauses);
    mu_json_member(&a->mending, "fix", gap->fix);
}

static void alike_free(alike *a)
{
    mu_buf_free(&a->weight);
    mu_buf_free(&a->why);
    mu_buf_free(&a->mending);
}

static void finding(mu_buf *out, const mu_finding *f, alike *a, const mu_places *places, mu_arena *arena)
{
    make_alike(a, f->gap, arena);
    mu_buf_puts(out, "{");
    mu_json_member(out, "id", f->id);
    mu_json_member(out, "gap", f->gap->id);
    mu_json_member(out, "subject", f->subject);
    mu_json_member(out, "severity", mu_weight_word(f->weight));
    mu_buf_add(out, a->weight.text, a->weight.len);
    mu_json_member(out, "severity_reasons", f->reasons);
    evidence(out, f, arena);
    place(out, &f->at, places);
    mu_json_member(out, "text", f->text);
    mu_buf_add(out, a->why.text, a->why.len);
    mu_json_member(out, "rests_on", f->limit);
    mu_json_member(out, "cause", f->cause);
    mu_buf_add(out, a->mending.text, a->mending.len);
    mu_json_flag(out, "known", f->known);
    mu_json_member(out, "patch", f->patch);
    suppressed(out, f->suppressed);
    mu_buf_puts(out, "}");
}

static void causes(mu_buf *out, const mu_findings *f, mu_arena *arena)
{
    const mu_cause *list;
    int count = mu_causes(f, arena, &list), n = 0;
    mu_buf_puts(out, "\"causes\": [");
    for (int i = 0; i < count; i++) {
        if (list[i].count < 2)
            continue;
        mu_buf_puts(out, n++ ? ",\n  {" : "\n  {");
        mu_json_member(out, "subject", list[i].subject);
        mu_buf_puts(out, "\"findings\": [");
        for (int k = 0; k < list[i].count; k++)
            mu_buf_printf(out, "%s\"%s\"", k ? ", " : "", list[i].list[k]->id);
        mu_buf_puts(out, "]}");
    }
    mu_buf_puts(out, n ? "\n ]" : "]");
}

static void suppressions(mu_buf *out, const mu_findings *f, const mu_places *places)
{
    static const char *const words[] = {[MU_IN_FORCE] = "in force", [MU_EXPIRED] = "expired", [MU_MATCHES_NOTHING] = "matches nothing"};
    mu_buf_puts(out, "\"suppressions\": [");
    for (size_t i = 0; i < f->suppression_count; i++) {
        const mu_suppression *s = &f->suppressions[i];
        mu_buf_puts(out, i ? ",\n  {" : "\n  {");
        mu_json_member(out, "gap", s->gap);
        mu_json_member(out, "subject", s->subject);
        mu_json_member(out, "reason", s->reason);
        mu_json_member(out, "by", s->by);
        mu_json_member(out, "until", s->until);
        place(out, &s->at, places);
        mu_buf_printf(out, "\"state\": \"%s\"}", words[s->state]);
    }
    mu_buf_puts(out, f->suppression_count ? "\n ]" : "]");
}

static void wrong(mu_buf *out, const mu_diag *d, const mu_places *places, mu_arena *arena)
{
    mu_buf_puts(out, "{");
    mu_json_member(out, "code", mu_format(arena, "MU%03d", d->code));
    mu_json_member(out, "level", d->level == MU_ERROR ? "error" : "warning");
    place(out, &d->at, places);
    mu_json_member(out, "text", d->text);
    mu_buf_puts(out, "\"help\": ");
    mu_json_maybe(out, d->help);
    mu_buf_puts(out, "}");
}

void mu_input_json(mu_buf *out, const mu_about *about, mu_arena *arena)
{
    static const mu_places as_read = {NULL, NULL, NULL};
    char moment[32];
    mu_local_write(about->at, moment);
    mu_json_flag(out, "judged", !about->unjudged);
    mu_json_member(out, "as_of", moment);
    mu_json_member(out, "zone", about->zone);
    mu_buf_puts(out, "\n \"errors\": [");
    for (size_t i = 0; i < about->wrong_count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        wrong(out, &about->wrong[i], &as_read, arena);
    }
    mu_buf_puts(out, about->wrong_count ? "\n ]" : "]");
}

void mu_findings_json(mu_buf *out, const mu_findings *f, const mu_places *places, mu_arena *arena)
{
    alike a = {0};
    mu_buf_puts(out, "\"findings\": [");
    for (size_t i = 0; i < f->count; i++) {
        mu_buf_puts(out, i ? ",\n  " : "\n  ");
        finding(out, &f->list[i], &a, places, arena);
    }
    alike_free(&a);
    mu_buf_puts(out, f->count ? "\n ],\n " : "],\n ");
    causes(out, f, arena);
    mu_buf_puts(out, ",\n ");
    suppressions(out, f, places);
}
