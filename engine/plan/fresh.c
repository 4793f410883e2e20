#include "plan/fresh.h"

#include <string.h>

enum { LINE = 120 };

mu_fresh *mu_fresh_text(mu_arena *arena, const char *text)
{
    mu_fresh *f = mu_alloc(arena, sizeof *f);
    f->kind = MU_SCALAR;
    f->text = mu_copy(arena, text, strlen(text));
    return f;
}

mu_fresh *mu_fresh_list(mu_arena *arena)
{
    mu_fresh *f = mu_alloc(arena, sizeof *f);
    f->kind = MU_LIST;
    return f;
}

mu_fresh *mu_fresh_map(mu_arena *arena)
{
    mu_fresh *f = mu_alloc(arena, sizeof *f);
    f->kind = MU_MAP;
    return f;
}

mu_fresh *mu_fresh_add(mu_arena *arena, mu_fresh *in, const char *key, mu_fresh *child)
{
    child->key = key ? mu_copy(arena, key, strlen(key)) : NULL;
    if (in->last)
        in->last->next = child;
    else
        in->first = child;
    in->last = child;
    in->count++;
    return in;
}

mu_fresh *mu_fresh_of(mu_arena *arena, const mu_node *node)
{
    if (node->kind == MU_SCALAR)
        return mu_fresh_text(arena, node->text);
    mu_fresh *f = node->kind == MU_MAP ? mu_fresh_map(arena) : mu_fresh_list(arena);
    for (const mu_node *c = node->first; c; c = c->next)
        mu_fresh_add(arena, f, c->key, mu_fresh_of(arena, c));
    return f;
}

/* ---- texts ---- */

static bool control(const char *s)
{
    for (size_t i = 0, len = strlen(s); i < len;) {
        uint32_t cp;
        int n = mu_utf8(s + i, len - i, &cp);
        if (n == 0 || cp < 0x20 || mu_unsafe(cp) || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
            return true;
        i += (size_t)n;
    }
    return false;
}

/* What other readers take for nothing, or for the end of a document. */
static bool reserved(const char *s)
{
    static const char *const words[] = {"~", "null", "Null", "NULL", "---", "...", "<<", "="};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(s, words[i]) == 0)
            return true;
    return strncmp(s, "--- ", 4) == 0 || strncmp(s, "... ", 4) == 0;
}

static bool plain_may(const char *s, bool flow)
{
    size_t len = strlen(s);
    if (!len || strchr(" ", s[0]) || s[len - 1] == ' ' || s[len - 1] == ':' || reserved(s))
        return false;
    if (strchr("?:,[]{}#&*!|>'\"%@`", s[0]) || (s[0] == '-' && (flow || len == 1 || s[1] == ' ')))
        return false;
    if (strstr(s, ": ") || strstr(s, " #"))
        return false;
    return !flow || !strpbrk(s, ",[]{}?");
}

