#include "plan/questions.h"

#include <string.h>

#include "plan/codes.h"
#include "plan/spots.h"

typedef struct page {
    const char *name, *bytes;
    size_t len;
    const mu_spot *root; /* read where the words are found at all */
} page;

/* True where a byte belongs to a text of the plan. */
static bool in_text(const mu_spot *s, size_t at)
{
    if (s->kind == MU_SCALAR)
        return at >= s->content && at < s->to;
    for (const mu_spot *c = s->first; c; c = c->next)
        if ((c->key && at >= c->key_from && at < c->key_to) || (at >= c->from && at < c->to && in_text(c, at)))
            return true;
    return false;
}

static size_t line_start(const page *p, size_t at)
{
    while (at > 0 && p->bytes[at - 1] != '\n')
        at--;
    return at;
}

/* The # that begins the comment in which a byte stands; its own place where there is none. */
static size_t comment_at(const page *p, size_t at)
{
    for (size_t i = line_start(p, at); i < at; i++)
        if (p->bytes[i] == '#' && (i == 0 || strchr(" \n\t", p->bytes[i - 1])) && !in_text(p->root, i))
            return i;
    return at;
}

static void add_line(mu_buf *out, const page *p, size_t from)
{
    size_t to = from;
    while (to < p->len && p->bytes[to] != '\n' && p->bytes[to] != '\r')
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

static mu_mark mark_of(const page *p, size_t at)
{
    mu_mark mark = {p->name, 1, 1, 1};
    for (size_t i = 0; i < at; i++) {
        mark.column = p->bytes[i] == '\n' ? 1 : mark.column + (((unsigned char)p->bytes[i] & 0xc0) != 0x80);
        mark.line += p->bytes[i] == '\n';
    }
    return mark;
}

static void say(const page *p, size_t comment, size_t words, mu_diags *diags)
{
    mu_buf text = {0};
    add_line(&text, p, words);
    for (size_t more = goes_on(p, words); more; more = goes_on(p, more))
        add_line(&text, p, more);
    mu_diag_add(diags, MU_ERROR, MU_CODE_QUESTION, mark_of(p, comment), mu_format(mu_diags_arena(diags), "a question is still open: %s", text.text), "write the answer into the plan here, and delete the comment");
    mu_buf_free(&text);
}

static void look_through(page *p, mu_arena *arena, mu_diags *diags)
{
    size_t len = strlen(MU_QUESTION);
    for (size_t i = 0; i + len <= p->len; i++) {
        if (p->bytes[i] != MU_QUESTION[0] || memcmp(p->bytes + i, MU_QUESTION, len) != 0)
            continue;
        p->root = p->root ? p->root : mu_spots_read(p->bytes, p->len, arena);
        size_t comment = p->root ? comment_at(p, i) : i;
        if (comment < i)
            say(p, comment, i + len, diags);
    }
}

void mu_questions(mu_tree *tree, mu_diags *diags)
{
    const char *name;
    for (size_t f = 0; (name = mu_tree_file(tree, f)); f++) {
        page p = {.name = name};
        p.bytes = mu_tree_source(tree, name, &p.len);
        look_through(&p, mu_tree_arena(tree), diags);
    }
}
