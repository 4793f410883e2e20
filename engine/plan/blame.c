#include "plan/blame.h"

#include <string.h>

#include "plan/salvage.h"

enum { OPEN = 33 };

typedef struct spot {
    int line, column; /* line 0: none */
} spot;

/* A line that holds something; blank ones and comments are passed over. */
typedef struct row {
    const char *s, *end;
    int number, indent;
} row;

typedef struct text {
    const char *s, *end;
} text;

/* ---- lines ---- */

static bool look_at(row *l, const char *end)
{
    const char *stop = memchr(l->s, '\n', (size_t)(end - l->s));
    l->end = stop ? stop : end;
    l->indent = 0;
    while (l->s + l->indent < l->end && l->s[l->indent] == ' ')
        l->indent++;
    return l->s + l->indent < l->end && l->s[l->indent] != '#' && l->s[l->indent] != '\r';
}

static bool next(const text *t, row *l)
{
    while (l->end < t->end) {
        l->s = l->end + 1;
        l->number++;
        if (look_at(l, t->end))
            return true;
    }
    return false;
}

static bool before(const text *t, row *l)
{
    while (l->s > t->s) {
        const char *s = l->s - 1;
        while (s > t->s && s[-1] != '\n')
            s--;
        l->s = s;
        l->number--;
        if (look_at(l, t->end))
            return true;
    }
    return false;
}

static row line_at(const text *t, int number)
{
    row l = {t->s, t->s, 1, 0};
    for (const char *stop; l.number < number && (stop = memchr(l.s, '\n', (size_t)(t->end - l.s))); l.number++)
        l.s = stop + 1;
    (void)look_at(&l, t->end);
    return l;
}

static spot start_of(const row *l)
{
    return (spot){l->number, l->indent + 1};
}

/* "key:" with a blank or nothing behind it, perhaps behind dashes: the column of its colon from 0, or -1. */
static int colon_of(const row *l)
{
    const char *p = l->s + l->indent;
    while (p + 1 < l->end && *p == '-' && p[1] == ' ')
        for (p++; p < l->end && *p == ' '; p++)
            ;
    for (; p < l->end && *p != ':' && *p != ' ' && !strchr("\"[{", *p); p++)
        ;
    return p < l->end && *p == ':' && (p + 1 == l->end || p[1] == ' ' || p[1] == '\r') ? (int)(p - l->s) : -1;
}

/* How many lines stand at `indent` from here on, until one stands before `floor`. */
static int count_at(const text *t, row l, int indent, int floor)
{
    int n = 0;
    do {
        if (l.indent < floor)
            break;
        n += l.indent == indent;
    } while (next(t, &l));
    return n;
}

/* ---- what is open ---- */

typedef struct walk {
    const text *t;
    int line;
    const char *start; /* of the line */
    char quote;
    bool begins;       /* a text may begin here */
    spot opened, quoted; /* the open quote; the last that ran over a line's end, closed on line `closed` */
    int closed;
    spot open[OPEN];
    int depth;
} walk;

static spot here(const walk *w, const char *p)
{
    int column = 1;
    for (const char *s = w->start; s < p; s++)
        column += ((unsigned char)*s & 0xc0) != 0x80;
    return (spot){w->line, column};
}

static const char *in_quote(walk *w, const char *p)
{
    bool pair = p + 1 < w->t->end && ((w->quote == '"' && *p == '\\') || (w->quote == '\'' && *p == '\'' && p[1] == '\''));
    if (pair && p[1] != '\n')
        return p + 1;
    if (*p != w->quote)
        return p;
    w->quote = 0;
    w->begins = false;
    if (w->opened.line < w->line) {
        w->quoted = w->opened;
        w->closed = w->line;
    }
    return p;
}

