#include "plan/salvage.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

static const char *const blanks[] = {"\u00a0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202f", "\u3000"};

/* The bytes of a no-break or wide blank; 0 where another character stands. */
static size_t wide_blank(const char *text)
{
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    return 0;
}

typedef struct line {
    char *s, *end; /* without its line break */
    int indent;
    bool blank; /* nothing but blanks and a comment */
} line;

static line line_from(char *s, char *stop)
{
    char *end = memchr(s, '\n', (size_t)(stop - s));
    line l = {.s = s, .end = end ? end : stop};
    while (l.s + l.indent < l.end && l.s[l.indent] == ' ')
        l.indent++;
    l.blank = l.s + l.indent == l.end || l.s[l.indent] == '#' || l.s[l.indent] == '\r';
    return l;
}

/* The nearest line below that holds something; false where there is none. */
static bool below(char *stop, line *l)
{
    while (l->end < stop) {
        *l = line_from(l->end + 1, stop);
        if (!l->blank)
            return true;
    }
    return false;
}

static bool above(char *start, char *stop, line *l)
{
    while (l->s > start) {
        char *s = l->s - 1;
        while (s > start && s[-1] != '\n')
            s--;
        *l = line_from(s, stop);
        if (!l->blank)
            return true;
    }
    return false;
}

/* Letters that are none of ASCII may be the mistake, and are passed over. */
static void keep_words(const line *l, mu_index *words, mu_arena *arena)
{
    char *word = mu_copy(arena, l->s, (size_t)(l->end - l->s)), *to = word;
    for (const char *p = l->s; p <= l->end; p++) {
        if (p < l->end && (isalnum((unsigned char)*p) || *p == '_' || *p == '-')) {
            *to++ = *p;
        } else if (p == l->end || (unsigned char)*p < 0x80) {
            *to = '\0';
            if (to > word)
                (void)mu_index_put(words, word);
            word = to = to + (to > word);
        }
    }
}

static void clear(const line *l, mu_index *words, mu_arena *arena)
{
    keep_words(l, words, arena);
    for (char *p = l->s; p < l->end; p++)
        if (*p != '\r' || p + 1 < l->end)
            *p = ' ';
}

static bool opens(const line *l)
{
    const char *p = l->end;
    for (const char *c = l->s + l->indent; c < l->end; c++)
        if (*c == '#' && c[-1] == ' ')
            p = c;
    while (p > l->s && (p[-1] == ' ' || p[-1] == '\r'))
        p--;
    return p > l->s && p[-1] == ':';
}

/* A key with nothing behind its colon, and nothing below it any more. */
static void clear_emptied(char *bytes, char *stop, line out, mu_index *words, mu_arena *arena)
{
    line key = out, more = out;
    bool held = below(stop, &more);
    while (above(bytes, stop, &key) && opens(&key) && !(held && more.indent > key.indent)
           && !(held && more.indent == key.indent && more.s[more.indent] == '-' && key.s[key.indent] != '-'))
        clear(&key, words, arena);
}

/* Brackets that a line leaves open. */
static int left_open(const line *l)
{
    int n = 0;
    for (const char *p = l->s; p < l->end; p++)
        n += (*p == '[' || *p == '{') - (*p == ']' || *p == '}');
    return n;
}

/* Of a line that goes on what stands above it: a text that was wrapped, or keys below a text. */
static bool goes_on(const line *l, const line *up)
{
    bool item = up->s[up->indent] == '-';
    bool key = memchr(l->s, ':', (size_t)(l->end - l->s)) != NULL;
    return !item && ((l->indent == up->indent && !key && l->s[l->indent] != '-') || (l->indent > up->indent && !opens(up)));
}

/* What stands deeper than this belongs to a line. Of one that is indented with tabs or wide blanks nobody knows where it stands:
 * its first line below tells it, where it opens something. */
static int depth_of(const line *l, char *stop)
{
    const char *p = l->s;
    int columns = 0;
    for (size_t n = 1; p < l->end && n; p += n, columns += n > 0)
        n = *p == ' ' || *p == '\t' ? 1 : wide_blank(p);
    if (columns == l->indent || *p == '-')
        return columns;
    line next = *l;
    return opens(l) && below(stop, &next) ? next.indent - 1 : INT_MAX;
}

bool mu_take_out(char *bytes, size_t len, int number, mu_index *words, mu_arena *arena)
{
    char *stop = bytes + len, *s = bytes;
    for (char *end; s && number > 1; number--)
        s = (end = memchr(s, '\n', (size_t)(stop - s))) ? end + 1 : NULL;
    if (!s)
        return false;
    line out = line_from(s, stop), last = out;
    if (out.s + out.indent == out.end || out.s[out.indent] == '\r')
        return false;
    bool conflict = mu_conflict_at(out.s, out.end), ended = false;
    line up = out;
    if (!conflict && above(bytes, stop, &up) && goes_on(&out, &up)) {
        clear(&out, words, arena);
        last = out = up;
    }
    for (up = out; !conflict && above(bytes, stop, &up) && left_open(&up) > 0;) /* it is part of what was opened there */
        last = out = up;
    int depth = depth_of(&out, stop);
    clear(&out, words, arena);
    for (line next = out; !ended && below(stop, &next) && (conflict || next.indent > depth); last = next) {
        ended = conflict && *next.s == '>' && mu_conflict_at(next.s, next.end);
        clear(&next, words, arena);
    }
    clear_emptied(bytes, stop, last, words, arena);
    return true;
}

bool mu_has_keys(const char *bytes, size_t len)
{
    for (const char *from = bytes, *stop = bytes + len, *end; from && from < stop; from = end ? end + 1 : NULL) {
        const char *p = from;
        end = memchr(from, '\n', (size_t)(stop - from));
        while (p < stop && (islower((unsigned char)*p) || *p == '_'))
            p++;
        if (p > from && p < stop && *p == ':' && (p + 1 == stop || strchr(" \r\n", p[1])))
            return true;
    }
    return false;
}

bool mu_conflict_at(const char *s, const char *end)
{
    static const char *const marks[] = {"<<<<<<< ", "=======\n", "=======\r", ">>>>>>> ", "||||||| "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (end - s >= 7 && strncmp(s, marks[i], 7) == 0 && (end - s == 7 || s[7] == marks[i][7]))
            return true;
    return false;
}

/* ---- signs of word processors ---- */

static const mu_foreign no_blank = {"a no-break or wide blank stands in this line, which is none to YAML", "write plain blanks: \"key: value\""};

mu_foreign mu_foreign_at(const char *text)
{
    static const char *const dashes[] = {"\u2013 ", "\u2014 ", "\u2022 ", "\u2212 "};
    if (wide_blank(text))
        return no_blank;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (strncmp(text, dashes[i], strlen(dashes[i])) == 0)
            return (mu_foreign){"this sign looks like the dash of an item and is none", "write - and a blank"};
    return (mu_foreign){NULL, NULL};
}

mu_foreign mu_foreign_in(const char *key)
{
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (strstr(key, blanks[i]))
            return no_blank;
    return mu_foreign_at(key);
}
