/* items.h - the improvement plan over several runs: what became of each item.
 *
 * An item is a type of gap at one place of the plan. It is open while it is found. It closes by a later run in which it was
 * exercised (tried.h) and did not appear, or by a waiver that somebody signed by name; that somebody calls it done closes nothing. What
 * only a person saw no run closes in which no person took part. */
#ifndef MU_REPORT_ITEMS_H
#define MU_REPORT_ITEMS_H

#include "report/aar.h"

typedef enum mu_item_state { MU_ITEM_OPEN, MU_ITEM_AGAIN, MU_ITEM_UNTRIED, MU_ITEM_CLOSED, MU_ITEM_WAIVED, MU_ITEM_STATES } mu_item_state;

typedef struct mu_item_over {
    const char *gap, *subject, *text, *owner, *due;
    const char *course;      /* "run 1: found; run 2: exercised, and it did not appear" */
    const char *by;          /* what decided its state: "run 2, event 88", "waived by Dana Okafor until 2026-12-31" */
    mu_item_state state;
    mu_weight weight;        /* of the last run that found it */
    bool settled;            /* owner and day were agreed, or stand in the plan's register; else they are proposed */
} mu_item_over;

typedef struct mu_items_over {
    const mu_aar *const *runs; /* in the order of their STARTEX */
    int run_count;
    mu_item_over *list;      /* by weight, then by its id and place */
    int count;
    int counts[MU_ITEM_STATES];
} mu_items_over;

/* Owned by the arena of the last run's report. */
mu_items_over *mu_items_over_runs(const mu_aar *const *runs, int count);
const char *mu_item_state_word(mu_item_state state);
mu_doc *mu_items_doc(const mu_items_over *items);
void mu_items_csv(mu_buf *out, const mu_items_over *items);

#endif