static void outside(walk *w, const char *p)
{
    bool last = p + 1 == w->t->end || p[1] == ' ' || p[1] == '\n' || p[1] == '\r';
    if ((*p == '"' || *p == '\'') && w->begins) {
        w->quote = *p;
        w->opened = here(w, p);
    } else if ((*p == '[' || *p == '{') && (w->begins || w->depth)) {
        if (w->depth < OPEN)
            w->open[w->depth++] = here(w, p);
    } else if ((*p == ']' || *p == '}') && w->depth) {
        w->depth--;
    }
    if (*p != ' ')
        w->begins = strchr("[{", *p) || (*p == ',' && w->depth) || (*p == ':' && last) || (*p == '-' && last && w->begins);
}

/* A block of text behind | or >: its lines hold no YAML. Gives its last line, or the one it was given. */
static row over_block(const text *t, row l)
{
    const char *p = l.end;
    while (p > l.s && strchr(" \r+-0123456789", p[-1]))
        p--;
    if (p - 2 < l.s || (p[-1] != '|' && p[-1] != '>') || p[-2] != ' ')
        return l;
    int indent = l.indent;
    for (row more = l; next(t, &more) && more.indent > indent;)
        l = more;
    return l;
}

static void walk_line(walk *w, const row *l)
{
    w->line = l->number;
    w->start = l->s;
    w->begins = true;
    for (const char *p = l->s; p < l->end; p++) {
        if (w->quote)
            p = in_quote(w, p);
        else if (*p == '#' && (p == l->s || p[-1] == ' '))
            return;
        else
            outside(w, p);
    }
}

/* Walks up to a line and gives the brackets that are open there; the quotes are those up to its end. */
static void walk_to(walk *w, const row *stop)
{
    row l = line_at(w->t, 1);
    for (bool more = true; more && l.number < stop->number; more = next(w->t, &l)) {
        walk_line(w, &l);
        if (!w->quote && !w->depth)
            l = over_block(w->t, l);
    }
    walk end = *w;
    walk_line(&end, stop);
    w->quoted = end.quoted;
    w->closed = end.closed;
    if (end.quote) {
        w->quoted = end.opened;
        w->closed = stop->number;
    }
}

/* ---- judging ---- */

/* The last line above that stands further left than both. */
static row parent_of(const text *t, const row *at, const row *other)
{
    int indent = at->indent < other->indent ? at->indent : other->indent;
    row parent = *at;
    while (before(t, &parent) && parent.indent >= indent)
        ;
    return parent;
}

/* Of the first line of a block and one that stands in another column: the first is the odd one where it is alone in its column
 * and the other is not, or where both are and it is the first that stands an odd number of blanks in. */
static bool first_is_odd(const text *t, const row *at, const row *first)
{
    row parent = parent_of(t, at, first), opens = parent;
    if (parent.indent >= first->indent || !next(t, &opens) || opens.number != first->number || first->indent == at->indent)
        return false;
    int alone = count_at(t, *first, first->indent, parent.indent + 1), together = count_at(t, *at, at->indent, parent.indent + 1);
    return alone == 1 && (together > 1 || (first->indent - parent.indent) % 2);
}

typedef struct verdict {
    spot at;
    const char *text, *help;
} verdict;

static const char indent_text[] = "this line is indented unlike the others of its block", indent_help[] = "put it in the column of the lines beside it";

static bool dashed(const row *l)
{
    return l->s[l->indent] == '-';
}

static verdict no_dash(spot at)
{
    return (verdict){at, "this line lacks the dash of an item", "the items of a list stand behind dashes in one column"};
}

/* A line that holds neither a key nor an item, and is not part of what stands above it. */
static verdict lacking(const row *above, const row *at)
{
    if (colon_of(above) >= 0 || dashed(above))
        return (verdict){0};
    if (at->indent == above->indent && dashed(at))
        return no_dash(start_of(above));
    return (verdict){start_of(above), "this line lacks a colon, or the blank behind it", "write \"key: value\", or \"key:\" over what is indented"};
}

