/* consistency.h - what no single row of the schema can see: a role filled in two ways, an id used twice, a thing that
 * stands on itself. Called once references are looked up; uses the `value` of what stands under depends_on. */
#ifndef MU_PLAN_CONSISTENCY_H
#define MU_PLAN_CONSISTENCY_H

#include "plan/tree.h"

/* The ids of a playbook's steps, sorted, and of equal ones the first first; the step is the parent of its id. `steps` may be NULL. */
mu_node **mu_ids_of_steps(mu_arena *arena, const mu_node *steps, size_t *count);

void mu_consistency(mu_tree *tree, mu_diags *diags);

#endif
