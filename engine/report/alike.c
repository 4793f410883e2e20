/* Gaps that say the same of one thing and of another. */
#include <string.h>

#include "base/index.h"
#include "report/parts.h"
#include "report/write.h"

enum { FEW = 4 }; /* fewer are told one by one */

/* Without the name of what it speaks of; NULL where it does not name that. */
static const char *without(const mu_report *r, const char *text, const char *name, const char *id)
{
    mu_buf out = {0};
    size_t n = strlen(name), in_brackets = strlen(id);
    bool named = false;
    mu_buf_puts(&out, "");
    for (const char *p = text; *p;) {
        bool here = n && strncmp(p, name, n) == 0;
        mu_buf_add(&out, here ? "\n" : p, 1);
        named = named || here;
        p += here ? n : 1;
        if (here && strncmp(p, " (", 2) == 0 && strncmp(p + 2, id, in_brackets) == 0 && p[2 + in_brackets] == ')')
            p += 3 + in_brackets;
    }
    const char *bare = mu_buf_into(&out, r->arena);
    return named ? bare : NULL;
}

/* What is the same of those that are told as one; NULL for a gap that has something of its own: events, a change that can be written, an
 * end until which the plan accepts it. */
static const char *sort_of(const mu_report *r, const mu_finding *f)
{
    const char *colon = strchr(f->subject, ':'), *id = colon ? colon + 1 : f->subject, *called = mu_called(r, f->subject), *name = strstr(f->text, called) ? called : id;
    const char *text = f->evidence_count || f->patch || f->suppressed || f->proof ? NULL : without(r, f->text, name, id);
    const char *lines[MU_STANDING], *standing = "";
    if (!text)
        return NULL;
    int count = mu_finding_standing(r, f, lines);
    for (int i = 0; i < count; i++) {
        const char *bare = without(r, lines[i], name, id);
        standing = SAY("%s\r%s", standing, bare ? bare : lines[i]);
    }
    return SAY("%s\r%s\r%s%s", f->gap->id, mu_finding_basis(r, f), text, standing);
}

mu_alike mu_alike_of(const mu_report *r)
{
    size_t n = r->findings->count, *sort = mu_alloc(r->arena, (n + 1) * sizeof *sort), *count = mu_alloc(r->arena, (n + 1) * sizeof *count), *first = mu_alloc(r->arena, (n + 1) * sizeof *first);
    mu_alike a = {mu_alloc(r->arena, (n + 1) * sizeof *a.with), mu_alloc(r->arena, (n + 1) * sizeof *a.more)};
    mu_index sorts = {0};
    for (size_t i = 0; i < n; i++) {
        const char *same = sort_of(r, &r->findings->list[i]);
        sort[i] = mu_index_put(&sorts, same ? same : SAY("%zu", i));
        first[sort[i]] = count[sort[i]]++ ? first[sort[i]] : i;
    }
    for (size_t i = 0; i < n; i++) {
        bool one = count[sort[i]] >= FEW;
        a.with[i] = one ? first[sort[i]] : i;
        a.more[i] = one && a.with[i] == i ? count[sort[i]] - 1 : 0;
    }
    mu_index_free(&sorts);
    return a;
}

const char *mu_alike_text(const mu_report *r, const mu_alike *a, size_t i)
{
    const char *text = r->findings->list[i].text;
    return a->more[i] ? SAY("%s; and the same of %zu more", text, a->more[i]) : text;
}

const char *mu_alike_name(const mu_report *r, const mu_alike *a, size_t i)
{
    const mu_finding *f = &r->findings->list[i];
    bool here = strcmp(f->at.file, r->findings->list[a->with[i]].at.file) == 0;
    return SAY("%s (%s)", mu_called(r, f->subject), here ? SAY("line %d", f->at.line) : mu_place_words(r, &f->at));
}