/* What a line ends with, before its comment and the blanks. */
static const char *last_of(const row *l)
{
    const char *end = l->s + l->indent;
    for (const char *p = end; p < l->end && !(*p == '#' && p[-1] == ' '); p++)
        end = *p == ' ' || *p == '\r' ? end : p;
    return end;
}

/* "  cfo: something" over what is indented below it: several keys, or one with something of its own; and not one that slipped. */
static bool text_over_more(const text *t, const row *above, const row *at)
{
    int colon = colon_of(above);
    if (colon < 0 || above->s + colon == last_of(above) || at->indent <= above->indent)
        return false;
    row more = *at;
    bool followed = next(t, &more);
    bool beside = followed && more.indent == at->indent && colon_of(&more) >= 0 && (at->indent - above->indent) % 2 == 0;
    return beside || strchr("{[", at->s[at->indent]) || (followed && more.indent > at->indent && *last_of(at) == ':');
}

static verdict text_and_more(const row *key)
{
    return (verdict){start_of(key), "this key holds a text, and more stands below it", "a key holds either what stands behind its colon or what is indented below: delete one of the two"};
}

/* "-at: x", of which YAML makes a key. */
static bool dash_is_glued(const row *l)
{
    const char *p = l->s + l->indent;
    return *p == '-' && p + 1 < l->end && p[1] != ' ' && p[1] != '-';
}

/* "kind: service}" behind a key: the bracket that would make sense of the second colon is gone. */
static verdict not_opened(const row *at, int column)
{
    const char *last = last_of(at);
    char opening = *last == '}' ? '{' : '[';
    int colon = colon_of(at);
    if (colon < 0 || colon >= column - 1 || (*last != '}' && *last != ']') || memchr(at->s, opening, (size_t)(last - at->s)))
        return (verdict){0};
    const char *p = at->s + colon + 1;
    while (*p == ' ')
        p++;
    return (verdict){{at->number, (int)(p - at->s) + 1}, "this line closes a bracket that nothing opens", "a list begins with [, a map with {; or quote the text"};
}

/* "key: value" where no key may stand: the line above lacks its colon, or one of the two is indented wrongly. */
static verdict misplaced_key(const text *t, const row *at, int column)
{
    row above = *at;
    if (!before(t, &above))
        return (verdict){0};
    if (colon_of(at) != column - 1)
        return text_over_more(t, &above, at) ? text_and_more(&above) : not_opened(at, column);
    if (dash_is_glued(&above) && at->indent > above.indent)
        return (verdict){start_of(&above), "the dash of this item has no blank behind it", "write \"- key: value\""};
    verdict v = lacking(&above, at);
    if (v.at.line || at->indent <= above.indent)
        return v;
    if (text_over_more(t, &above, at))
        return text_and_more(&above);
    return (verdict){start_of(first_is_odd(t, at, &above) ? &above : at), indent_text, indent_help};
}

/* A line in a column that nothing opened: it, or one before it, is indented wrongly or lacks something. */
static verdict misplaced_line(const text *t, const row *at)
{
    row above = *at, parent = parent_of(t, at, at), first = parent;
    while (before(t, &above) && above.indent > at->indent)
        ;
    if (above.indent == at->indent && dashed(at) && lacking(&above, at).at.line)
        return lacking(&above, at);
    if (next(t, &first) && first.number != at->number && first_is_odd(t, at, &first))
        return (verdict){start_of(&first), indent_text, indent_help};
    if (first_is_odd(t, at, &parent))
        return (verdict){start_of(&parent), indent_text, indent_help};
    return first.number == at->number && parent.indent < at->indent ? lacking(&parent, at) : (verdict){0};
}

