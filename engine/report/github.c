/* Workflow commands of GitHub Actions: ::error file=..,line=..,col=..,title=..::message */
#include <string.h>

#include "report/formats.h"

/* In a message % and line breaks are escaped; in a property the separators as well. */
static void escaped(mu_buf *out, const char *text, bool property)
{
    for (const char *p = text; *p; p++)
        if (*p == '%' || *p == '\r' || *p == '\n' || (property && (*p == ':' || *p == ',')))
            mu_buf_printf(out, "%%%02X", (unsigned char)*p);
        else
            mu_buf_add(out, p, 1);
}

static void safe(mu_buf *out, const char *text, bool property)
{
    mu_buf b = {0};
    mu_buf_puts(&b, "");
    mu_buf_safe(&b, text, strlen(text), 600);
    escaped(out, b.text, property);
    mu_buf_free(&b);
}

static void wrong(mu_buf *out, const mu_diag *d)
{
    mu_buf_printf(out, "::%s file=", d->level == MU_ERROR ? "error" : "warning");
    safe(out, d->at.file, true);
    mu_buf_printf(out, ",line=%d,col=%d,title=MU%03d::", d->at.line, d->at.column, d->code);
    safe(out, d->text, false);
    if (d->help) {
        mu_buf_puts(out, "; ");
        safe(out, d->help, false);
    }
    mu_buf_puts(out, "\n");
}

void mu_write_github(mu_buf *out, const mu_findings *f, const mu_about *about, mu_arena *arena)
{
    (void)arena;
    for (size_t i = 0; i < about->wrong_count; i++)
        wrong(out, &about->wrong[i]);
    for (size_t i = 0; i < f->count; i++) {
        const mu_finding *x = &f->list[i];
        if (x->suppressed)
            continue;
        mu_buf_printf(out, "::%s file=", x->weight <= MU_HIGH ? "error" : x->weight == MU_MEDIUM ? "warning" : "notice");
        safe(out, x->at.file, true);
        mu_buf_printf(out, ",line=%d,col=%d,title=%s %s%%3A ", x->at.line, x->at.column, x->gap->id, mu_weight_word(x->weight));
        safe(out, x->gap->title, true);
        mu_buf_puts(out, "::");
        safe(out, x->text, false);
        mu_buf_puts(out, ". To close it: ");
        safe(out, x->gap->fix, false);
        mu_buf_puts(out, "\n");
    }
}
