/* run_rules.h - what the rules of a run share. */
#ifndef MU_ANALYSIS_RUN_RULES_H
#define MU_ANALYSIS_RUN_RULES_H

#include "analysis/judge.h"
#include "analysis/run.h"

enum { MU_PROOFS = 64 };

/* Events that prove one finding, in order, each once. */
typedef struct mu_proof {
    uint32_t list[MU_PROOFS];
    int count;
    bool observed; /* a person at the keyboard did it */
} mu_proof;

typedef struct mu_trial {
    mu_judge judge;        /* of the findings of the run */
    mu_journal *journal;
    size_t count;          /* events */
} mu_trial;

typedef struct mu_run_rule {
    const char *gap;
    void (*judge)(mu_trial *t);
} mu_run_rule;

/* The next event of a kind after `after` (the first where that is NULL); NULL where there is none. */
const mu_event *mu_next_of(const mu_trial *t, const mu_event *after, mu_kind_of_event kind);
#define MU_EVENTS(e, trial, what) for (const mu_event *e = mu_next_of(trial, NULL, what); e; e = mu_next_of(trial, e, what))

const char *mu_word(const mu_trial *t, const mu_event *e, const char *key);
/* The node of the plan that a field names ("role:ciso"), or NULL. */
const mu_node *mu_named(const mu_trial *t, const char *name);
void mu_prove(mu_proof *proof, const mu_event *e);
/* Finds with its events. `confidence` is "deterministic" where no behaviour could change it, else "simulated" (observed
 * where a person at the keyboard did it). */
void mu_shown(mu_trial *t, const char *gap, const char *subject, mu_mark at, const char *text, const char *proof, const char *confidence,
              const mu_proof *events);
/* The event with number n, or NULL. */
const mu_event *mu_numbered(const mu_trial *t, int64_t n);
/* "18:20", the local time of a moment of the exercise. */
const char *mu_clock_time(const mu_trial *t, int64_t at);

extern const mu_run_rule mu_run_rules[]; /* ends with gap == NULL */

#endif
