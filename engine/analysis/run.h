/* run.h - what a drill showed of the plan: gaps that events prove, and gaps of the paper that events bear out. */
#ifndef MU_ANALYSIS_RUN_H
#define MU_ANALYSIS_RUN_H

#include "analysis/paper.h"
#include "journal/journal.h"

/* Paper and run together, one cause once: where the run bears out a finding of the paper (the same gap and subject), that
 * one gets the run's events. `plan` is the plan of the drill, read by mu_schema_read; `starts_local` is its STARTEX.
 * The findings are owned by `arena`; their words may be those of the plan and of the journal themselves: subjects, places and
 * quoted texts live no longer than these two. */
mu_findings mu_judge_all(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena);

/* How many types of gap the rules look for: on paper and in runs, or on paper and in call trees. */
int mu_rule_count(bool calltree);
/* How a type of gap is looked for on paper, in a drill, and in a call tree; NULL where it is not. Of several rules it is the first. */
typedef struct mu_how {
    const char *paper, *run, *calls;
} mu_how;
mu_how mu_how_found(const char *gap);
/* The same by all of its rules; what is joined is owned by `arena`. */
mu_how mu_how_in_full(const char *gap, mu_arena *arena);

#endif
