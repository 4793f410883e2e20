/* The bytes before libyaml: it is quadratic in depth and reads some line breaks that no editor shows. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "plan/tree.h"

enum { DEPTH = 32, INDENT = 256 };

typedef struct scan {
    const char *name, *s;
    size_t len, i;
    int line, column;
    int brackets;
    char quote; /* 0, ' or " */
    char last;  /* the byte before, '\n' at a line's start */
    mu_diags *diags;
} scan;

static bool refuse(scan *at, int code, const char *text, const char *help)
{
    mu_diag_add(at->diags, MU_ERROR, code, (mu_mark){at->name, at->line, at->column, 1}, text, help);
    return false;
}

static bool is_break(scan *at, uint32_t cp)
{
    return cp == 0x85 || cp == 0x2028 || cp == 0x2029 || (at->s[at->i] == '\r' && (at->i + 1 == at->len || at->s[at->i + 1] != '\n'));
}

static bool character(scan *at, uint32_t cp)
{
    char text[120];
    if (cp == '\r' && at->i + 1 < at->len && at->s[at->i + 1] == '\n')
        return true;
    if (is_break(at, cp)) {
        snprintf(text, sizeof text, "character U+%04X is a line separator that no editor shows as one", (unsigned)cp);
        return refuse(at, 4, text, "end lines with LF or CRLF");
    }
    if (mu_unsafe(cp)) {
        snprintf(text, sizeof text, "control, invisible or direction-changing character U+%04X (bidi) is not allowed", (unsigned)cp);
        return refuse(at, 4, text, "delete the character");
    }
    return true;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Opens nothing, closes nothing, begins no comment: most of a plan. */
static bool plain(char c)
{
    static const char marks[128] = {['"'] = 1, ['\''] = 1, ['['] = 1, [']'] = 1, ['{'] = 1, ['}'] = 1, ['#'] = 1, ['\\'] = 1};
    return c >= ' ' && c < 0x7f && !marks[(int)c];
}

static void skip_plain(scan *at)
{
    size_t from = at->i;
    while (at->i < at->len && plain(at->s[at->i]))
        at->i++;
    if (at->i == from)
        return;
    at->column += (int)(at->i - from);
    at->last = at->s[at->i - 1];
}

/* Counts brackets and quotes as a plain reading would; where block text makes it wrong, it is wrong by refusing more
 * than 32 open brackets, never by letting libyaml see more. */
static bool nesting(scan *at, char c)
{
    bool opens = blank(at->last) || strchr("[{,", at->last);
    if (at->quote) {
        if (at->quote == '"' && c == '\\' && at->i + 1 < at->len && at->s[at->i + 1] != '\n') {
            at->i++;
            at->column++;
        } else if (c == at->quote) {
            at->quote = 0;
        }
    } else if ((c == '"' || c == '\'') && opens) {
        at->quote = c;
    } else if ((c == '[' || c == '{') && (opens || at->brackets)) {
        if (++at->brackets > DEPTH)
            return refuse(at, 6, "brackets are nested deeper than 32", "a plan is never that deep; look for a missing ] or }");
    } else if ((c == ']' || c == '}') && at->brackets) {
        at->brackets--;
    }
    return true;
}

/* What stands before the first character of a line: blanks, then dashes and question marks. */
static bool indentation(scan *at)
{
    size_t k = at->i;
    while (k < at->len && at->s[k] == ' ')
        k++;
    scan there = *at;
    there.column = (int)(k - at->i) + 1;
    if (k - at->i > INDENT)
        return refuse(&there, 6, "the line is indented deeper than 256 columns: nested too deep", NULL);
    int marks = 0;
    while (k + 1 < at->len && (at->s[k] == '-' || at->s[k] == '?') && blank(at->s[k + 1])) {
        there.column = (int)(k - at->i) + 1;
        if (++marks > DEPTH)
            return refuse(&there, 6, "lists are nested deeper than 32 on one line", NULL);
        if (at->s[k + 1] == '\n')
            return true;
        for (k++; k < at->len && at->s[k] == ' '; k++)
            ;
        if (k < at->len && at->s[k] == '\t')
            break;
    }
    size_t tab = k;
    while (k < at->len && (at->s[k] == '\t' || at->s[k] == ' '))
        k++;
    there.column = (int)(tab - at->i) + 1;
    if (k > tab && at->s[tab] == '\t' && k < at->len && at->s[k] != '\n' && at->s[k] != '\r' && at->s[k] != '#' && !at->quote)
        return refuse(&there, 5, "a tab is used for indentation", "use blanks");
    return true;
}

static bool in_comment(const scan *at)
{
    return at->s[at->i] == '#' && !at->quote && blank(at->last);
}

/* A comment runs to the end of its line, but its characters are looked at as well. */
static bool comment(scan *at)
{
    for (;;) {
        skip_plain(at);
        if (at->i == at->len || at->s[at->i] == '\n')
            return true;
        uint32_t cp;
        int n = mu_utf8(at->s + at->i, at->len - at->i, &cp);
        if (n == 0)
            return true; /* the main loop says so */
        if (!character(at, cp))
            return false;
        at->i += (size_t)n;
        at->column++;
    }
}

static bool encoding(scan *at)
{
    const unsigned char *s = (const unsigned char *)at->s;
    bool wide = at->len >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff) || !s[0] || !s[1]);
    if (wide)
        return refuse(at, 3, "the file is encoded as UTF-16 or UTF-32", "save it as UTF-8");
    if (at->len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
        at->i = 3;
    if (at->i < at->len && at->s[at->i] == '%')
        return refuse(at, 7, "a directive (a line that starts with %YAML or %TAG) is not allowed", "delete the line; a plan declares no version of YAML and no tags");
    return true;
}

static bool bad_byte(scan *at)
{
    char text[100];
    snprintf(text, sizeof text, "byte 0x%02X is not UTF-8", (unsigned char)at->s[at->i]);
    return refuse(at, 3, text, "save the file with the encoding UTF-8");
}

bool mu_scan(const char *name, const char *bytes, size_t len, mu_diags *diags)
{
    scan at = {.name = name, .s = bytes, .len = len, .line = 1, .column = 1, .last = '\n', .diags = diags};
    if (!encoding(&at))
        return false;
    if (!indentation(&at))
        return false;
    for (;;) {
        skip_plain(&at);
        if (at.i < at.len && in_comment(&at) && !comment(&at))
            return false;
        if (at.i == at.len)
            return true;
        uint32_t cp;
        int n = mu_utf8(at.s + at.i, at.len - at.i, &cp);
        if (n == 0)
            return bad_byte(&at);
        char c = at.s[at.i];
        if (!character(&at, cp) || !nesting(&at, c))
            return false;
        at.last = n == 1 ? at.s[at.i] : 'x';
        at.i += (size_t)n;
        at.column++;
        if (c != '\n')
            continue;
        at.line++;
        at.column = 1;
        at.last = '\n';
        if (!indentation(&at))
            return false;
    }
}
