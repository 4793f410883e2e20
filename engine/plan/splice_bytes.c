/* From what is asked for to edits of bytes. Within brackets it is commas that must come out right, outside of them lines. */
#include "plan/splice_parts.h"

#include <string.h>

#include "base/check.h"

typedef struct maker {
    mu_text *f;
    const mu_ask *asks;
    size_t count;
    mu_arena *arena;
    const char **why;
    int depth; /* of the collection in which something is changed */
} maker;

size_t mu_line_from(const mu_text *f, size_t at)
{
    while (at > 0 && f->bytes[at - 1] != '\n')
        at--;
    return at == 0 && f->len >= 3 && memcmp(f->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : at;
}

static size_t line_end(const mu_text *f, size_t at)
{
    while (at < f->len && f->bytes[at] != '\n')
        at++;
    return at < f->len && at > 0 && f->bytes[at - 1] == '\r' ? at - 1 : at;
}

size_t mu_line_to(const mu_text *f, size_t at)
{
    at = line_end(f, at);
    at += at < f->len && f->bytes[at] == '\r';
    return at + (at < f->len);
}

static bool blank_between(const mu_text *f, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (f->bytes[i] != ' ' && f->bytes[i] != '\t' && f->bytes[i] != '\r')
            return false;
    return true;
}

bool mu_first_on_line(const mu_text *f, size_t at)
{
    return blank_between(f, mu_line_from(f, at), at);
}

static bool one_line(const mu_text *f, size_t from, size_t to)
{
    return from >= to || !memchr(f->bytes + from, '\n', to - from);
}

static bool refuse(maker *m, const char *why)
{
    *m->why = why;
    return false;
}

static bool edit(maker *m, size_t from, size_t to, const char *text)
{
    mu_text *f = m->f;
    if (f->edit_count == f->edit_room) {
        size_t room = f->edit_room ? f->edit_room * 2 : 16;
        mu_edit *list = mu_alloc(m->arena, room * sizeof *list);
        if (f->edit_count)
            memcpy(list, f->edits, f->edit_count * sizeof *list);
        f->edits = list;
        f->edit_room = room;
    }
    f->edits[f->edit_count++] = (mu_edit){from, to, text, m->depth};
    return true;
}

static const char *kept(maker *m, mu_buf *text)
{
    const char *copy = mu_copy(m->arena, text->text ? text->text : "", text->len);
    mu_buf_free(text);
    return copy;
}

/* ---- what is asked of a collection ---- */

static bool drops(const maker *m, const mu_spot *e)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->asks[i].kind == MU_ASK_DROP && m->asks[i].at == e)
            return true;
    return false;
}

static size_t puts_into(const maker *m, const mu_spot *in)
{
    size_t n = 0;
    for (size_t i = 0; i < m->count; i++)
        n += m->asks[i].kind == MU_ASK_PUT && m->asks[i].in == in;
    return n;
}

static bool keeps_none(const maker *m, const mu_spot *in)
{
    for (const mu_spot *e = in->first; e; e = e->next)
        if (!drops(m, e))
            return false;
    return true;
}

static mu_spot *before_it(const mu_spot *in, const mu_spot *e)
{
    mu_spot *p = in->first == e ? NULL : in->first;
    while (p && p->next != e)
        p = p->next;
    return p;
}

/* ---- in brackets ---- */

static size_t comma_behind(const mu_text *f, size_t at)
{
    size_t p = mu_spots_skip(f->bytes, f->len, at);
    return p < f->len && f->bytes[p] == ',' ? p + 1 : 0;
}

/* Nothing but its comma and a comment share its lines. */
static bool alone(const mu_text *f, const mu_spot *e)
{
    if (!mu_first_on_line(f, e->begin) || mu_line_from(f, e->begin) <= e->parent->from)
        return false;
    size_t end = line_end(f, e->to), p = e->to;
    while (p < end && strchr(" \t,", f->bytes[p]))
        p++;
    return p == end || f->bytes[p] == '#';
}

static bool drop_flow(maker *m, const mu_spot *e)
{
    const mu_text *f = m->f;
    if (alone(f, e))
        return edit(m, mu_line_from(f, e->begin), mu_line_to(f, e->to), "");
    const mu_spot *p = before_it(e->parent, e), *k = p;
    while (k && drops(m, k)) /* one that stays, on this line */
        k = before_it(e->parent, k);
    if (k && one_line(f, k->to, e->begin))
        return edit(m, p->to, e->to, "");
    if (e->next && one_line(f, e->to, e->next->begin))
        return edit(m, e->begin, e->next->begin, "");
    size_t comma = comma_behind(f, e->to);
    return edit(m, e->begin, comma && one_line(f, e->to, comma) ? comma : e->to, "");
}

