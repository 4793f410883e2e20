/* text.h - UTF-8, growing text, and the nearest of several words. No function here asks the locale. */
#ifndef MU_BASE_TEXT_H
#define MU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* One character of UTF-8 from `s` (at least one byte, `len` bytes long). Returns its length in bytes and sets
 * *cp; returns 0 where the bytes are not strict UTF-8 (overlong, surrogate, beyond U+10FFFF, cut off). */
int mu_utf8(const char *s, size_t len, uint32_t *cp);

/* Columns of a terminal that a character takes: 0 (combining), 1 or 2 (East Asian wide, emoji). */
int mu_width(uint32_t cp);

/* True for characters that no text of a plan may hold and no screen may get raw: C0 and C1 controls but tab and
 * line feed, bidi controls, invisible separators, the byte order mark inside a text. */
bool mu_unsafe(uint32_t cp);

/* Text that grows. Start with {0}; free with mu_buf_free. `text` is NUL-terminated once something was added. */
typedef struct mu_buf {
    char *text;
    size_t len, size;
    /* Where set, what has come together is given away whenever it is large, and `len` begins anew; the rest is for the owner.
     * False is remembered in `failed`, and all that follows is dropped. */
    bool (*sink)(const char *bytes, size_t len);
    bool failed;
} mu_buf;

void mu_buf_add(mu_buf *buf, const char *bytes, size_t len);
void mu_buf_puts(mu_buf *buf, const char *text);
/* A whole number in digits: what a journal and a page have most of. */
void mu_buf_number(mu_buf *buf, int64_t value);
void mu_buf_printf(mu_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds text of a stranger for a terminal: what is unsafe or not UTF-8 becomes \u{..} or \x.., a line feed or a tab a
 * space; at most `most` characters, then "...". */
void mu_buf_safe(mu_buf *buf, const char *bytes, size_t len, size_t most);
/* Adds all of a file. False with errno set where it cannot be read; EFBIG where it has more than `most` bytes. */
bool mu_buf_read(mu_buf *buf, const char *path, size_t most);
void mu_buf_free(mu_buf *buf);
/* What was gathered, as a text of the arena's; the buffer is freed. */
const char *mu_buf_into(mu_buf *buf, mu_arena *arena);

/* What somebody wrote, as a part of a sentence: without the full stop behind it, and where it is longer than `most` bytes cut
 * between two characters, with "..." for the rest. Lives in the arena. */
enum { MU_WHOLE = 1 << 30 };
const char *mu_unstopped(mu_arena *arena, const char *text, size_t most);

/* The word of `words` (`count` of them, NULLs skipped) nearest to `word`, by edit distance with transpositions; NULL
 * where none is near enough to be what was meant. The first of equals wins. */
const char *mu_nearest(const char *word, const char *const *words, size_t count);

#endif
