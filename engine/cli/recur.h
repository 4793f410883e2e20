/* recur.h - gaps that drills had found and then found no more: one that is back weighs one level more. */
#ifndef MU_CLI_RECUR_H
#define MU_CLI_RECUR_H

#include "analysis/paper.h"
#include "journal/journal.h"

/* What is judged: a plan on paper (journal NULL), or the drill in the folder called `drill`. Of a drill only those that began before it count. */
typedef struct mu_recur {
    const char *history; /* a history.db */
    const mu_tree *plan;
    const mu_journal *journal;
    int64_t starts_local;
    const char *drill;
} mu_recur;

/* Raises what is back, and sorts. 0, or 3 after words on stderr where the history cannot be read. */
int mu_recur_take(const mu_recur *recur, mu_findings *findings, mu_arena *arena);

#endif
