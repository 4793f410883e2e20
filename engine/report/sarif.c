/* SARIF 2.1.0 (OASIS, 2020): findings for code review tools. */
#include "report/sarif.h"

#include <stdio.h>
#include <string.h>

#include "analysis/lore.h"
#include "base/json.h"

static const char *level_of(mu_weight w)
{
    return w <= MU_HIGH ? "error" : w == MU_MEDIUM ? "warning" : "note";
}

static void location(mu_buf *out, const mu_mark *at)
{
    mu_buf_puts(out, "\"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    mu_uri(out, at->file);
    mu_buf_printf(out, "}, \"region\": {\"startLine\": %d, \"startColumn\": %d}}}]", at->line, at->column);
}

/* A file's name as a relative reference (RFC 3986): what is no plain letter is percent-encoded. */
void mu_uri(mu_buf *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    mu_buf_puts(out, "\"");
    for (const char *p = path; *p; p++)
        if (strchr(plain, *p))
            mu_buf_add(out, p, 1);
        else
            mu_buf_printf(out, "%%%02X", (unsigned char)*p);
    mu_buf_puts(out, "\"");
}

static bool used(const mu_findings *f, const mu_gap *gap)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].gap == gap)
            return true;
    return false;
}

static void two_sentences(mu_buf *out, const char *first, const char *second)
{
    mu_buf text = {0};
    mu_buf_printf(&text, "%s %s", first, second);
    mu_json_text(out, text.text);
    mu_buf_free(&text);
}

static int rules(mu_buf *out, const mu_findings *f)
{
    int n = 0;
    for (const mu_gap *g = mu_gaps; g->id; g++) {
        if (!used(f, g))
            continue;
        mu_buf_printf(out, "%s{\"id\": \"%s\", \"shortDescription\": {\"text\": ", n++ ? ",\n   " : "\n   ", g->id);
        mu_json_text(out, g->title);
        mu_buf_puts(out, "}, \"fullDescription\": {\"text\": ");
        two_sentences(out, g->meaning, mu_lore_of(g->id)->why);
        mu_buf_puts(out, "}, \"help\": {\"text\": ");
        mu_json_text(out, g->fix);
        mu_buf_printf(out, "}, \"defaultConfiguration\": {\"level\": \"%s\"}}", level_of(g->weight));
    }
    return n;
}

static bool said_before(const mu_about *about, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (about->wrong[i].code == about->wrong[n].code)
            return true;
    return false;
}

/* The codes of what is wrong with the input, each once, as rules. */
static void codes(mu_buf *out, const mu_about *about, int n)
{
    for (size_t i = 0; i < about->wrong_count; i++)
        if (!said_before(about, i))
            mu_buf_printf(out, "%s{\"id\": \"MU%03d\", \"shortDescription\": {\"text\": \"The input is wrong: muster explain MU%03d\"}}",
                          n++ ? ",\n   " : "\n   ", about->wrong[i].code, about->wrong[i].code);
}

static void wrong(mu_buf *out, const mu_diag *d)
{
    mu_buf text = {0};
    mu_buf_printf(&text, "%s%s%s", d->text, d->help ? "; " : "", d->help ? d->help : "");
    mu_buf_printf(out, "{\"ruleId\": \"MU%03d\", \"level\": \"%s\", \"message\": {\"text\": ", d->code, d->level == MU_ERROR ? "error" : "warning");
    mu_json_text(out, text.text);
    mu_buf_puts(out, "}, ");
    location(out, &d->at);
    mu_buf_puts(out, "}");
    mu_buf_free(&text);
}

static void result(mu_buf *out, const mu_finding *f, bool has_baseline)
{
    mu_buf_printf(out, "{\"ruleId\": \"%s\", \"level\": \"%s\", \"message\": {\"text\": ", f->gap->id, level_of(f->weight));
    mu_json_text(out, f->text);
    mu_buf_puts(out, "}, ");
    location(out, &f->at);
    mu_buf_printf(out, ", \"partialFingerprints\": {\"gapAndSubject/v2\": \"%s\"}", f->id);
    if (has_baseline)
        mu_buf_printf(out, ", \"baselineState\": \"%s\"", f->known ? "unchanged" : "new");
    if (f->suppressed) {
        mu_buf_puts(out, ", \"suppressions\": [{\"kind\": \"inSource\", \"status\": \"accepted\", \"justification\": ");
        mu_json_text(out, f->suppressed->reason);
        mu_buf_puts(out, "}]");
    }
    mu_buf_puts(out, ", \"properties\": {\"severity\": ");
    mu_json_text(out, mu_weight_word(f->weight));
    mu_buf_puts(out, ", \"confidence\": ");
    mu_json_text(out, f->confidence);
    mu_buf_puts(out, ", \"subject\": ");
    mu_json_text(out, f->subject);
    mu_buf_puts(out, ", \"cause\": ");
    mu_json_text(out, f->cause);
    mu_buf_puts(out, "}}");
}

void mu_write_sarif(mu_buf *out, const mu_findings *f, const mu_about *about)
{
    size_t n = 0;
    mu_buf_puts(out, "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"Muster\", \"rules\": [");
    codes(out, about, rules(out, f));
    mu_buf_printf(out, "\n  ]}}, \"invocations\": [{\"executionSuccessful\": %s}], ", about->unjudged ? "false" : "true");
    mu_buf_puts(out, "\"columnKind\": \"unicodeCodePoints\", \"results\": [");
    for (size_t i = 0; i < about->wrong_count; i++) {
        mu_buf_puts(out, n++ ? ",\n   " : "\n   ");
        wrong(out, &about->wrong[i]);
    }
    for (size_t i = 0; i < f->count; i++) {
        mu_buf_puts(out, n++ ? ",\n   " : "\n   ");
        result(out, &f->list[i], f->has_baseline);
    }
    mu_buf_puts(out, "\n  ]}]}\n");
}
