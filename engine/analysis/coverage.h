/* coverage.h - which parts of a plan a drill exercised, and which not: what a reader may take as tried.
 *
 * A part is exercised when the drill came to it, whether it then held or not: a role when somebody was looked for in it,
 * a cell of the matrix when its role was given the work, asked, consulted or told, a step of a ladder when it was called,
 * a channel when something went out over it, an outside party when it was engaged or written to, a template when a
 * message was drafted by it, a clock when it started, a step of a playbook when it opened. */
#ifndef MU_ANALYSIS_COVERAGE_H
#define MU_ANALYSIS_COVERAGE_H

#include "analysis/paper.h"
#include "journal/journal.h"

typedef struct mu_part {
    const char *name; /* "role:ciso", "action:triage R role:ciso", "escalation:major/2", "playbook:ransomware/triage" */
    mu_mark at;
    uint32_t event;   /* the first that exercised it; 0 where none did */
} mu_part;

typedef enum mu_part_kind {
    MU_OF_ROLES, MU_OF_CELLS, MU_OF_LADDERS, MU_OF_CHANNELS, MU_OF_EXTERNALS, MU_OF_TEMPLATES, MU_OF_CLOCKS, MU_OF_STEPS, MU_ELEMENT_KINDS
} mu_part_kind;

typedef struct mu_covered {
    const char *kind;      /* "roles", "cells of the matrix", ... */
    mu_part *list;      /* in the order of the plan */
    int count, exercised;
} mu_covered;

typedef struct mu_coverage {
    mu_covered kinds[MU_ELEMENT_KINDS];
    int count, exercised;  /* of all kinds together */
} mu_coverage;

/* Everything is owned by `arena`. Linear in the plan and in the journal. */
mu_coverage *mu_coverage_of(const mu_tree *plan, const mu_journal *journal, mu_arena *arena);

#endif
