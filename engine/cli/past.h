/* past.h - the past out of the folders of drills: each journal judged once more by the plan that is kept beside it. */
#ifndef MU_CLI_PAST_H
#define MU_CLI_PAST_H

#include "store/past.h"

/* `known`, which may be NULL, saves judging a drill again that it holds as it is. What cannot be read is left out and said on stderr; *left_out counts it. */
mu_past *mu_past_gather(const char *folder, const mu_past *known, mu_arena *arena, int *left_out);
/* The names of the folders in there that hold a journal, in order. */
int mu_drill_folders(const char *folder, mu_arena *arena, const char *const **names);

#endif
