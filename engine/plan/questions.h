/* questions.h - what a patch could not know, and asked in the plan itself: comments that begin "TODO(muster):". */
#ifndef MU_PLAN_QUESTIONS_H
#define MU_PLAN_QUESTIONS_H

#include "plan/tree.h"

#define MU_QUESTION "TODO(muster):"

/* Each that is still there, as MU035 at its place. A text of the plan that holds these words is none. */
void mu_questions(mu_tree *tree, mu_diags *diags);

#endif
