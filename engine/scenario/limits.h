/* limits.h - every limit of a scenario is one row of one table: how much, and of what, in the words of its message. */
#ifndef MU_SCENARIO_LIMITS_H
#define MU_SCENARIO_LIMITS_H

#include <stdint.h>

typedef enum mu_limit {
    /* of the files */
    MU_LIMIT_SOURCE,
    MU_LIMIT_ARTEFACT,
    MU_LIMIT_FILES,
    MU_LIMIT_JUMPS,
    /* of what the top of the file may declare */
    MU_LIMIT_CARDS,
    MU_LIMIT_ARTEFACTS,
    MU_LIMIT_STORIES,
    MU_LIMIT_LIST,
    MU_LIMIT_NAME,
    MU_LIMIT_LINE,
    MU_LIMIT_TEXTS,
    MU_LIMIT_MISTAKES,
    MU_LIMIT_LENGTH,
    /* of one run of Lua: the top of the file, or a story from one verb to the next */
    MU_LIMIT_STEPS,
    MU_LIMIT_MEMORY,
    MU_LIMIT_STRING,
    MU_LIMIT_BLOCK,
    MU_LIMIT_SOURCE_BLOCK,
    MU_LIMIT_CHURN,
    MU_LIMIT_UNPACK,
    MU_LIMIT_NUMERAL,
    /* of one story in one run */
    MU_LIMIT_IDLE,
    MU_LIMIT_VERBS,
    /* of the worker */
    MU_LIMIT_WORKER_MEMORY,
    MU_LIMIT_WORKER_CPU,
    MU_LIMIT_WORKER_WALL,
    MU_LIMIT_WORKER_OUTPUT,
    MU_LIMITS,
} mu_limit;

typedef struct mu_limit_row {
    int64_t most;
    const char *what; /* reads behind a number: "1048576 bytes in a scenario file" */
} mu_limit_row;

extern const mu_limit_row mu_limits[MU_LIMITS];

#endif