static const char *flow_entry(maker *m, const mu_ask *a, const char *before, const char *behind)
{
    mu_buf out = {0};
    mu_buf_puts(&out, before);
    if (a->moved) {
        mu_buf_add(&out, m->f->bytes + a->moved->begin, a->moved->to - a->moved->begin);
    } else {
        if (a->key) {
            mu_fresh_put_text(&out, a->key, MU_PLAIN, true);
            mu_buf_puts(&out, ": ");
        }
        mu_fresh_put_flow(&out, a->value);
    }
    mu_buf_puts(&out, behind);
    return kept(m, &out);
}

static const char *indent_of(maker *m, size_t at)
{
    size_t from = mu_line_from(m->f, at);
    return mu_copy(m->arena, m->f->bytes + from, at - from);
}

/* On a line of its own, as the one before it has. */
static bool put_on_line(maker *m, const mu_ask *a, const mu_spot *p, bool more, bool again)
{
    const mu_text *f = m->f;
    bool comma = comma_behind(f, p->to) != 0;
    if (!comma && !again)
        edit(m, p->to, p->to, ",");
    const char *text = flow_entry(m, a, indent_of(m, p->begin), comma || more ? "," : "");
    return edit(m, mu_line_to(f, p->to), mu_line_to(f, p->to), mu_format(m->arena, "%s%s", text, f->eol));
}

/* Where the ask goes among those that stay: behind one, before one, or alone. */
static const mu_spot *stays_before(const maker *m, const mu_ask *a)
{
    const mu_spot *found = NULL;
    for (const mu_spot *e = a->in->first; e && e != a->at; e = e->next)
        found = drops(m, e) ? found : e;
    return found;
}

static const mu_spot *stays_behind(const maker *m, const mu_ask *a)
{
    const mu_spot *e = a->at;
    while (e && drops(m, e))
        e = e->next;
    return e;
}

/* Another put that comes to the same place, earlier or later. */
static bool beside(const maker *m, const mu_ask *a, const mu_ask *from, const mu_ask *to)
{
    for (const mu_ask *o = from; o < to; o++)
        if (o->kind == MU_ASK_PUT && o->in == a->in && stays_before(m, o) == stays_before(m, a))
            return true;
    return false;
}

static bool put_flow(maker *m, const mu_ask *a)
{
    const mu_spot *p = stays_before(m, a), *q = stays_behind(m, a);
    bool again = beside(m, a, m->asks, a), more = beside(m, a, a + 1, m->asks + m->count);
    if (p && alone(m->f, p))
        return put_on_line(m, a, p, more, again);
    if (p)
        return edit(m, p->to, p->to, flow_entry(m, a, ", ", ""));
    if (q && alone(m->f, q))
        return edit(m, q->begin, q->begin, flow_entry(m, a, "", mu_format(m->arena, ",%s%s", m->f->eol, indent_of(m, q->begin))));
    if (q)
        return edit(m, q->begin, q->begin, flow_entry(m, a, "", ", "));
    return edit(m, a->in->content + 1, a->in->content + 1, flow_entry(m, a, again ? ", " : "", ""));
}

/* ---- on lines ---- */

/* The byte behind the lines of an entry: its own, and comments that stand deeper than it. */
static size_t lines_to(const mu_text *f, const mu_spot *e)
{
    size_t to = mu_line_to(f, e->to), column = e->begin - mu_line_from(f, e->begin);
    for (size_t at = to; at < f->len;) {
        size_t text = at;
        while (text < f->len && f->bytes[text] == ' ')
            text++;
        if (text >= f->len || f->bytes[text] != '#' || text - at <= column)
            break;
        at = to = mu_line_to(f, at);
    }
    return to;
}

/* A comment on a line of its own. */
static bool holds_comment(const mu_text *f, size_t from, size_t to)
{
    for (size_t at = mu_line_to(f, from); at < to; at = mu_line_to(f, at)) {
        size_t text = at;
        while (text < to && f->bytes[text] == ' ')
            text++;
        if (text < to && f->bytes[text] == '#')
            return true;
    }
    return false;
}

