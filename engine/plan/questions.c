#include "plan/questions.h"

#include <string.h>

#include "plan/codes.h"
#include "plan/spots.h"

/* A text of the plan, or a key: bytes in which a # begins no comment. */
typedef struct text {
    size_t from, to;
} text;

/* A file, gone through from its begin to its end. */
typedef struct page {
    const char *name, *bytes;
    size_t len, seen; /* seen: how far `at` is counted */
    mu_mark at;
    const text *texts; /* in the order of the file; the first that may still lie ahead */
} page;

static text *put_texts(const mu_spot *s, text *to)
{
    if (s->key)
        *to++ = (text){s->key_from, s->key_to};
    if (s->kind == MU_SCALAR)
        *to++ = (text){s->content, s->to};
    for (const mu_spot *c = s->first; c; c = c->next)
        to = put_texts(c, to);
    return to;
}

static size_t spots_in(const mu_spot *s)
{
    size_t n = 1;
    for (const mu_spot *c = s->first; c; c = c->next)
        n += spots_in(c);
    return n;
}

/* NULL where the file cannot be read. */
static const text *texts_of(const page *p, mu_arena *arena)
{
    const mu_spot *root = mu_spots_read(p->bytes, p->len, arena);
    if (!root)
        return NULL;
    text *list = mu_alloc(arena, (spots_in(root) * 2 + 1) * sizeof *list);
    *put_texts(root, list) = (text){SIZE_MAX, SIZE_MAX};
    return list;
}

/* True where a byte belongs to a text of the plan. Each byte that is asked for stands behind the one before. */
static bool in_text(page *p, size_t at)
{
    while (p->texts->to <= at)
        p->texts++;
    return p->texts->from <= at;
}

enum { SAID = 500 }; /* characters of a question that are shown */

static void add_line(mu_buf *out, const page *p, size_t from)
{
    size_t to = from;
    while (to < p->len && to - from <= 4 * (SAID + 1) && p->bytes[to] != '\n' && p->bytes[to] != '\r')
        to++;
    while (from < to && p->bytes[from] == ' ')
        from++;
    mu_buf_puts(out, out->len ? " " : "");
    mu_buf_add(out, p->bytes + from, to - from);
}

/* The next line where it goes on with the same comment: its words stand deeper. */
static size_t goes_on(const page *p, size_t at)
{
    const char *end = memchr(p->bytes + at, '\n', p->len - at);
    size_t i = end ? (size_t)(end - p->bytes) + 1 : p->len;
    while (i < p->len && p->bytes[i] == ' ')
        i++;
    return i + 3 < p->len && memcmp(p->bytes + i, "#   ", 4) == 0 ? i + 4 : 0;
}

static mu_mark mark_of(page *p, size_t at)
{
    for (; p->seen < at; p->seen++) {
        bool ends = p->bytes[p->seen] == '\n';
        p->at.column = ends ? 1 : p->at.column + (((unsigned char)p->bytes[p->seen] & 0xc0) != 0x80);
        p->at.line += ends;
    }
    return p->at;
}

static void say(page *p, size_t comment, size_t words, mu_diags *diags)
{
    mu_buf all = {0}, shown = {0};
    if (mu_diags_full(diags)) { /* it counts, and is not shown */
        mu_diag_add(diags, MU_ERROR, MU_CODE_QUESTION, p->at, "", NULL);
        return;
    }
    add_line(&all, p, words);
    for (size_t more = goes_on(p, words); more && all.len <= 4 * SAID; more = goes_on(p, more))
        add_line(&all, p, more);
    mu_buf_safe(&shown, all.text, all.len, SAID);
    mu_diag_add(diags, MU_ERROR, MU_CODE_QUESTION, mark_of(p, comment), mu_format(mu_diags_arena(diags), "a question is still open: %s", shown.text), "write the answer into the plan here, and delete the comment");
    mu_buf_free(&shown);
    mu_buf_free(&all);
}

/* The place of the next sign that begins a comment, from `at` on; the end of the file where there is none. */
static size_t comment_from(page *p, size_t at)
{
    const char *sign;
    while ((sign = memchr(p->bytes + at, '#', p->len - at))) {
        at = (size_t)(sign - p->bytes);
        if ((at == 0 || strchr(" \n\t", sign[-1])) && !in_text(p, at))
            return at;
        at++;
    }
    return p->len;
}

/* The next place from `at` on where the words of a question stand; `end` where there is none. */
static size_t asked_from(const page *p, size_t at, size_t end)
{
    static const size_t len = sizeof MU_QUESTION - 1;
    for (const char *t; at + len <= end && (t = memchr(p->bytes + at, MU_QUESTION[0], end - at)); at++) {
        at = (size_t)(t - p->bytes);
        if (at + len <= end && memcmp(t, MU_QUESTION, len) == 0)
            return at;
    }
    return end;
}

static void look_through(page *p, mu_arena *arena, mu_diags *diags)
{
    p->texts = asked_from(p, 0, p->len) < p->len ? texts_of(p, arena) : NULL;
    for (size_t comment = p->texts ? comment_from(p, 0) : p->len, end; comment < p->len; comment = comment_from(p, end)) {
        const char *stop = memchr(p->bytes + comment, '\n', p->len - comment);
        end = stop ? (size_t)(stop - p->bytes) : p->len;
        for (size_t i = asked_from(p, comment, end); i < end; i = asked_from(p, i + 1, end))
            say(p, comment, i + sizeof MU_QUESTION - 1, diags);
    }
}

void mu_questions(mu_tree *tree, mu_diags *diags)
{
    const char *name;
    for (size_t f = 0; (name = mu_tree_file(tree, f)); f++) {
        page p = {.name = name, .at = {name, 1, 1, 1}};
        p.bytes = mu_tree_source(tree, name, &p.len);
        look_through(&p, mu_tree_arena(tree), diags);
    }
}
