/* measured.h - an assumptions file with what drills with people have measured put over what was assumed: a value that was measured stands before one that was asked or is a default. */
#ifndef MU_PARTICIPANTS_MEASURED_H
#define MU_PARTICIPANTS_MEASURED_H

#include "base/text.h"
#include "participants/assume.h"

typedef struct mu_measured {
    const char *person;          /* id; NULL for everybody */
    const char *habit;           /* the word of the file */
    int64_t fast, usual, slow;   /* milliseconds; fast and slow -1 where too few were measured to say */
    int never;                   /* percent, -1 likewise */
    int n;
} mu_measured;

/* `own`, which may be NULL, is the file that the measures are put over, read by mu_tree_read_loose: all of it is kept but its comments. */
void mu_assumptions_write(mu_buf *out, const mu_tree *own, const mu_measured *list, int count);

#endif