static int column_of(const mu_text *f, const mu_spot *e)
{
    return (int)(e->begin - mu_line_from(f, e->begin));
}

/* By how much this file indents: as its first nested block does. */
static int step_of(const mu_text *f)
{
    for (const mu_spot *c = f->root ? f->root->first : NULL; c; c = c->next)
        if (c->kind == MU_MAP && c->style == MU_BLOCK && c->first)
            return column_of(f, c->first);
    return 2;
}

/* The first entry of a block in a list: "- to: x", and what may be done about it. */
static bool drop_beside_dash(maker *m, const mu_spot *e)
{
    const mu_text *f = m->f;
    const mu_spot *next = e->next;
    if (keeps_none(m, e->parent))
        return !puts_into(m, e->parent) ? edit(m, e->begin, line_end(f, e->to), "") : refuse(m, "all of it would be replaced; take away the whole and put another");
    if (!next || drops(m, next) || holds_comment(f, e->to, next->begin))
        return refuse(m, "what stands beside a dash cannot be taken away alone here");
    return edit(m, e->begin, next->begin, "");
}

static bool drop_block(maker *m, const mu_spot *e)
{
    const mu_text *f = m->f;
    if (!mu_first_on_line(f, e->begin))
        return e->parent->first == e ? drop_beside_dash(m, e) : refuse(m, "it is written with a question mark");
    size_t from = mu_line_from(f, e->begin), to = mu_line_to(f, e->to);
    bool torn = to == f->len && f->len && f->bytes[f->len - 1] != '\n';
    if (torn && from > 0) /* the file ends without an end of line, and shall */
        from = line_end(f, from - 1);
    return edit(m, from, to, "");
}

/* How far behind the beginning of a key values stand, where all of a block stand in one column; else 0. */
static int width_of(const mu_text *f, const mu_spot *in)
{
    int width = 0, count = 0;
    for (const mu_spot *e = in->style == MU_BLOCK && in->kind == MU_MAP ? in->first : NULL; e; e = e->next) {
        if (e->content == e->to || !one_line(f, e->key_from, e->content))
            continue;
        int own = (int)(e->content - e->key_from);
        if (count++ && own != width)
            return 0;
        width = own;
    }
    return count > 1 ? width : 0;
}

/* The nearest of the kind of a new value beside it: as that is written, so is the new one. */
static const mu_spot *near_of(const mu_ask *a)
{
    const mu_spot *near = NULL;
    for (const mu_spot *e = a->in->first; e; e = e->next)
        if (e->kind == a->value->kind && (e->count || !near))
            near = e;
    for (const mu_spot *e = a->in->first; e && e != a->at; e = e->next)
        if (e->kind == a->value->kind && e->count)
            near = e;
    return near;
}

static bool on_lines(const mu_ask *a)
{
    const mu_spot *near = near_of(a);
    return near && near->style == MU_BLOCK;
}

static bool block_wanted(const mu_ask *a, int column)
{
    const mu_fresh *v = a->value;
    return v->kind != MU_SCALAR && v->count && (on_lines(a) || !mu_fresh_fits(v, column));
}

static void block_value(maker *m, mu_buf *out, const mu_ask *a, int column)
{
    const mu_text *f = m->f;
    int step = step_of(f);
    bool seam = a->value->kind == MU_MAP && !a->key;
    if (!block_wanted(a, column + 16)) {
        mu_buf_puts(out, " ");
        if (a->value->kind == MU_SCALAR)
            mu_fresh_put_text(out, a->value->text, MU_PLAIN, false);
        else
            mu_fresh_put_flow(out, a->value);
        mu_buf_puts(out, f->eol);
        return;
    }
    mu_buf lines = {0};
    const mu_spot *near = near_of(a);
    mu_fresh_put_block(&lines, a->value, column + (seam ? 2 : step), step, near ? width_of(f, near) : 0, f->eol);
    seam &= !a->value->first->note;
    mu_buf_puts(out, seam ? " " : f->eol);
    mu_buf_puts(out, lines.text + (seam ? column + 2 : 0));
    mu_buf_free(&lines);
}

