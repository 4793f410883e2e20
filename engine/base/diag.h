/* diag.h - what is wrong with an input: all of it, each with its place, what would be right, and a code that stays.
 * Lines and columns count from 1; a column counts characters, as editors do. */
#ifndef MU_BASE_DIAG_H
#define MU_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

typedef struct mu_mark {
    const char *file; /* as the person named it; owned by whoever read the file */
    int line, column;
    int width; /* characters that the caret underlines, at least 1 */
} mu_mark;

typedef enum mu_level { MU_WARNING, MU_ERROR } mu_level;

typedef struct mu_diag {
    mu_level level;
    int code; /* the number in MU023 */
    mu_mark at;
    const char *text, *help; /* help may be NULL */
} mu_diag;

typedef struct mu_diags mu_diags;

mu_diags *mu_diags_new(void);
void mu_diags_free(mu_diags *diags);
/* Everything said until `mu_diags_free` is copied into this arena; others may keep strings there as well. */
mu_arena *mu_diags_arena(mu_diags *diags);

/* Strangers' text inside `text` and `help` is made safe when it is shown, not here. After 200 the rest is counted only. */
void mu_diag_add(mu_diags *diags, mu_level level, int code, mu_mark at, const char *text, const char *help);
/* Whether what was said at a place is said again, word for word; it is where this was not called. For whoever reads a file twice. */
void mu_diags_repeat(mu_diags *diags, bool repeat);
/* What was said last, until it is sorted; NULL where nothing was, or no more is kept. */
const mu_diag *mu_diags_last(const mu_diags *diags);
/* No more is kept: whoever has more to say may save the words. */
bool mu_diags_full(const mu_diags *diags);
/* The bytes of a file, for the line above the caret. Kept by reference: they must live as long as `diags`. */
void mu_diags_source(mu_diags *diags, const char *file, const char *bytes, size_t len);

size_t mu_diags_count(const mu_diags *diags, mu_level level);
/* How many errors and warnings have this code (001 to 999), kept or only counted. */
size_t mu_diags_of_code(const mu_diags *diags, int code);
/* Sorted by file (in the order of mu_diags_source), line and column; what was said first stands first. */
size_t mu_diags_list(mu_diags *diags, const mu_diag **list);

typedef struct mu_look {
    bool colour;
} mu_look;

/* One message with its place in the form that compilers use, the line and a caret; `word` is "error[MU023]". */
void mu_show_at(mu_buf *out, mu_diags *diags, const mu_mark *at, const char *word, const char *text, const char *help,
                mu_look look);
/* All of them, in order, with a count of what was left out. */
void mu_diags_show(mu_buf *out, mu_diags *diags, mu_look look);

#endif
