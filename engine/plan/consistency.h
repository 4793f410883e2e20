/* consistency.h - what no single row of the schema can see: a role filled in two ways, an id used twice, a thing that
 * stands on itself. Called once references are looked up; uses the `value` of what stands under depends_on. */
#ifndef MU_PLAN_CONSISTENCY_H
#define MU_PLAN_CONSISTENCY_H

#include "plan/tree.h"

/* The steps of a playbook that have an id, by it, and of equal ones the first first; `steps` may be NULL. */
mu_node **mu_steps_by_id(mu_arena *arena, const mu_node *steps, size_t *count);

void mu_consistency(mu_tree *tree, mu_diags *diags);

#endif
