/* salvage.h - a plan of which a line cannot be read. That line, and what is indented below it, is taken out, so that the rest
 * is read and all of a file's mistakes are told in one go; every other line keeps its place. What was in it is remembered, so
 * that nothing is called missing that may have stood there. */
#ifndef MU_PLAN_SALVAGE_H
#define MU_PLAN_SALVAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/index.h"

/* Puts blanks in the place of line `line` (from 1), of what is indented deeper below it, and of a key above that would be left
 * empty; of a conflict of a merge, of both its sides; of a text that was wrapped, and of brackets, from where they began. The
 * words that stood there go to `words`, kept by `arena`. `bytes` end with a NUL. False where the line was blank, or is none. */
bool mu_take_out(char *bytes, size_t len, int line, mu_index *words, mu_arena *arena);

/* True for what looks like a file of keys: some line begins with "key:". Of prose, or another language, one mistake says enough. */
bool mu_has_keys(const char *bytes, size_t len);

/* True for a line, from `s` to `end`, that a merge has left where two people changed the same lines. */
bool mu_conflict_at(const char *s, const char *end);

/* A sign that a word processor puts where YAML wants another: what it is, and what to write; both NULL where there is none. */
typedef struct mu_foreign {
    const char *text, *help;
} mu_foreign;

/* At the begin of a text; anywhere in a key. */
mu_foreign mu_foreign_at(const char *text);
mu_foreign mu_foreign_in(const char *key);

#endif
