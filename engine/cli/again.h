/* again.h - what people did in a recorded drill, done once more under another plan or scenario.
 *
 * The engine counts messages, questions and tasks as they come, so under another plan "message:8" is another message. An act is
 * done again on the same thing: the message about the same to the same person, the question of the same card, the task of the
 * same action, the first, second ... of its kind. What has no such thing there, or is not allowed there, is left out and told. */
#ifndef MU_CLI_AGAIN_H
#define MU_CLI_AGAIN_H

#include "cli/drill.h"

typedef struct mu_left_out {
    uint32_t event;  /* of the recorded journal */
    const char *why; /* in words */
} mu_left_out;

typedef struct mu_again {
    int acts, count; /* acts of people, and those that were left out; to open something is not counted */
    mu_left_out *list;
    mu_arena *arena; /* of the list */
} mu_again;

/* Plays the acts of people of `recorded` on a drill that has begun. `again` starts as {.arena = ...}, or is NULL where nobody asks. */
void mu_again_play(mu_drill *drill, const mu_journal *recorded, mu_again *again);

#endif
