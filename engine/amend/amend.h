/* amend.h - a plan amended by its own gaps: each change is tried alone on top of those before it, the plan is judged again
 * with it, and it is kept only where its gap closes and no other one opens. */
#ifndef MU_AMEND_AMEND_H
#define MU_AMEND_AMEND_H

#include "amend/mend.h"

typedef enum mu_fate {
    MU_FATE_WRITTEN,  /* the change is in the patch, and the gap closes with it */
    MU_FATE_ALONG,    /* a change for another gap closes it */
    MU_FATE_ASKED,    /* the question is in the patch; the gap stays until it is answered */
    MU_FATE_OPEN,     /* its question stands in the plan already */
    MU_FATE_PEOPLE,   /* nothing that can be written closes it */
    MU_FATE_ACCEPTED, /* the plan accepts it for now */
    MU_FATE_UNCHOSEN  /* not among those that were chosen */
} mu_fate;

typedef struct mu_amended {
    const mu_finding *finding;
    mu_fate fate;
    const char *from;     /* written: whence it is known, one sentence */
    const char *question; /* asked: to people */
    const char *why;      /* why a change that was tried is not proposed; NULL where none was tried */
    const mu_finding *opens; /* what that change would have opened */
    size_t open_count;
    size_t asks, asks_end; /* what was asked of the splice for it */
} mu_amended;

/* How a plan is judged: on paper, or by a drill that is played again. `found` is owned by the arena. False where it cannot be
 * judged; then *why is one sentence. */
typedef struct mu_prover {
    bool (*judge)(void *self, mu_tree *plan, mu_arena *arena, mu_findings *found, const char **why);
    void *self;
} mu_prover;

typedef struct mu_amendment {
    const mu_tree *plan;
    mu_splice *splice;
    mu_amended *list; /* one each of `before`, in its order */
    size_t count;
    mu_findings before, after; /* judged by the prover */
    const mu_finding *opened;  /* in `after` and not in `before`: none, unless the changes do it together */
    size_t opened_count;
    const char *unproved;      /* why the whole could not be judged; NULL where it was */
    size_t fates[MU_FATE_UNCHOSEN + 1];
} mu_amendment;

/* `before` are the findings of the plan by the same prover; `chosen` says which of them are to be amended, NULL for all. `now` is
 * the moment against which dates are held. All is owned by the arena; the plan outlives it. */
mu_amendment mu_amend(const mu_tree *plan, const mu_findings *before, const bool *chosen, int64_t now, const mu_prover *prover, mu_arena *arena);

/* On paper, without scenarios: `self` is the int64_t of `now`. */
bool mu_prove_on_paper(void *self, mu_tree *plan, mu_arena *arena, mu_findings *found, const char **why);

/* How a diff calls a file of the plan. */
typedef const char *mu_file_name(const void *self, const char *file);

/* Fills `patch` of every finding whose change Muster can write: the diff of it alone, judged again on paper. Where the plan and its
 * gaps are so many that it would take long, none is filled. `before` is the plan as it was judged on paper alone at `now`, NULL
 * where it was not yet. */
void mu_patches(const mu_tree *plan, mu_findings *findings, const mu_findings *before, int64_t now, mu_file_name *name, const void *self, mu_arena *arena);

/* Why some of what was asked of a splice was asked: from one mark of it to another. */
typedef struct mu_reason {
    const char *words;
    size_t asks, asks_end;
} mu_reason;

/* What a splice has made as a unified diff, each hunk with its reasons. */
void mu_reasoned_hunks(mu_buf *out, const mu_tree *plan, const mu_splice *splice, const mu_reason *reasons, size_t count, mu_file_name *name, const void *self, mu_arena *arena);
/* All hunks as a unified diff, each with its reason. */
void mu_amend_hunks(mu_buf *out, const mu_amendment *amendment, mu_file_name *name, const void *self, mu_arena *arena);
/* What is proposed and why, what is not and why, and what the proof is, as lines that `git apply` and `patch` pass over. `proof`
 * says how it was judged: "on paper as of 2026-07-10". */
void mu_amend_words(mu_buf *out, const mu_amendment *amendment, const char *proof, mu_arena *arena);

/* "written", "closed along", "asked", ... */
const char *mu_fate_word(mu_fate fate);

#endif
