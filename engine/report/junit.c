/* JUnit: a type of gap that is looked for is a test case; a finding is a failure of it, one that the plan accepts is
 * skipped. An error of the input is an error, as a test case of its own. */
#include <string.h>

#include "report/formats.h"
#include "report/write.h"

static void attribute(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, " %s=\"", key);
    mu_html_text(out, text);
    mu_buf_puts(out, "\"");
}

static bool looked_for(const mu_gap *g, const mu_about *about)
{
    if (about->unjudged)
        return false;
    mu_how how = mu_how_found(g->id);
    const char *beside = strcmp(about->mode, "paper") == 0 ? NULL : strcmp(about->mode, "calltree") == 0 ? how.calls : how.run;
    return how.paper || beside;
}

static int of_gap(const mu_findings *f, const mu_gap *g, bool accepted)
{
    int n = 0;
    for (size_t i = 0; i < f->count; i++)
        n += f->list[i].gap == g && (f->list[i].suppressed != NULL) == accepted;
    return n;
}

static void failure(mu_buf *out, const mu_finding *f, mu_arena *arena)
{
    mu_buf_puts(out, "      <failure");
    attribute(out, "type", mu_weight_word(f->weight));
    attribute(out, "message", f->text);
    mu_buf_puts(out, ">");
    mu_html_text(out, mu_format(arena, "%s:%d:%d %s\n%s\nTo close it: %s\n", f->at.file, f->at.line, f->at.column, f->subject, f->text, f->gap->fix));
    mu_buf_puts(out, "</failure>\n");
}

static void test_case(mu_buf *out, const mu_findings *f, const mu_gap *g, mu_arena *arena)
{
    int wrong = of_gap(f, g, false), accepted = of_gap(f, g, true);
    mu_buf_puts(out, "    <testcase");
    attribute(out, "classname", mu_format(arena, "muster.%.3s", g->id));
    attribute(out, "name", mu_format(arena, "%s %s", g->id, g->title));
    if (!wrong && !accepted) {
        mu_buf_puts(out, "/>\n");
        return;
    }
    mu_buf_puts(out, ">\n");
    if (!wrong)
        mu_buf_puts(out, "      <skipped/>\n");
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].gap == g && !f->list[i].suppressed)
            failure(out, &f->list[i], arena);
    mu_buf_puts(out, "    </testcase>\n");
}

static void wrong(mu_buf *out, const mu_diag *d, mu_arena *arena)
{
    const char *place = mu_format(arena, "%s:%d:%d", d->at.file, d->at.line, d->at.column);
    mu_buf_puts(out, "    <testcase classname=\"muster.input\"");
    attribute(out, "name", mu_format(arena, "MU%03d %s", d->code, place));
    mu_buf_puts(out, ">\n      <error");
    attribute(out, "type", mu_format(arena, "MU%03d", d->code));
    attribute(out, "message", d->text);
    mu_buf_puts(out, ">");
    mu_html_text(out, mu_format(arena, "%s %s\n%s", place, d->text, d->help ? d->help : ""));
    mu_buf_puts(out, "</error>\n    </testcase>\n");
}

void mu_write_junit(mu_buf *out, const mu_findings *f, const mu_about *about, mu_arena *arena)
{
    int errors = 0, tests = 0, failures = 0, skipped = 0;
    for (const mu_gap *g = mu_gaps; g->id; g++) {
        if (!looked_for(g, about))
            continue;
        int wrong = of_gap(f, g, false);
        tests++;
        failures += wrong > 0;
        skipped += !wrong && of_gap(f, g, true);
    }
    for (size_t i = 0; i < about->wrong_count; i++)
        errors += about->wrong[i].level == MU_ERROR;
    mu_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite");
    attribute(out, "name", about->title);
    mu_buf_printf(out, " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n", tests + errors, failures, errors, skipped);
    for (size_t i = 0; i < about->wrong_count; i++)
        if (about->wrong[i].level == MU_ERROR)
            wrong(out, &about->wrong[i], arena);
    for (const mu_gap *g = mu_gaps; g->id; g++)
        if (looked_for(g, about))
            test_case(out, f, g, arena);
    mu_buf_puts(out, "  </testsuite>\n</testsuites>\n");
}
