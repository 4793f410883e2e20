/* opening.h - how a drill comes into its folder: begun there, or taken up where it was left. What run and serve share. */
#ifndef MU_CLI_OPENING_H
#define MU_CLI_OPENING_H

#include "cli/command.h"
#include "cli/drill.h"
#include "cli/recorded.h"

enum { MU_OPENING_NAMES = 64 };

/* What the command line says of a drill; "" and 0 where it says nothing. */
typedef struct mu_opening {
    const char *plan, *scenario, *out, *assume, *start;
    const char *away[MU_OPENING_NAMES], *down[MU_OPENING_NAMES];
    int away_count, down_count;
    uint64_t seed;
    int64_t starts, rate; /* with `start`; thousandths of real time */
    bool seeded, resume;
    bool functional; /* people act in their own tools while the clock runs: more than a tabletop */
} mu_opening;

/* The options that both have; NULL, or what is wrong with one. */
const char *mu_opening_options(const mu_args *args, mu_opening *opening);
/* "incident_commander,legal" as names of their own. False where they are too many. */
bool mu_opening_names(const mu_args *args, const char *option, const char **list, int *count);
/* Whether a new drill may come into the folder, and what it is made of, kept there. An exit status: 0, 4, 5. */
int mu_opening_keep(const mu_drill *drill, const mu_opening *opening);
/* A new journal there. */
int mu_opening_begin(mu_drill *drill, const mu_opening *opening);
/* On stderr, the line with which the drill is taken up; `command` is run or serve. */
void mu_opening_say_resume(const mu_opening *opening, const char *command);
/* What was recorded: 0, 3. */
int mu_opening_read(const mu_opening *opening, mu_journal **recorded, mu_reading *reading);
/* Goes on behind what was recorded, with its inputs beside it: 0, 4, 5. */
int mu_opening_go_on(mu_drill *drill, const mu_opening *opening, const mu_journal *recorded, const mu_reading *reading);
/* With the options it was begun with; naming others is refused at record 1. */
void mu_opening_set(mu_drill *drill, const mu_opening *opening, const mu_journal *recorded, mu_recorded *was);
/* The run, where its options name nothing that is not there: 0, 2. */
int mu_opening_make(mu_drill *drill);

#endif
