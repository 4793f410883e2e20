/* drill.h - a plan, a scenario, assumptions and a journal put together into one drill; what run, replay, resume and explore
 * share. */
#ifndef MU_CLI_DRILL_H
#define MU_CLI_DRILL_H

#include "core/run.h"
#include "participants/standin.h"
#include "scenario/scenario.h"
#include "scenario/worker.h"

#define MU_VERSION "0.1.0"

typedef struct mu_drill {
    mu_diags *diags;
    mu_tree *plan;
    mu_scenario *scenario;
    mu_worker *worker; /* tells the stories: a process of its own, which can be lost without losing the drill */
    mu_teller teller;  /* the worker's, where nobody has put one before it */
    const mu_msel *msel;
    mu_assumptions *assumptions;
    mu_journal *journal;
    mu_run *run;
    mu_standin *standin;
    mu_run_options options;
} mu_drill;

/* Reads the three inputs; `assume` may be NULL. Diagnostics go to stderr. An exit status: 0, 3. */
int mu_drill_load(mu_drill *drill, const char *plan, const char *scenario, const char *assume);
/* The same with a plan that was read (mu_schema_read), which is the drill's from now on; warnings are not said. */
int mu_drill_load_with(mu_drill *drill, mu_tree *plan, const char *scenario, const char *assume);
/* Makes the run on `journal` (owned by the drill from now on) with the options in the drill. */
void mu_drill_make(mu_drill *drill, mu_journal *journal);
/* The run and its journal are gone, the inputs stay. */
void mu_drill_unmake(mu_drill *drill);
void mu_drill_free(mu_drill *drill);

/* Record 1, STARTEX and what follows at once. False with words on stderr where the stories cannot be begun. */
bool mu_drill_start(mu_drill *drill);
/* True, with words on stderr, where the recorded drill that is played again is another one. */
bool mu_drill_differs(const mu_drill *drill);
/* Says on stderr which stories have failed, and why. Returns how many. */
int mu_drill_failures(const mu_drill *drill);

/* The earliest moment at which engine or stand-ins want to do something; MU_NEVER once it is over. */
int64_t mu_drill_next(mu_drill *drill);
/* Does everything until `t`: the engine's timers first, then the stand-ins. */
void mu_drill_until(mu_drill *drill, int64_t t);

/* Acts that people did in a recorded drill, posted again at their moments; `acts_of` NULL for all seats. Plays until the
 * recorded journal has no more of them, and everything due before the last. */
void mu_drill_replay_acts(mu_drill *drill, const mu_journal *recorded, bool standins_too);

/* Where a drill's folder keeps what it was made of. The plan is a file or a folder. */
typedef struct mu_inputs {
    char plan[4096], scenario[4096], assume[4096]; /* assume is "" where there was none */
} mu_inputs;

/* True where a drill was begun in the folder that never came to its journal. */
bool mu_inputs_begun(const char *folder);
/* A file or folder that a new drill would write over and that no drill that was cut off has left; NULL where there is none. */
const char *mu_inputs_foreign(const char *folder);
/* Copies the inputs into FOLDER/inputs; a call tree has no scenario and no assumptions. False with words on stderr. */
bool mu_inputs_keep(const char *folder, const char *plan, const mu_tree *tree, const char *scenario, const char *assume);
/* Finds them beside a journal. False where plan or scenario is not there. */
bool mu_inputs_find(const char *journal, mu_inputs *inputs);
/* The same where the plan is enough: of a call tree `scenario` is "". */
bool mu_inputs_plan(const char *journal, mu_inputs *inputs);

#endif
