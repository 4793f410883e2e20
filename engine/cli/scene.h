/* scene.h - the events list of a scenario as the gap rules see it. */
#ifndef MU_CLI_SCENE_H
#define MU_CLI_SCENE_H

#include "analysis/scene.h"
#include "core/msel.h"

/* Owned by `arena`; strings and nodes stay the scenario's and the plan's. `file` is its path as the person named it. */
mu_scene mu_scene_of(const mu_msel *msel, const char *file, mu_arena *arena);

#endif