static void block_entry(maker *m, mu_buf *out, const mu_ask *a, int column)
{
    const mu_text *f = m->f;
    if (a->moved) {
        size_t to = mu_line_to(f, a->moved->to), from = mu_line_from(f, a->moved->begin);
        mu_buf_add(out, f->bytes + from, to - from);
        mu_buf_puts(out, to && f->bytes[to - 1] != '\n' ? f->eol : "");
        return;
    }
    if (a->value->note)
        mu_fresh_put_note(out, a->value->note, column, f->eol);
    mu_buf_printf(out, "%*s", column, "");
    if (a->key)
        mu_fresh_put_key(out, a->key, width_of(f, a->in), !block_wanted(a, column + 16));
    else
        mu_buf_puts(out, "-");
    block_value(m, out, a, column);
}

/* The column of the entries of a block: that of one which begins its line, or counted behind the dash. */
static int block_column(const mu_text *f, const mu_spot *in)
{
    for (const mu_spot *e = in->first; e; e = e->next)
        if (mu_first_on_line(f, e->begin))
            return column_of(f, e);
    return in->first ? column_of(f, in->first) : 0;
}

static bool put_beside_dash(maker *m, const mu_ask *a, mu_buf *entry, int column)
{
    if (a->value && a->value->note)
        return refuse(m, "no comment can stand above what stands beside a dash");
    mu_buf_printf(entry, "%*s", column, ""); /* the blanks of what now stands on a line of its own */
    const char *text = mu_copy(m->arena, entry->text + column, entry->len - (size_t)column);
    mu_buf_free(entry);
    return edit(m, a->in->first->begin, a->in->first->begin, text);
}

/* A block that is the whole of a file without an end of line gets one between. */
static bool put_at(maker *m, size_t at, mu_buf *entry)
{
    const mu_text *f = m->f;
    size_t eol = strlen(f->eol);
    if (at < f->len || !f->len || f->bytes[f->len - 1] == '\n')
        return edit(m, at, at, kept(m, entry));
    const char *text = mu_format(m->arena, "%s%.*s", f->eol, (int)(entry->len - eol), entry->text);
    mu_buf_free(entry);
    return edit(m, at, at, text);
}

/* The entries of a block stand apart, with an empty line between the first two. */
static bool stand_apart(const mu_text *f, const mu_spot *in)
{
    if (!in->first || !in->first->next)
        return false;
    size_t at = lines_to(f, in->first);
    return at < f->len && line_end(f, at) == at;
}

static bool put_block(maker *m, const mu_ask *a)
{
    const mu_text *f = m->f;
    const mu_spot *p = a->at ? before_it(a->in, a->at) : a->in->last;
    if (a->moved && !mu_first_on_line(f, a->moved->begin))
        return refuse(m, "what stands beside a dash cannot be moved");
    mu_buf entry = {0};
    int column = block_column(f, a->in);
    bool apart = !a->moved && stand_apart(f, a->in);
    mu_buf_puts(&entry, apart && p ? f->eol : "");
    block_entry(m, &entry, a, column);
    mu_buf_puts(&entry, apart && !p ? f->eol : "");
    if (p)
        return put_at(m, lines_to(f, p), &entry);
    if (mu_first_on_line(f, a->in->first->begin))
        return put_at(m, mu_line_from(f, a->in->first->begin), &entry);
    return put_beside_dash(m, a, &entry, column);
}

/* "key:" over nothing would be a text that is empty. */
static bool leave_empty(maker *m, const mu_spot *in)
{
    const mu_text *f = m->f;
    const char *empty = in->kind == MU_MAP ? "{}" : "[]";
    if (!in->parent)
        return refuse(m, "nothing of the file would be left");
    if (!mu_first_on_line(f, in->first->begin))
        return edit(m, in->first->begin, in->first->begin, empty);
    size_t at = in->content > in->from ? in->from + strlen(in->anchor) + 1 : in->key ? mu_spots_skip(f->bytes, f->len, in->key_to) + 1 : in->begin + 1;
    return edit(m, at, at, mu_format(m->arena, " %s", empty));
}

/* ---- another value ---- */

static bool set_block(maker *m, const mu_ask *a, const char *text)
{
    const mu_text *f = m->f;
    const mu_spot *e = a->at;
    if (holds_comment(f, e->key ? e->key_to : e->content, e->to))
        return refuse(m, "a comment in it would be lost");
    size_t colon = e->key ? mu_spots_skip(f->bytes, f->len, e->key_to) + 1 : e->content;
    if (!e->key || one_line(f, colon, e->content))
        return edit(m, e->content, e->to, text);
    edit(m, colon, colon, mu_format(m->arena, " %s", text));
    return edit(m, line_end(f, colon), line_end(f, e->to), "");
}

