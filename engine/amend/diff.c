#include "amend/diff.h"

#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, WORDS = 300 };

typedef struct line {
    const char *s;
    size_t len; /* with its end */
} line;

typedef struct lines {
    line *list;
    int count;
} lines;

typedef struct differ {
    lines a, b;
    bool *gone, *fresh; /* of a and of b: lines that only one of them has */
} differ;

static lines split(mu_side side)
{
    lines l = {mu_grow(NULL, (side.len + 1) * sizeof(line)), 0};
    for (const char *p = side.text, *end = p + side.len; p < end;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((stop ? stop + 1 : end) - p);
        l.list[l.count++] = (line){p, len};
        p += len;
    }
    return l;
}

static bool same(const differ *d, int a, int b)
{
    return d->a.list[a].len == d->b.list[b].len && memcmp(d->a.list[a].s, d->b.list[b].s, d->a.list[a].len) == 0;
}

/* As many lines in a row that are the same are taken for the same place; at the end of both, as many as are left. */
enum { RUN = 3 };

static bool meets(const differ *d, int a, int b)
{
    for (int i = 0; i < RUN; i++) {
        bool a_ends = a + i == d->a.count, b_ends = b + i == d->b.count;
        if (a_ends || b_ends)
            return a_ends && b_ends;
        if (!same(d, a + i, b + i))
            return false;
    }
    return true;
}

/* The longest run of lines in common from each pair of places on, of what lies between `a` and `b` and where they meet again. */
static int *in_common(const differ *d, int a, int gone, int b, int fresh)
{
    int width = fresh + 1, *most = mu_grow(NULL, (size_t)(gone + 1) * (size_t)width * sizeof *most);
    for (int i = gone; i >= 0; i--)
        for (int k = fresh; k >= 0; k--) {
            int down = i < gone ? most[(i + 1) * width + k] : 0, right = k < fresh ? most[i * width + k + 1] : 0;
            bool both = i < gone && k < fresh && same(d, a + i, b + k);
            most[i * width + k] = both ? most[(i + 1) * width + k + 1] + 1 : down > right ? down : right;
        }
    return most;
}

/* Lines between two places where the texts are the same: those that both have stay, where there are not too many to compare. */
static void mark(differ *d, int a, int gone, int b, int fresh)
{
    enum { MOST = 1000 };
    int width = fresh + 1, i = 0, k = 0;
    int *most = gone <= MOST && fresh <= MOST ? in_common(d, a, gone, b, fresh) : NULL;
    while (i < gone || k < fresh) {
        if (most && i < gone && k < fresh && same(d, a + i, b + k))
            i++, k++;
        else if (i < gone && (!most || k == fresh || most[(i + 1) * width + k] >= most[i * width + k + 1]))
            d->gone[a + i++] = true;
        else
            d->fresh[b + k++] = true;
    }
    free(most);
}

/* From a place where the two differ on, the nearest one where they meet again: with the fewest lines that only one has. A patch
 * changes a few lines here and there, so that it is near. */
static void over_difference(differ *d, int *a, int *b)
{
    for (int more = 1;; more++)
        for (int gone = 0; gone <= more; gone++) {
            int fresh = more - gone;
            bool beyond = *a + gone > d->a.count || *b + fresh > d->b.count;
            if (beyond || !meets(d, *a + gone, *b + fresh))
                continue;
            mark(d, *a, gone, *b, fresh);
            *a += gone;
            *b += fresh;
            return;
        }
}

static void compare(differ *d)
{
    int a = 0, b = 0;
    while (a < d->a.count || b < d->b.count) {
        if (a < d->a.count && b < d->b.count && same(d, a, b))
            a++, b++;
        else
            over_difference(d, &a, &b);
    }
}

/* ---- writing ---- */

/* A stretch of both texts, from the first line of its context to behind the last. */
typedef struct hunk {
    int a, b, a_end, b_end;
} hunk;

