/* strengths.h - what the plan does well: parts of it that a drill tried and that held, each with the events that show it,
 * and parts that the paper shows to be sound where plans are commonly weak. A part is named only if something in the
 * drill could have broken it. */
#ifndef MU_ANALYSIS_STRENGTHS_H
#define MU_ANALYSIS_STRENGTHS_H

#include "analysis/paper.h"
#include "journal/journal.h"

typedef struct mu_strength {
    const char *group;   /* "ROL", "COM", ... as of gaps */
    const char *subject; /* "role:incident_commander" */
    mu_mark at;
    const char *text;    /* one sentence: what held */
    const uint32_t *evidence; /* events; none where the paper alone shows it */
    int evidence_count;
} mu_strength;

typedef struct mu_strengths {
    const mu_strength *list; /* in the order of the groups, then of the plan */
    int count;
} mu_strengths;

/* `journal` may be NULL: then what the paper shows. Owned by `arena`. */
mu_strengths mu_strengths_of(const mu_tree *plan, mu_journal *journal, int64_t starts_local, mu_arena *arena);

#endif
