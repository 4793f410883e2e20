/* repairs.h - the smallest repair of a coverage written into the text of the plan, and proved: the plan is read again from the
 * changed text, and its cover is what the repair foresaw.
 *
 * Each change is tried on top of those before it. One that cannot be written, or that would open a gap on paper, is refused, and
 * the smallest repair without it is looked for. */
#ifndef MU_AMEND_REPAIRS_H
#define MU_AMEND_REPAIRS_H

#include "absence/repair.h"
#include "amend/amend.h"
#include "amend/tried.h"

typedef struct mu_repaired {
    mu_change change;
    const char *question; /* written: what only people know, asked in a comment; NULL */
    const char *why;      /* why it is refused; NULL: it is written */
    size_t asks, asks_end;
} mu_repaired;

typedef struct mu_repairs {
    const mu_tree *plan;
    mu_splice *splice;
    const mu_repair *repair; /* without what is refused */
    mu_repaired *list;       /* written and refused, each in the order in which it was decided */
    int count, written, refused;
    mu_findings before;      /* gaps on paper */
    const mu_finding *closed, *opened;
    size_t closed_count, opened_count;
    const mu_cover *after;   /* of the plan as it was read again; NULL where that failed */
    const char *unproved;    /* why the changed text is not shown to do what the repair does; NULL: it does */
    mu_tried whole;          /* what `after` stands on */
} mu_repairs;

/* `now` is the local moment against which dates are held. All is owned by the house's arena but for what mu_repairs_free frees. NULL
 * with *why where it cannot be judged. */
mu_repairs *mu_repairs_of(const mu_tree *plan, const mu_house *house, const mu_repair_options *options, int64_t now, mu_cuts_watch watch, void *self, const char **why);
void mu_repairs_free(mu_repairs *repairs);

/* The hunks, each with its reason; and the lines above them. `as_of` is the moment: "2026-07-10 12:00". */
void mu_repairs_hunks(mu_buf *out, const mu_repairs *repairs, mu_file_name *name, const void *self, mu_arena *arena);
/* How many changes, what they come to, and whether they are the fewest; what the cover of the patched plan shows, and NULL where that
 * could not be looked at. One sentence or more. */
const char *mu_repairs_lead(const mu_repairs *repairs, mu_arena *arena);
const char *mu_repairs_proof(const mu_repairs *repairs, const char *as_of, mu_arena *arena);
void mu_repairs_words(mu_buf *out, const mu_repairs *repairs, const char *as_of, mu_arena *arena);

#endif
