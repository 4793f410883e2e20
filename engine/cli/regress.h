/* regress.h - the gaps that were closed, each a check for ever: does the plan, as it is now, open one of them again? */
#ifndef MU_CLI_REGRESS_H
#define MU_CLI_REGRESS_H

#include "analysis/paper.h"

typedef struct mu_regressions {
    int closed;  /* gaps that the history knows as closed, of this plan */
    int back;
    int unknown; /* that only a drill with people could show, or whose drill is not there any more */
} mu_regressions;

/* `history` is a history.db beside the folders of its drills. A gap of the paper is looked for among `paper`; one that a model run showed, by playing that drill again with the
 * plan at `path`. Adds to `out` what is back, each with the drill that found it. An exit status: 0, 1 where something is back, 3 where the history cannot be read. */
int mu_regress(const char *history, const char *path, const mu_tree *plan, const mu_findings *paper, mu_arena *arena, mu_buf *out, mu_regressions *sum);

#endif
