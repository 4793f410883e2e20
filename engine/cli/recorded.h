/* recorded.h - the options that a drill was begun with, read off its journal. */
#ifndef MU_CLI_RECORDED_H
#define MU_CLI_RECORDED_H

#include "core/run.h"

enum { MU_NAMES = 512 };

typedef struct mu_recorded {
    const char *away[MU_NAMES], *down[MU_NAMES], *play[MU_NAMES], *players[MU_NAMES]; /* texts of the journal */
    mu_run_options options;                                       /* points into this struct: do not copy it */
} mu_recorded;

/* False where the first record does not say when the drill began. */
bool mu_recorded_options(mu_recorded *recorded, const mu_journal *journal);

#endif