static void put_double(mu_buf *out, const char *s)
{
    mu_buf_puts(out, "\"");
    for (size_t i = 0, len = strlen(s); i < len;) {
        uint32_t cp;
        int n = mu_utf8(s + i, len - i, &cp);
        if (n == 0)
            n = 1;
        if (n == 1 && (s[i] == '"' || s[i] == '\\'))
            mu_buf_printf(out, "\\%c", s[i]);
        else if (n == 1 && s[i] == '\n')
            mu_buf_puts(out, "\\n");
        else if (n == 1 && s[i] == '\t')
            mu_buf_puts(out, "\\t");
        else if (cp < 0x20 || mu_unsafe(cp) || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
            mu_buf_printf(out, cp > 0xffff ? "\\U%08X" : "\\u%04X", (unsigned)cp);
        else
            mu_buf_add(out, s + i, (size_t)n);
        i += (size_t)n;
    }
    mu_buf_puts(out, "\"");
}

static void put_single(mu_buf *out, const char *s)
{
    mu_buf_puts(out, "'");
    for (; *s; s++)
        mu_buf_add(out, *s == '\'' ? "''" : s, *s == '\'' ? 2 : 1);
    mu_buf_puts(out, "'");
}

void mu_fresh_put_text(mu_buf *out, const char *text, mu_style style, bool flow)
{
    if (control(text) || style == MU_DOUBLE || (style != MU_SINGLE && !plain_may(text, flow)))
        put_double(out, text);
    else if (style == MU_SINGLE)
        put_single(out, text);
    else
        mu_buf_puts(out, text);
}

/* ---- parts ---- */

void mu_fresh_put_flow(mu_buf *out, const mu_fresh *value)
{
    if (value->kind == MU_SCALAR) {
        mu_fresh_put_text(out, value->text, MU_PLAIN, true);
        return;
    }
    mu_buf_puts(out, value->kind == MU_MAP ? "{" : "[");
    for (const mu_fresh *c = value->first; c; c = c->next) {
        if (c->key) {
            mu_fresh_put_text(out, c->key, MU_PLAIN, true);
            mu_buf_puts(out, ": ");
        }
        mu_fresh_put_flow(out, c);
        mu_buf_puts(out, c->next ? ", " : "");
    }
    mu_buf_puts(out, value->kind == MU_MAP ? "}" : "]");
}

static bool noted(const mu_fresh *value)
{
    bool some = false;
    for (const mu_fresh *c = value->first; c; c = c->next)
        some |= c->note || noted(c);
    return some;
}

bool mu_fresh_fits(const mu_fresh *value, int column)
{
    if (noted(value))
        return false;
    mu_buf line = {0};
    mu_fresh_put_flow(&line, value);
    bool fits = column + (int)line.len <= LINE;
    mu_buf_free(&line);
    return fits;
}

static void blanks(mu_buf *out, int count)
{
    mu_buf_printf(out, "%*s", count, "");
}

void mu_fresh_put_note(mu_buf *out, const char *note, int indent, const char *eol)
{
    for (const char *s = note; s; s = strchr(s, '\n')) {
        s += *s == '\n';
        blanks(out, indent);
        mu_buf_puts(out, "# ");
        mu_buf_add(out, s, strcspn(s, "\n"));
        mu_buf_puts(out, eol);
    }
}

/* Behind a key and its colon, or behind a dash. */
static void put_value(mu_buf *out, const mu_fresh *c, int indent, int step, const char *eol)
{
    bool item = !c->key;
    if (c->kind == MU_SCALAR || !c->count || mu_fresh_fits(c, indent + 16)) {
        mu_buf_puts(out, " ");
        if (c->kind == MU_SCALAR)
            mu_fresh_put_text(out, c->text, MU_PLAIN, false);
        else
            mu_fresh_put_flow(out, c);
        mu_buf_puts(out, eol);
        return;
    }
    if (!item || c->kind == MU_LIST) {
        mu_buf_puts(out, eol);
        mu_fresh_put_block(out, c, indent + step, step, 0, eol);
        return;
    }
    mu_buf inner = {0}; /* the first key stands on the line of the dash */
    mu_fresh_put_block(&inner, c, indent + 2, step, 0, eol);
    size_t first = c->first->note ? 0 : (size_t)indent + 1;
    mu_buf_puts(out, c->first->note ? eol : "");
    mu_buf_puts(out, inner.text + first);
    mu_buf_free(&inner);
}

void mu_fresh_put_key(mu_buf *out, const char *key, int width, bool filled)
{
    size_t from = out->len;
    mu_fresh_put_text(out, key, MU_PLAIN, false);
    mu_buf_puts(out, ":");
    int len = (int)(out->len - from);
    if (filled && len + 1 < width)
        blanks(out, width - len - 1); /* and the one that always stands before a value */
}

void mu_fresh_put_block(mu_buf *out, const mu_fresh *value, int indent, int step, int width, const char *eol)
{
    for (const mu_fresh *c = value->first; c; c = c->next) {
        if (c->note)
            mu_fresh_put_note(out, c->note, indent, eol);
        blanks(out, indent);
        bool line = c->kind == MU_SCALAR || !c->count || mu_fresh_fits(c, indent + 16);
        if (c->key)
            mu_fresh_put_key(out, c->key, width, line);
        else
            mu_buf_puts(out, "-");
        put_value(out, c, indent, step, eol);
    }
}
