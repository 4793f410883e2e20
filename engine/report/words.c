#include <stdlib.h>
#include <string.h>

#include "report/write.h"

enum { SHOWN = 8 };

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

const char *mu_plan_line(const mu_report *r, const mu_mark *at)
{
    size_t len;
    const char *p = mu_tree_source(r->plan, at->file, &len), *end = p ? p + len : NULL;
    for (int n = 1; p && n < at->line; n++) {
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : NULL;
    }
    if (!p || p >= end)
        return NULL;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    size_t n = (size_t)((stop ? stop : end) - p);
    return mu_copy(r->arena, p, n > 300 ? 300 : n);
}
