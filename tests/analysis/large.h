/* large.h - a plan of any size, made up: every section is there, every reference has an answer, so it is read without an
 * error. What it lacks is left to chance, and chance to the seed: the same seed and size give the same bytes. */
#ifndef MU_TEST_LARGE_H
#define MU_TEST_LARGE_H

#include "base/text.h"

typedef struct mu_chance {
    uint64_t seed, drawn;
} mu_chance;

/* A whole number below `limit`, which is at least 1. */
unsigned mu_chance_below(mu_chance *chance, size_t limit);

/* A plan of so many people, at least 3; roles, actions, steps and the rest grow with them. Judge it as of 2026-07-10. */
void mu_large_plan(mu_buf *out, mu_chance *chance, size_t people);

#endif
