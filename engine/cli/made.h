/* made.h - a report of a journal as bytes: made once to be written, and made again to be checked. */
#ifndef MU_CLI_MADE_H
#define MU_CLI_MADE_H

#include "cli/gate.h"
#include "report/write.h"

typedef struct mu_wanted {
    const char *format;   /* as --format says; a word document and a PDF are made from what mu_converted_from says */
    const char *reader;   /* executive, practitioner, auditor; NULL: the report that the drill wrote */
    const char *plan;     /* NULL: the one that is kept beside the journal */
    const char *redact;   /* a file with a secret, or NULL */
    const char *history;  /* a history.db: what drills had found no more, and is back, weighs more; or NULL */
} mu_wanted;

typedef struct mu_made {
    mu_buf bytes;
    mu_report *report;    /* until mu_made_free */
    mu_findings *findings;
    mu_arena *arena;
    mu_journal *journal;
    mu_tree *plan;
    int64_t starts_local;
} mu_made;

/* 0; 3 or 4, after words on stderr. What is in *made is to be freed in any case. */
int mu_make(mu_made *made, const char *journal, const mu_wanted *wanted, const mu_gate *gate, bool *fails);
void mu_made_free(mu_made *made);
/* The list of improvement items over several journals, each with its own plan beside it. */
int mu_make_over_runs(mu_buf *out, char *const *journals, int count, const mu_wanted *wanted);

/* "inputs/plan.yaml" or "inputs/plan", where the plan lies beside the journal; NULL where it does not. */
const char *mu_name_in_folder(const char *journal, mu_arena *arena);

#endif
