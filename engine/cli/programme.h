/* programme.h - what the commands of the programme share: reading it, the moment it is asked at, and the drills that were held. */
#ifndef MU_CLI_PROGRAMME_H
#define MU_CLI_PROGRAMME_H

#include "cli/command.h"
#include "cli/past.h"
#include "programme/due_by.h"

typedef struct mu_loaded {
    mu_arena *arena;
    mu_diags *diags;
    mu_tree *tree;
    mu_programme *programme;
} mu_loaded;

/* Reads it and shows on stderr what is wrong, where that is more than a warning. An exit status: 0 or 3. Free it in either case. */
int mu_load(mu_loaded *loaded, const char *path);
void mu_loaded_free(mu_loaded *loaded);

/* "2026-07-10 17:40" of the programme's zone, "2026-07-10 15:40Z" of UTC; NULL is the wall clock. False where it is no time. */
bool mu_now_read(const char *text, const mu_programme *programme, int64_t *utc);

/* The drills in the programme's folder that are over, by the names of their folders, and those that the programme says were held
 * elsewhere. Returns how many. */
int mu_drills_held(const mu_programme *programme, mu_arena *arena, const mu_held **held);
/* One of them by the name of its folder; false where it is not over. */
bool mu_drill_held(const mu_programme *programme, const char *name, mu_arena *arena, mu_held *held);

/* For qsort over texts, and bsearch. */
int mu_by_text(const void *a, const void *b);

/* The programme that `muster check` came upon: its scenarios are held against their plans, its rules against its drills, at a moment
 * of the programme's zone; NULL is now. */
int mu_check_programme(const char *path, mu_tree *tree, mu_diags *diags, const int64_t *local);

#endif
