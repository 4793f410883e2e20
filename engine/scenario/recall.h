/* recall.h - what stories have said before. A story learns of the world only by what it reads of outcomes; as long as it
 * shares no variable that anybody assigns, the same reads lead to the same wishes. So the wishes of a story are kept as a
 * tree that branches where it reads, and one run after another follows the tree; Lua runs where the tree ends. */
#ifndef MU_SCENARIO_RECALL_H
#define MU_SCENARIO_RECALL_H

#include "base/arena.h"
#include "core/msel.h"

/* What is read of an outcome. */
typedef enum mu_reading_of { MU_READ_ANSWER, MU_READ_SILENCE, MU_READ_LATE, MU_READ_TOOK, MU_READ_NUMBER } mu_reading_of;

/* An outcome in values that outlive the step: the answer by its number, -1 for none; `by` is NULL or lives on. */
typedef struct mu_lesson {
    int answer;
    bool silence, late;
    int64_t took, number;
    const char *by;
} mu_lesson;

typedef struct mu_recall mu_recall; /* of one story */

mu_recall *mu_recall_new(mu_arena *arena);
void mu_recall_free(mu_recall *recall);
/* Nothing is kept and nothing recalled any more. */
void mu_recall_spoil(mu_recall *recall);

/* ---- while Lua runs: `at` is where the story stands in the tree, 0 at its begin ---- */

void mu_recall_read(mu_recall *recall, int *at, int lesson, mu_reading_of what, int64_t value);
void mu_recall_said(mu_recall *recall, int *at, const mu_wish *wish);

/* The next wish of a story that has had these lessons, but for its place; false where the tree ends before it. */
bool mu_recall_next(const mu_recall *recall, int *at, const mu_lesson *lessons, mu_wish *wish);

#endif
