/* tried.h - a plan with changes that are only tried: read again from the changed text, and judged; and sets of findings. */
#ifndef MU_AMEND_TRIED_H
#define MU_AMEND_TRIED_H

#include "amend/amend.h"

/* `arena` is the caller's to make, all else is made here; all goes with mu_tried_free. */
typedef struct mu_tried {
    mu_arena *arena;
    mu_diags *diags;
    mu_tree *tree;
    mu_findings found;
} mu_tried;

/* Makes the changes of the splice, reads the plan with them and judges it. False where one of these fails; then *why is one sentence,
 * owned by `arena`. To be freed in any case. */
bool mu_try(const mu_tree *plan, mu_splice *splice, const mu_prover *prover, mu_tried *tried, const char **why, mu_arena *arena);
void mu_tried_free(mu_tried *tried);

/* The ids of findings, sorted. */
const char **mu_ids_of(const mu_findings *findings, mu_arena *arena);
bool mu_among(const char *id, const char **ids, size_t count);
/* What outlives the judgement of a finding. */
mu_finding mu_brief(const mu_finding *finding, mu_arena *arena);
/* Those that are not among the ids. */
const mu_finding *mu_not_among(const mu_findings *findings, const char **ids, size_t id_count, size_t *count, mu_arena *arena);

#endif
