/* consistency.h - what no single row of the schema can see: a role filled in two ways, an id used twice, a thing that
 * stands on itself. Called once references are looked up; uses the `value` of what stands under depends_on. */
#ifndef MU_PLAN_CONSISTENCY_H
#define MU_PLAN_CONSISTENCY_H

#include "plan/tree.h"

void mu_consistency(mu_node *root, mu_diags *diags);

#endif
