/* paper.h - a plan judged on paper: the gaps that its text shows without anything being run. */
#ifndef MU_ANALYSIS_PAPER_H
#define MU_ANALYSIS_PAPER_H

#include "analysis/catalogue.h"
#include "plan/tree.h"

typedef struct mu_finding {
    const mu_gap *gap;
    const char *subject; /* role:legal_counsel, escalation:standard/2, section:team, plan */
    mu_mark at;          /* the node that is wrong; what is missing stands at the id of what lacks it */
    const char *text;    /* one sentence, without a remedy */
    const char *confidence; /* "deterministic", "simulated", "observed" */
    const uint32_t *evidence; /* numbers of the events that show it; none for what the paper alone shows */
    int evidence_count;
    const char *proof;   /* one sentence that says what the events show, or NULL */
} mu_finding;

typedef struct mu_findings {
    mu_finding *list; /* by weight, then by place */
    size_t count;
} mu_findings;

/* `now` is milliseconds of the organisation's local time since 1970-01-01: dates of the plan are held against it.
 * The tree was read by mu_schema_read. Everything is owned by `arena`. */
mu_findings mu_judge_paper(const mu_tree *tree, int64_t now, mu_arena *arena);

/* By weight, then by place, then by gap and subject. */
void mu_findings_sort(mu_findings *findings);

/* "critical", "high", "medium", "low". */
const char *mu_weight_word(mu_weight weight);
/* The reverse; "never" is -1. False where it is none of these. */
bool mu_weight_read(const char *word, int *weight);

#endif
