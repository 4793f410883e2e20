/* scene.h - a scenario as the rules see it: what it tests, whom it asks, what it breaks. Whoever holds the scenario fills
 * this in, since this room knows neither Lua nor the engine. Names are written with their kind ("role:ciso",
 * "action:triage", "act:look_up"); strings and nodes belong to the scenario and to the plan. */
#ifndef MU_ANALYSIS_SCENE_H
#define MU_ANALYSIS_SCENE_H

#include "plan/tree.h"

typedef struct mu_scene_name {
    const char *text;
    const mu_node *node; /* what it names; NULL for team:all and for acts of people */
} mu_scene_name;

typedef struct mu_scene_names {
    const mu_scene_name *list;
    int count;
} mu_scene_names;

typedef struct mu_scene_card {
    const char *name, *tests; /* tests: id of an objective, or NULL */
    enum { MU_SCENE_INJECT, MU_SCENE_QUESTION, MU_SCENE_DECISION } kind;
    enum { MU_SCENE_PLAIN, MU_SCENE_CONTEXTUAL, MU_SCENE_CONTINGENCY } class;
    mu_mark at;
    mu_scene_names to, expect, down, away;
    const char *via;          /* "channel:pager", or NULL */
    int64_t within;           /* milliseconds, -1 none */
    const char *const *facts;
    int fact_count, answer_count;
} mu_scene_card;

typedef struct mu_scene_objective {
    const char *id, *text;
} mu_scene_objective;

typedef struct mu_scene {
    const char *file, *title, *kind; /* kind: what the plan's playbooks cover; may be NULL */
    mu_mark at;
    int64_t starts, lasts;    /* local milliseconds since 1970-01-01; milliseconds */
    const mu_scene_objective *objectives;
    int objective_count;
    mu_scene_names evaluators, director; /* `node` NULL for somebody from outside */
    const mu_scene_card *cards;
    int card_count;
} mu_scene;

typedef struct mu_scenes {
    const mu_scene *list;
    int count;
} mu_scenes;

#endif
