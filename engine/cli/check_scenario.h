/* check_scenario.h - the part of `muster check` that judges scenarios against a plan. */
#ifndef MU_CLI_CHECK_SCENARIO_H
#define MU_CLI_CHECK_SCENARIO_H

#include "cli/scene.h"
#include "scenario/scenario.h"

/* True for a scenario's file or folder, which `muster check` also takes alone. */
bool mu_is_scenario(const char *path);
/* The smallest plan, for a scenario that is checked without one. The caller frees. */
mu_tree *mu_plan_for_none(mu_diags *diags);
/* The scenarios that could be read, and their cards as the gap rules see them. Start with {.arena = ...}. */
typedef struct mu_checked {
    mu_arena *arena;
    mu_scenes scenes;
    mu_scene *list;
    mu_scenario **scenarios;
    mu_diag *wrong; /* what is wrong with them, kept by `arena` */
    size_t wrong_count;
} mu_checked;

/* Puts what `diags` holds behind what is wrong already. */
void mu_checked_add(mu_checked *checked, mu_diags *diags);

/* Reads and runs the top of each scenario in a worker, and writes what is wrong with it to stderr. Returns the number
 * of errors; `plan` was read by the schema. */
size_t mu_check_scenarios(mu_checked *checked, const mu_tree *plan, char *const *paths, int count, mu_look look);
void mu_checked_free(mu_checked *checked);

#endif
