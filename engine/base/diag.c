#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 200, TEXT = 300, LINE = 160, BLOCK = 512, CODES = 1000 };

/* A character of the text: its line and column from 1, its byte from 0. */
typedef struct spot {
    int line, column;
    size_t byte;
} spot;

typedef struct source {
    const char *file, *bytes;
    size_t len;
    spot *spots; /* one in every BLOCK bytes, once a place was asked for: nothing is looked for from the start */
    size_t spot_count;
} source;

struct mu_diags {
    mu_arena *arena;
    mu_diag list[MOST];
    size_t count, counts[2], of_code[CODES];
    source *sources;
    size_t source_count;
    bool once; /* nothing is said twice */
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

static bool said(const mu_diags *diags, int code, const mu_mark *at, const char *text)
{
    for (size_t i = 0; i < diags->count; i++) {
        const mu_diag *d = &diags->list[i];
        if (d->code == code && d->at.line == at->line && d->at.column == at->column && strcmp(d->at.file, at->file) == 0 && strcmp(d->text, text) == 0)
            return true;
    }
    return false;
}

void mu_diag_add(mu_diags *diags, mu_level level, int code, mu_mark at, const char *text, const char *help)
{
    if (diags->once && said(diags, code, &at, text))
        return;
    diags->counts[level]++;
    diags->of_code[code]++;
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

void mu_diags_repeat(mu_diags *diags, bool repeat)
{
    diags->once = !repeat;
}

const mu_diag *mu_diags_last(const mu_diags *diags)
{
    return diags->count > 0 && diags->count < MOST ? &diags->list[diags->count - 1] : NULL;
}

bool mu_diags_full(const mu_diags *diags)
{
    return diags->count == MOST;
}

void mu_diags_source(mu_diags *diags, const char *file, const char *bytes, size_t len)
{
    diags->sources = mu_grow(diags->sources, (diags->source_count + 1) * sizeof *diags->sources);
    diags->sources[diags->source_count++] = (source){.file = file, .bytes = bytes, .len = len};
}

size_t mu_diags_count(const mu_diags *diags, mu_level level)
{
    return diags->counts[level];
}

size_t mu_diags_of_code(const mu_diags *diags, int code)
{
    return diags->of_code[code];
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

static void step(const source *s, spot *at)
{
    unsigned char c = (unsigned char)s->bytes[at->byte];
    uint32_t cp;
    int n = c < 0x80 ? 1 : mu_utf8(s->bytes + at->byte, s->len - at->byte, &cp);
    at->byte += n ? (size_t)n : 1;
    at->line += c == '\n';
    at->column = c == '\n' ? 1 : at->column + 1;
}

static void find_spots(mu_arena *arena, source *s)
{
    spot at = {1, 1, s->len >= 3 && memcmp(s->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0}; /* editors do not count a byte order mark */
    s->spots = mu_alloc(arena, (s->len / BLOCK + 1) * sizeof *s->spots);
    s->spots[s->spot_count++] = at;
    while (at.byte < s->len) {
        if (at.byte >= s->spot_count * BLOCK)
            s->spots[s->spot_count++] = at;
        size_t end = s->spot_count * BLOCK < s->len ? s->spot_count * BLOCK : s->len;
        const char *line;
        while ((line = memchr(s->bytes + at.byte, '\n', end - at.byte))) /* only of a block's last line the columns are counted */
            at = (spot){at.line + 1, 1, (size_t)(line - s->bytes) + 1};
        while (at.byte < end)
            step(s, &at);
    }
}

static bool before(const spot *a, int line, int column)
{
    return a->line != line ? a->line < line : a->column < column;
}

/* The character at a place, or the end of its line where that is shorter; false where there is no such line. */
static bool find(mu_arena *arena, source *s, int line, int column, spot *at)
{
    if (!s->spots)
        find_spots(arena, s);
    size_t low = 0, high = s->spot_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (before(&s->spots[middle], line, column))
            low = middle;
        else
            high = middle;
    }
    *at = s->spots[low];
    while (at->line < line) { /* a whole line at a time */
        const char *end = memchr(s->bytes + at->byte, '\n', s->len - at->byte);
        if (!end)
            return false;
        *at = (spot){at->line + 1, 1, (size_t)(end - s->bytes) + 1};
    }
    while (at->byte < s->len && before(at, line, column) && !(at->line == line && s->bytes[at->byte] == '\n'))
        step(s, at);
    return at->line == line && (at->byte < s->len || at->column > 1);
}

static bool line_ends(const source *s, size_t byte)
{
    return byte == s->len || s->bytes[byte] == '\n' || (s->bytes[byte] == '\r' && (byte + 1 == s->len || s->bytes[byte + 1] == '\n'));
}

/* Adds one character as it may be shown and returns the columns it takes. */
static int put(mu_buf *out, const char *s, size_t len, size_t *used)
{
    uint32_t cp;
    int n = mu_utf8(s, len, &cp);
    size_t before = out->len;
    *used = n ? (size_t)n : 1;
    if (n == 1 && cp >= 0x20 && cp < 0x7f) {
        mu_buf_add(out, s, 1);
        return 1;
    }
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
    size_t index = source_index(diags, at->file);
    source *s = index < diags->source_count ? &diags->sources[index] : NULL;
    spot c;
    int first = at->column > LINE - 40 ? at->column - 40 : 1, number = 0, spaces = 0, carets = 0;
    if (!s || !find(diags->arena, s, at->line, first, &c))
        return;
    mu_buf text = {0};
    for (size_t used; c.column < first + LINE && !line_ends(s, c.byte); c.byte += used, c.column++) {
        int width = put(&text, s->bytes + c.byte, s->len - c.byte, &used);
        if (c.column < at->column)
            spaces += width;
        else if (c.column < at->column + at->width)
            carets += width;
    }
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
