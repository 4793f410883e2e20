#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

int mu_utf8(const char *s, size_t len, uint32_t *cp)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char c = (unsigned char)s[0];
    int n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    if (n == 0 || (size_t)n > len)
        return 0;
    uint32_t v = n == 1 ? c : (uint32_t)c & (0x7fu >> n);
    for (int i = 1; i < n; i++) {
        unsigned char t = (unsigned char)s[i];
        if ((t & 0xc0) != 0x80)
            return 0;
        v = v << 6 | (t & 0x3fu);
    }
    if (v < least[n] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
        return 0;
    *cp = v;
    return n;
}

typedef struct range {
    uint32_t from, to;
} range;

static bool within(uint32_t cp, const range *table, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cp < table[mid].from)
            high = mid;
        else if (cp > table[mid].to)
            low = mid + 1;
        else
            return true;
    }
    return false;
}

/* Unicode 15, EastAsianWidth.txt (W and F) and the combining blocks, drawn together to whole blocks. */
static const range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26a1, 0x26a1},   {0x26ce, 0x26ce},   {0x2705, 0x2705},
    {0x274c, 0x274c},   {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2e80, 0x303e},   {0x3041, 0x33ff},
    {0x3400, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},   {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff},
    {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320},
    {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3},
    {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
    {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596},
    {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2},
    {0x1f6d5, 0x1f6d7}, {0x1f6dc, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb},
    {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

static const range narrow[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0900, 0x0902},
    {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d}, {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
    {0xe0100, 0xe01ef},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

int mu_width(uint32_t cp)
{
    if (cp < 0x300)
        return 1;
    if (within(cp, narrow, COUNT(narrow)))
        return 0;
    return within(cp, wide, COUNT(wide)) ? 2 : 1;
}

bool mu_unsafe(uint32_t cp)
{
    if ((cp >= 0x20 && cp < 0x7f) || cp == '\n' || cp == '\t')
        return false;
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x200b || cp == 0x200e || cp == 0x200f ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff || cp == 0x061c ||
           (cp >= 0xfff9 && cp <= 0xfffb);
}

enum { SINK = 1 << 16, MOSTLY = 100 }; /* MOSTLY: what is formatted is shorter than that, and needs no second look */

static void give_away(mu_buf *buf)
{
    buf->failed = buf->failed || !buf->sink(buf->text, buf->len);
    buf->len = 0;
}

__attribute__((cold, noinline)) static void make_room(mu_buf *buf, size_t more)
{
    if (buf->sink && buf->len >= SINK)
        give_away(buf);
    if (buf->size - buf->len > more)
        return;
    size_t size = buf->size ? buf->size : 256;
    while (size - buf->len <= more)
        size *= 2;
    buf->text = mu_grow(buf->text, size);
    buf->size = size;
}

static inline void reserve(mu_buf *buf, size_t more)
{
    if (buf->size - buf->len <= more || (buf->sink && buf->len >= SINK))
        make_room(buf, more);
}

void mu_buf_add(mu_buf *buf, const char *bytes, size_t len)
{
    reserve(buf, len);
    if (len)
        memcpy(buf->text + buf->len, bytes, len);
    buf->len += len;
    buf->text[buf->len] = '\0';
}

void mu_buf_puts(mu_buf *buf, const char *text)
{
    mu_buf_add(buf, text, strlen(text));
}

void mu_buf_number(mu_buf *buf, int64_t value)
{
    char text[24], *at = text + sizeof text;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    mu_buf_add(buf, at, (size_t)(text + sizeof text - at));
}

void mu_buf_printf(mu_buf *buf, const char *format, ...)
{
    va_list once, twice;
    va_start(once, format);
    va_copy(twice, once);
    reserve(buf, MOSTLY);
    int len = vsnprintf(buf->text + buf->len, buf->size - buf->len, format, once);
    va_end(once);
    MU_CHECK(len >= 0);
    if ((size_t)len >= buf->size - buf->len) {
        reserve(buf, (size_t)len);
        (void)vsnprintf(buf->text + buf->len, (size_t)len + 1, format, twice);
    }
    va_end(twice);
    buf->len += (size_t)len;
}

/* How many of the bytes at the begin are letters, digits and signs of ASCII, or blanks: one character each, and safe. */
static size_t plain(const char *bytes, size_t len)
{
    size_t n = 0;
    while (n < len && bytes[n] >= 0x20 && bytes[n] < 0x7f)
        n++;
    return n;
}

/* What nobody sees behind a letter of ASCII, where it joins nothing; in an emoji it belongs. */
static bool joins(uint32_t cp)
{
    return cp == 0xad || cp == 0x200c || cp == 0x200d;
}

void mu_buf_safe(mu_buf *buf, const char *bytes, size_t len, size_t most)
{
    size_t i = 0;
    for (size_t chars = 0; i < len; chars++) {
        uint32_t cp;
        size_t run = plain(bytes + i, len - i < most - chars ? len - i : most - chars);
        mu_buf_add(buf, bytes + i, run);
        i += run;
        chars += run;
        if (i == len)
            return;
        if (chars == most) {
            mu_buf_puts(buf, "...");
            return;
        }
        int n = mu_utf8(bytes + i, len - i, &cp);
        if (n == 0) {
            mu_buf_printf(buf, "\\x%02x", (unsigned char)bytes[i]);
            n = 1;
        } else if (cp == '\n' || cp == '\t') {
            mu_buf_puts(buf, " ");
        } else if (mu_unsafe(cp) || (joins(cp) && i > 0 && (unsigned char)bytes[i - 1] < 0x80)) {
            mu_buf_printf(buf, "\\u{%x}", (unsigned)cp);
        } else {
            mu_buf_add(buf, bytes + i, (size_t)n);
        }
        i += (size_t)n;
    }
    mu_buf_add(buf, "", 0);
}

bool mu_buf_read(mu_buf *buf, const char *path, size_t most)
{
    FILE *f = fopen(path, "rb");
    char block[1 << 16];
    size_t n = 0, len = 0;
    while (f && len <= most && (n = fread(block, 1, sizeof block, f)) > 0) {
        mu_buf_add(buf, block, n);
        len += n;
    }
    bool ok = f && !ferror(f) && len <= most;
    int error = f && !ferror(f) ? EFBIG : errno;
    if (f)
        fclose(f);
    errno = ok ? 0 : error;
    return ok;
}

void mu_buf_free(mu_buf *buf)
{
    free(buf->text);
    *buf = (mu_buf){0};
}

const char *mu_buf_into(mu_buf *buf, mu_arena *arena)
{
    const char *copy = mu_copy(arena, buf->text, buf->len);
    mu_buf_free(buf);
    return copy;
}

const char *mu_unstopped(mu_arena *arena, const char *text, size_t most)
{
    size_t n = strlen(text);
    mu_buf out = {0};
    while (n && strchr(" .!", text[n - 1]))
        n--;
    bool cut = n > most;
    n = cut ? most : n;
    while (cut && n && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    mu_buf_add(&out, text, n);
    mu_buf_puts(&out, cut ? "..." : "");
    return mu_buf_into(&out, arena);
}

enum { WORD = 64 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment; words longer than WORD are never near. */
static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

static int distance(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    if (la > WORD || lb > WORD)
        return WORD;
    int rows[3][WORD + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= lb; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= la; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= lb; j++) {
            int cost = lower(a[i - 1]) != lower(b[j - 1]);
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[lb];
}

const char *mu_nearest(const char *word, const char *const *words, size_t count)
{
    const char *best = NULL;
    int limit = (int)(strlen(word) + 2) / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        int d = words[i] ? distance(word, words[i]) : limit;
        if (d < limit) {
            best = words[i];
            limit = d;
        }
    }
    return best;
}
