/* recorded.h - the options that a drill was begun with, read off its journal. */
#ifndef MU_CLI_RECORDED_H
#define MU_CLI_RECORDED_H

#include "cli/again.h"
#include "cli/drill.h"

enum { MU_NAMES = 512 };

typedef struct mu_recorded {
    const char *away[MU_NAMES], *down[MU_NAMES], *play[MU_NAMES], *players[MU_NAMES]; /* texts of the journal */
    mu_run_options options;                                       /* points into this struct: do not copy it */
} mu_recorded;

/* False where the first record does not say when the drill began. */
bool mu_recorded_options(mu_recorded *recorded, const mu_journal *journal);

/* What of plan, scenario and assumptions is another one than the first record pins; NULL where all are the same. `assumptions`: only
 * these are looked at. */
const char *mu_recorded_other(const mu_journal *recorded, const mu_drill *drill, bool assumptions);

/* Plays a recorded drill again on what `drill` has loaded, to where the recorded one ended: with its options, and with what its
 * people did. `same`: each event is compared with the recorded one; else it is another plan or scenario, and `again` (or NULL) is told
 * what of the people could not be done there (again.h). An exit status, with words on stderr. */
int mu_recorded_play(mu_recorded *options, const mu_journal *recorded, const char *path, mu_drill *drill, bool same, mu_again *again);

#endif
