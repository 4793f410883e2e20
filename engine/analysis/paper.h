/* paper.h - a plan judged on paper: the gaps that its text shows without anything being run. */
#ifndef MU_ANALYSIS_PAPER_H
#define MU_ANALYSIS_PAPER_H

#include "plan/catalogue.h"
#include "plan/same.h"
#include "analysis/scene.h"
#include "plan/tree.h"

/* One sentence that says why, and how it is shown. A finding is owned by the arena of its judge. */
typedef struct mu_finding {
    const mu_gap *gap;
    const char *subject;    /* role:legal_counsel, escalation:standard/2, section:team, plan */
    mu_mark at;             /* the node that is wrong; what is missing stands at the id of what lacks it */
    const char *text;       /* one sentence, without a remedy */
    mu_weight weight;       /* the type's own, raised or lowered (doctrine: severity of a gap) */
    const char *reasons;    /* why it is not the type's own; NULL where it is */
    bool relieved;          /* something that was tested does its work: a level less, where nothing makes it a level more */
    const char *confidence; /* "deterministic", "simulated", "observed" */
    int runs, shown_in;     /* of how many drills, in how many it was seen; 0 where no drill is needed to know it */
    const uint32_t *evidence; /* numbers of the events that show it; none for what the paper alone shows */
    int evidence_count;
    const char *proof;      /* one sentence that says what the events show, or NULL */
    const char *limit;      /* the threshold it rests on and who set it, or NULL */
    const char *cause;      /* what several findings may have in common: a subject */
    const char *id;         /* 16 hex digits; the same while the same thing is wrong, wherever it stands (weigh.h) */
    const struct mu_suppression *suppressed; /* or NULL */
    bool known;             /* a baseline has it already */
    const char *patch;      /* a diff of the plan that closes it, where a program can write one; else NULL */
} mu_finding;

/* The plan accepts a gap for a time. It is shown all the same, with its reason; once its day is over it counts again. */
typedef struct mu_suppression {
    const char *gap, *subject, *reason, *by, *until; /* `by` may be NULL */
    mu_mark at;
    enum { MU_IN_FORCE, MU_EXPIRED, MU_MATCHES_NOTHING } state;
} mu_suppression;

typedef struct mu_findings {
    mu_finding *list; /* by weight, then by place */
    size_t count;
    mu_suppression *suppressions; /* all that the plan has, in its order */
    size_t suppression_count;
    bool has_baseline; /* then `known` says of each whether it is older than this run */
    size_t gone;       /* so many of the baseline are found no more */
} mu_findings;

/* `now` is milliseconds of the organisation's local time since 1970-01-01: dates of the plan are held against it.
 * The tree was read by mu_schema_read. `scenes` are the scenarios that the plan is judged with, none in an empty list.
 * Everything is owned by `arena`. */
mu_findings mu_judge_paper(const mu_tree *tree, const mu_scenes *scenes, int64_t now, mu_arena *arena);

/* By weight, then by place, then by gap and subject. */
void mu_findings_sort(mu_findings *findings);

/* A finding, as it is held against others. */
static inline mu_said mu_finding_said(const mu_finding *finding)
{
    return (mu_said){finding->id, finding->gap->id, finding->subject, finding->text};
}
/* Marks those as known that an earlier run found (same.h). */
void mu_findings_known(mu_findings *findings, const mu_said *earlier, size_t count);
/* Raises by one level those that an earlier run had found and a later one no more, unless they weigh one more already; `since` says of each of these when that
 * was. Sorts them anew. */
void mu_findings_recur(mu_findings *findings, const mu_said *earlier, const char *const *since, size_t count, mu_arena *arena);
/* True where one that is new and not accepted weighs as much as `fail_on` or more; -1 fails never. */
bool mu_findings_fail(const mu_findings *findings, int fail_on);

/* Findings that have one cause. The first finding of a cause is its weightiest; causes come in the order of those. */
typedef struct mu_cause {
    const char *subject;
    const mu_finding *const *list;
    int count;
} mu_cause;

/* All of them, each finding in one; returns how many. */
int mu_causes(const mu_findings *findings, mu_arena *arena, const mu_cause **causes);

/* "simulated: seen in 1 of 1 drill (95% interval 21 to 100%)"; "deterministic: it needs no drill to be known". */
const char *mu_confidence_words(const mu_finding *finding, mu_arena *arena);

/* "critical", "high", "medium", "low". */
const char *mu_weight_word(mu_weight weight);
/* The reverse; "never" is -1. False where it is none of these. */
bool mu_weight_read(const char *word, int *weight);

#endif
