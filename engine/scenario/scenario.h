/* scenario.h - a scenario file: the cards and stories that its top lays on the table, each name looked up in the plan,
 * and the teller that plays the stories. Strangers write these files, so Lua runs in a cage (cage.h); a caller that
 * trusts nobody loads and plays in a worker (worker.h). */
#ifndef MU_SCENARIO_SCENARIO_H
#define MU_SCENARIO_SCENARIO_H

#include "core/msel.h"
#include "scenario/script.h"

typedef struct mu_scenario mu_scenario;

/* Reads a scenario, a file or a folder that holds scenario.lua, and runs its top in this process. All that is wrong
 * goes to `diags` (codes MU100 to MU199); NULL where there was an error. `plan` has been read by the schema, and lives
 * longer than the scenario. The caller frees. */
mu_scenario *mu_scenario_load(const char *path, const mu_tree *plan, mu_diags *diags);
/* The same for files that were read before: nothing is opened any more. Takes the script, also where it fails. */
mu_scenario *mu_scenario_run_script(mu_script *script, const mu_tree *plan, mu_diags *diags);
void mu_scenario_free(mu_scenario *scenario);

/* Its files; they live as long as the scenario. */
const mu_script *mu_scenario_script(const mu_scenario *scenario);
/* The events list; lives as long as the scenario. */
const mu_msel *mu_scenario_msel(const mu_scenario *scenario);
/* Plays its stories in this process. One run at a time: `restart` begins the next. */
mu_teller mu_scenario_teller(mu_scenario *scenario);
/* Where a story stands that waits for its wish. */
mu_mark mu_scenario_where(mu_scenario *scenario, int story);

#endif