static bool next_hunk(const differ *d, int a, int b, hunk *h)
{
    while (a < d->a.count && b < d->b.count && !d->gone[a] && !d->fresh[b])
        a++, b++;
    if (a == d->a.count && b == d->b.count)
        return false;
    int before = a < CONTEXT ? a : CONTEXT;
    *h = (hunk){a - before, b - before, 0, 0};
    for (int quiet = 0; quiet < 2 * CONTEXT + 1 && (a < d->a.count || b < d->b.count);) {
        bool gone = a < d->a.count && d->gone[a], fresh = !gone && b < d->b.count && d->fresh[b];
        quiet = gone || fresh ? 0 : quiet + 1;
        a += !fresh;
        b += !gone;
        if (quiet <= CONTEXT)
            h->a_end = a, h->b_end = b;
    }
    return true;
}

static void put_line(mu_buf *out, char sign, const line *l)
{
    mu_buf_add(out, &sign, 1);
    mu_buf_add(out, l->s, l->len);
    if (l->s[l->len - 1] != '\n')
        mu_buf_puts(out, "\n\\ No newline at end of file\n");
}

static bool in_hunk(const hunk *h, const mu_why *why)
{
    return why->line > h->a && why->line <= h->a_end + (h->a_end == h->a);
}

static bool said_before(const hunk *h, const mu_why *whys, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (in_hunk(h, &whys[k]) && strcmp(whys[k].words, whys[i].words) == 0)
            return true;
    return false;
}

static void put_words(mu_buf *out, const hunk *h, const mu_why *whys, size_t count)
{
    int said = 0;
    for (size_t i = 0; i < count; i++) {
        if (!in_hunk(h, &whys[i]) || said_before(h, whys, i))
            continue;
        mu_buf_puts(out, said++ ? "; " : " ");
        mu_buf_safe(out, whys[i].words, strlen(whys[i].words), WORDS);
    }
}

static void put_hunk(mu_buf *out, const differ *d, const hunk *h, const mu_why *whys, size_t why_count)
{
    int n = h->a_end - h->a, m = h->b_end - h->b;
    mu_buf_printf(out, "@@ -%d,%d +%d,%d @@", n ? h->a + 1 : h->a, n, m ? h->b + 1 : h->b, m);
    put_words(out, h, whys, why_count);
    mu_buf_puts(out, "\n");
    for (int a = h->a, b = h->b; a < h->a_end || b < h->b_end;) {
        if (a < h->a_end && d->gone[a])
            put_line(out, '-', &d->a.list[a++]);
        else if (b < h->b_end && d->fresh[b])
            put_line(out, '+', &d->b.list[b++]);
        else
            put_line(out, ' ', &d->a.list[a++]), b++;
    }
}

/* As git writes it: quoted where it holds what would end it, and closed by a tab where it holds a blank. */
static void put_name(mu_buf *out, const char *sign, char side, const char *name)
{
    bool quoted = strpbrk(name, "\"\\\t\n") != NULL;
    mu_buf_printf(out, "%s %s%c/", sign, quoted ? "\"" : "", side);
    for (const char *p = name; *p; p++) {
        if (quoted && strchr("\"\\", *p))
            mu_buf_printf(out, "\\%c", *p);
        else if ((unsigned char)*p < 0x20)
            mu_buf_printf(out, "\\%03o", (unsigned)(unsigned char)*p);
        else
            mu_buf_add(out, p, 1);
    }
    mu_buf_puts(out, quoted ? "\"" : "");
    mu_buf_puts(out, strchr(name, ' ') ? "\t\n" : "\n");
}

void mu_diff(mu_buf *out, const char *name, mu_side old, mu_side made, const mu_why *whys, size_t why_count)
{
    differ d = {.a = split(old), .b = split(made)};
    d.gone = mu_grow(NULL, (size_t)d.a.count + 1);
    d.fresh = mu_grow(NULL, (size_t)d.b.count + 1);
    memset(d.gone, 0, (size_t)d.a.count + 1);
    memset(d.fresh, 0, (size_t)d.b.count + 1);
    compare(&d);
    hunk h = {0};
    for (bool first = true; next_hunk(&d, h.a_end, h.b_end, &h); first = false) {
        if (first) {
            put_name(out, "---", 'a', name);
            put_name(out, "+++", 'b', name);
        }
        put_hunk(out, &d, &h, whys, why_count);
    }
    free(d.a.list);
    free(d.b.list);
    free(d.gone);
    free(d.fresh);
}
