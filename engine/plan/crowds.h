/* crowds.h - how many names a plan comes to when its teams and roles are written out wherever they are used. A plan of a few
 * bytes for each may mean thousands by each of thousands, which nobody could read and no rule should go through.
 * Called once references are looked up. */
#ifndef MU_PLAN_CROWDS_H
#define MU_PLAN_CROWDS_H

#include "plan/tree.h"

/* One error (MU008) at the reference with which it is more than MU_CROWD_MOST; in the order of the file. */
enum { MU_CROWD_MOST = 150000 };
void mu_crowds(const mu_tree *tree, mu_diags *diags);

/* The same for what things stand on (depends_on), each with all that lies under it; one error (MU008). */
enum { MU_GROUND_MOST = 500000 };
void mu_grounds(const mu_tree *tree, mu_diags *diags);

#endif
