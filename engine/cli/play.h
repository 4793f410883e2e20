/* play.h - a drill with people at this keyboard. */
#ifndef MU_CLI_PLAY_H
#define MU_CLI_PLAY_H

#include "cli/drill.h"

typedef struct mu_play_options {
    int64_t rate;   /* thousandths of real time */
    bool steps;     /* time stands while somebody is asked, and passes when they say so: for a table, and for tests */
} mu_play_options;

/* Plays until ENDEX, until the players leave, or until a signal. `recorded` is what was played before, or NULL. An exit
 * status: 0 at ENDEX, 4 where the journal cannot be written, 5 where the recorded drill is another, 130, 129 or 143 where it
 * was left; then *left is true and --resume goes on. */
int mu_play(mu_drill *drill, const mu_journal *recorded, const mu_play_options *options, bool *left);

#endif
