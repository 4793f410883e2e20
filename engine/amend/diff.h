/* diff.h - two texts as a unified diff, in the form that `git apply` and `patch` take. */
#ifndef MU_AMEND_DIFF_H
#define MU_AMEND_DIFF_H

#include "base/arena.h"
#include "base/text.h"

/* Why lines of the old text change: stands behind the numbers of the hunk that holds the line, where both tools pass it over. */
typedef struct mu_why {
    int line; /* of the old text, from 1 */
    const char *words;
} mu_why;

typedef struct mu_side {
    const char *text;
    size_t len;
} mu_side;

/* Adds nothing where the two are the same. `name` is the file as the tools are to find it. */
void mu_diff(mu_buf *out, const char *name, mu_side old, mu_side made, const mu_why *whys, size_t why_count);

#endif