static bool in_brackets(const mu_spot *e)
{
    while (e && e->style != MU_FLOW)
        e = e->parent;
    return e != NULL;
}

/* Behind the colon of what was empty: on lines where it does not fit. */
static bool set_nothing(maker *m, const mu_ask *a)
{
    const mu_text *f = m->f;
    const mu_spot *e = a->at;
    mu_buf out = {0};
    bool flow = in_brackets(e->parent), blank = e->content && f->bytes[e->content - 1] == ' ';
    bool bare = e->key && e->key_to == e->content; /* {a, b}: a key without a colon */
    int column = (int)(e->begin - mu_line_from(f, e->begin));
    mu_buf_puts(&out, bare ? ":" : "");
    if (!flow && a->value->kind != MU_SCALAR && !mu_fresh_fits(a->value, column + 16)) {
        mu_buf_puts(&out, f->eol);
        mu_fresh_put_block(&out, a->value, column + step_of(f), step_of(f), 0, f->eol);
        out.len -= strlen(f->eol); /* the line has its own */
        out.text[out.len] = '\0';
        return edit(m, line_end(f, e->content), line_end(f, e->content), kept(m, &out));
    }
    mu_buf_puts(&out, blank ? "" : " ");
    if (a->value->kind == MU_SCALAR)
        mu_fresh_put_text(&out, a->value->text, MU_PLAIN, flow);
    else
        mu_fresh_put_flow(&out, a->value);
    return edit(m, e->content, e->content, kept(m, &out));
}

static bool set(maker *m, const mu_ask *a)
{
    const mu_spot *e = a->at;
    if (e->style == MU_PLAIN && e->content == e->to)
        return set_nothing(m, a);
    mu_buf out = {0};
    mu_style style = e->style == MU_SINGLE || e->style == MU_DOUBLE ? e->style : MU_PLAIN;
    if (a->value->kind == MU_SCALAR)
        mu_fresh_put_text(&out, a->value->text, style, in_brackets(e->parent));
    else
        mu_fresh_put_flow(&out, a->value);
    const char *text = kept(m, &out);
    return e->kind != MU_SCALAR && e->style == MU_BLOCK ? set_block(m, a, text) : edit(m, e->content, e->to, text);
}

static bool set_once(maker *m, const mu_ask *a)
{
    for (const mu_ask *later = a + 1; later < m->asks + m->count; later++)
        if (later->kind == MU_ASK_SET && later->at == a->at) /* nothing that became a map, and got more keys */
            return a->at->content == a->at->to && a->value->kind != MU_SCALAR ? true : refuse(m, "two changes are asked for at one place");
    return set(m, a);
}

/* ---- comments ---- */

static bool note(maker *m, const mu_ask *a)
{
    const mu_text *f = m->f;
    mu_buf out = {0};
    size_t from = mu_line_from(f, a->at->begin);
    mu_fresh_put_note(&out, a->note, (int)(a->at->begin - from), f->eol);
    m->depth = -1;
    return edit(m, from, from, kept(m, &out));
}

static bool make(maker *m, const mu_ask *a)
{
    const mu_spot *within = a->kind == MU_ASK_PUT ? a->in : a->at;
    MU_CHECK(within);
    for (m->depth = 0; within; within = within->parent)
        m->depth++;
    switch (a->kind) {
    case MU_ASK_SET: return set_once(m, a);
    case MU_ASK_NOTE: return note(m, a);
    case MU_ASK_DROP: return a->in->style == MU_FLOW ? drop_flow(m, a->at) : drop_block(m, a->at);
    default: return a->in->style == MU_FLOW ? put_flow(m, a) : put_block(m, a);
    }
}

/* A block of which nothing is left is told once, with the first that goes. */
static bool empties(const maker *m, const mu_ask *a)
{
    return a->kind == MU_ASK_DROP && a->in->style == MU_BLOCK && a->at == a->in->first && keeps_none(m, a->in) && !puts_into(m, a->in);
}

bool mu_splice_bytes(mu_text *file, const mu_ask *asks, size_t count, mu_arena *arena, const char **why)
{
    maker m = {file, asks, count, arena, why, 0};
    for (size_t i = 0; i < count; i++) {
        if (!make(&m, &asks[i]))
            return false;
        if (empties(&m, &asks[i]) && !leave_empty(&m, asks[i].in))
            return false;
    }
    return true;
}
