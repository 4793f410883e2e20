/* sides.h - one of the two things that `muster diff` compares: a plan, a drill, or a findings document. */
#ifndef MU_CLI_SIDES_H
#define MU_CLI_SIDES_H

#include "analysis/paper.h"

typedef struct mu_side_gap {
    const char *id, *gap, *subject, *text;
    int weight;
    bool accepted;
    const struct mu_side_gap *same; /* what the other side has of it; `muster diff` fills it */
} mu_side_gap;

typedef struct mu_gaps_of {
    const char *path, *kind; /* "plan", "drill", "findings" */
    bool paper;              /* judged without a drill */
    mu_side_gap *list;
    size_t count;
} mu_gaps_of;

/* What kind it is, is told by the path: a folder with a journal or a .jsonl file is a drill, a .json file a findings document,
 * anything else a plan, judged as of *at, or as of now on its organisation's clock where that is NULL. An exit status, with words on stderr. */
int mu_gaps_read(mu_gaps_of *side, const char *path, const int64_t *at, mu_arena *arena);

#endif