/* More stands behind what libyaml took for the end of the plan: a line of three dots, or a first line that is indented. */
static verdict ended_early(const text *t, const row *at)
{
    row l = line_at(t, 1), first = l;
    bool found = look_at(&first, t->end) || next(t, &first);
    for (bool more = found; more && l.number < at->number; more = next(t, &l))
        if (l.end - l.s >= 3 && memcmp(l.s, "...", 3) == 0)
            return (verdict){{l.number, 1}, "three dots end the plan here, and more of it follows", "delete the line"};
    if (found && first.indent > at->indent)
        return (verdict){start_of(&first), indent_text, indent_help};
    return (verdict){start_of(at), "the plan ended above this line, and more of it follows", "a plan is one map of keys, which stand in one column"};
}

static verdict judge(const text *t, const mu_syntax *s)
{
    row at = line_at(t, s->at.line), opened = s->began.line ? line_at(t, s->began.line) : at;
    if (mu_conflict_at(opened.s, opened.end) || mu_conflict_at(at.s, at.end))
        return (verdict){{mu_conflict_at(opened.s, opened.end) ? opened.number : at.number, 1}, "a merge has left a conflict here that nobody settled",
                         "keep one side, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"};
    if (strstr(s->problem, "node content"))
        return (verdict){0};
    if (strstr(s->problem, "<document start>"))
        return ended_early(t, &at);
    if (strstr(s->problem, "alphabetic or numeric") && at.indent + 2 == s->at.column && at.s[at.indent] == '*')
        return (verdict){start_of(&at), "an item of a list begins with a dash", "write - instead of *; or quote a text that begins with *"};
    walk w = {.t = t};
    walk_to(&w, &at);
    if (w.quoted.line && w.quoted.line < s->at.line && w.closed >= at.number)
        return (verdict){w.quoted, "the quote that opens here is not closed on its line", "close it; or what follows is read as part of the text"};
    if (w.depth) {
        spot open = w.open[w.depth - 1];
        row holder = line_at(t, open.line);
        if (at.indent <= holder.indent || at.s == t->end)
            return (verdict){open, "the bracket that opens here is not closed", "a list ends with ], a map with }"};
    }
    row began = strstr(s->problem, "could not find expected ':'") && s->began.line ? line_at(t, s->began.line) : at, above = began;
    if (began.number != at.number && (began.s[began.indent] == '{' || began.s[began.indent] == '[') && before(t, &above) && above.indent == began.indent && dashed(&above))
        return no_dash(start_of(&began));
    if (strstr(s->problem, "could not find expected ':'") && s->began.line)
        return (verdict){{s->began.line, s->began.column}, "this line lacks a colon, or the blank behind it", "write \"key: value\"; a further line of a text is indented deeper"};
    if (strstr(s->problem, "mapping values are not allowed"))
        return misplaced_key(t, &at, s->at.column);
    bool misplaced = strstr(s->problem, "did not find expected key") || strstr(s->problem, "did not find expected '-' indicator");
    return misplaced && s->at.column == at.indent + 1 ? misplaced_line(t, &at) : (verdict){0};
}

/* "owner:" and a no-break blank looks as if nothing were wrong. */
static void look_alike(const text *t, mu_arena *arena, verdict *v)
{
    row l = line_at(t, v->at.line);
    const char *s = l.s + l.indent, *colon = memchr(s, ':', (size_t)(l.end - s));
    const char *after = colon ? mu_copy(arena, colon + 1, (size_t)(l.end - colon - 1)) : "", *before = mu_copy(arena, s, (size_t)(l.end - s));
    mu_foreign in = mu_foreign_at(after).text ? mu_foreign_at(after) : mu_foreign_at(before);
    if (in.text)
        *v = (verdict){v->at, in.text, in.help};
}

void mu_blame(const char *bytes, size_t len, const mu_syntax *s, mu_diags *diags)
{
    text t = {bytes, bytes + len};
    verdict v = judge(&t, s);
    if (!v.at.line) {
        mu_say_syntax(diags, s);
        return;
    }
    look_alike(&t, mu_diags_arena(diags), &v);
    mu_diag_add(diags, MU_ERROR, 13, (mu_mark){s->at.file, v.at.line, v.at.column, 1}, v.text, v.help);
}
