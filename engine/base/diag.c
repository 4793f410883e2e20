#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 200, TEXT = 300, LINE = 160 };

typedef struct source {
    const char *file, *bytes;
    size_t len;
} source;

struct mu_diags {
    mu_arena *arena;
    mu_diag list[MOST];
    size_t count, counts[2];
    source *sources;
    size_t source_count;
};

mu_diags *mu_diags_new(void)
{
    mu_arena *arena = mu_arena_new();
    mu_diags *diags = mu_alloc(arena, sizeof *diags);
    diags->arena = arena;
    return diags;
}

void mu_diags_free(mu_diags *diags)
{
    if (!diags)
        return;
    free(diags->sources);
    mu_arena_free(diags->arena);
}

mu_arena *mu_diags_arena(mu_diags *diags)
{
    return diags->arena;
}

void mu_diag_add(mu_diags *diags, mu_level level, int code, mu_mark at, const char *text, const char *help)
{
    diags->counts[level]++;
    if (diags->count == MOST)
        return;
    diags->list[diags->count++] = (mu_diag){
        .level = level,
        .code = code,
        .at = at,
        .text = mu_copy(diags->arena, text, strlen(text)),
        .help = help ? mu_copy(diags->arena, help, strlen(help)) : NULL,
    };
}

bool mu_diags_full(const mu_diags *diags)
{
    return diags->count == MOST;
}

void mu_diags_source(mu_diags *diags, const char *file, const char *bytes, size_t len)
{
    diags->sources = mu_grow(diags->sources, (diags->source_count + 1) * sizeof *diags->sources);
    diags->sources[diags->source_count++] = (source){file, bytes, len};
}

size_t mu_diags_count(const mu_diags *diags, mu_level level)
{
    return diags->counts[level];
}

size_t mu_diags_of_code(const mu_diags *diags, int code)
{
    size_t n = 0;
    for (size_t i = 0; i < diags->count; i++)
        n += diags->list[i].code == code;
    return n;
}

static size_t source_index(const mu_diags *diags, const char *file)
{
    size_t i = 0;
    while (i < diags->source_count && strcmp(diags->sources[i].file, file) != 0)
        i++;
    return i;
}

static int compare(const mu_diags *diags, const mu_diag *a, const mu_diag *b)
{
    size_t fa = source_index(diags, a->at.file), fb = source_index(diags, b->at.file);
    if (fa != fb)
        return fa < fb ? -1 : 1;
    if (a->at.line != b->at.line)
        return a->at.line < b->at.line ? -1 : 1;
    return a->at.column - b->at.column;
}

size_t mu_diags_list(mu_diags *diags, const mu_diag **list)
{
    for (size_t i = 1; i < diags->count; i++) { /* insertion: stable, and the list is short and almost sorted */
        mu_diag d = diags->list[i];
        size_t j = i;
        for (; j > 0 && compare(diags, &diags->list[j - 1], &d) > 0; j--)
            diags->list[j] = diags->list[j - 1];
        diags->list[j] = d;
    }
    *list = diags->list;
    return diags->count;
}

static bool find_line(const mu_diags *diags, const mu_mark *at, const char **line, size_t *len)
{
    size_t s = source_index(diags, at->file);
    if (s == diags->source_count)
        return false;
    const char *p = diags->sources[s].bytes, *end = p + diags->sources[s].len;
    for (int n = 1; n < at->line; n++) {
        p = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
        if (!p)
            return false;
        p++;
    }
    if (p == end)
        return false;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    *line = p;
    *len = (size_t)((stop ? stop : end) - p);
    if (*len && p[*len - 1] == '\r')
        --*len;
    return true;
}

/* Adds one character as it may be shown and returns the columns it takes. */
static int put(mu_buf *out, const char *s, size_t len, size_t *used)
{
    uint32_t cp;
    int n = mu_utf8(s, len, &cp);
    size_t before = out->len;
    *used = n ? (size_t)n : 1;
    if (n && cp == '\t') {
        mu_buf_puts(out, "    ");
        return 4;
    }
    mu_buf_safe(out, s, *used, 1);
    return n && !mu_unsafe(cp) ? mu_width(cp) : (int)(out->len - before);
}

/* The line, cut to a window round the caret where it is very long, and the caret under it. */
static void show_line(mu_buf *out, mu_diags *diags, const mu_mark *at, mu_look look)
{
    const char *line;
    size_t len;
    if (!find_line(diags, at, &line, &len))
        return;
    int number = 0, spaces = 0, carets = 0;
    mu_buf text = {0};
    int first = at->column > LINE - 40 ? at->column - 40 : 1, column = 1;
    for (size_t i = 0, used; i < len && column < first + LINE; i += used, column++) {
        uint32_t cp;
        int n = mu_utf8(line + i, len - i, &cp);
        used = n ? (size_t)n : 1;
        if (column == 1 && n && cp == 0xfeff) { /* editors do not count a byte order mark */
            column--;
            continue;
        }
        if (column < first)
            continue;
        int width = put(&text, line + i, len - i, &used);
        if (column < at->column)
            spaces += width;
        else if (column < at->column + at->width)
            carets += width;
    }
    if (at->column > column)
        spaces += 0;
    mu_buf gutter = {0};
    mu_buf_printf(&gutter, "%d", at->line);
    number = (int)gutter.len;
    const char *dim = look.colour ? "\x1b[2m" : "", *red = look.colour ? "\x1b[31m" : "", *off = look.colour ? "\x1b[0m" : "";
    mu_buf_printf(out, "%s%s |%s %s\n%s%*s |%s %*s%s", dim, gutter.text, off, text.len ? text.text : "", dim, number, "",
                  off, spaces, "", red);
    for (int i = 0; i < (carets ? carets : 1); i++)
        mu_buf_puts(out, "^");
    mu_buf_printf(out, "%s\n", off);
    mu_buf_free(&gutter);
    mu_buf_free(&text);
}

void mu_show_at(mu_buf *out, mu_diags *diags, const mu_mark *at, const char *word, const char *text, const char *help,
                mu_look look)
{
    const char *cyan = look.colour ? "\x1b[36m" : "", *red = look.colour ? "\x1b[31m" : "";
    const char *bold = look.colour ? "\x1b[1m" : "", *green = look.colour ? "\x1b[32m" : "", *off = look.colour ? "\x1b[0m" : "";
    mu_buf_puts(out, cyan);
    mu_buf_safe(out, at->file, strlen(at->file), 120);
    mu_buf_printf(out, ":%d:%d%s: %s%s%s: %s", at->line, at->column, off, red, word, off, bold);
    mu_buf_safe(out, text, strlen(text), TEXT);
    mu_buf_printf(out, "%s\n", off);
    show_line(out, diags, at, look);
    if (help) {
        mu_buf_printf(out, "  = %shelp%s: ", green, off);
        mu_buf_safe(out, help, strlen(help), TEXT * 2);
        mu_buf_puts(out, "\n");
    }
}

void mu_diags_show(mu_buf *out, mu_diags *diags, mu_look look)
{
    const mu_diag *list;
    size_t count = mu_diags_list(diags, &list);
    for (size_t i = 0; i < count; i++) {
        mu_buf word = {0};
        mu_buf_printf(&word, "%s[MU%03d]", list[i].level == MU_ERROR ? "error" : "warning", list[i].code);
        mu_show_at(out, diags, &list[i].at, word.text, list[i].text, list[i].help, look);
        mu_buf_free(&word);
    }
    size_t all = diags->counts[MU_WARNING] + diags->counts[MU_ERROR];
    if (all > count)
        mu_buf_printf(out, "and %zu more\n", all - count);
}
