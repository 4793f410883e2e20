/* clock.h - one clock: a list of segments, each a wall moment, the exercise moment that fell on it, and a rate. What has
 * elapsed is never scaled again: a pause, another speed or a jump begins a new segment. Wall moments are milliseconds of
 * whatever clock the caller reads, as long as it is always the same one. */
#ifndef MU_PARTICIPANTS_CLOCK_H
#define MU_PARTICIPANTS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/run.h"

typedef struct mu_segment {
    int64_t wall, exercise;
    int64_t rate; /* thousandths: 1000 runs with the wall, 0 stands */
} mu_segment;

/* Start with {0} and mu_clock_begin; free with mu_exercise_clock_free. */
typedef struct mu_exercise_clock {
    mu_segment *list;
    int count, room;
} mu_exercise_clock;

void mu_clock_begin(mu_exercise_clock *clock, int64_t wall, int64_t exercise, int64_t rate);
/* Exercise time at a wall moment; before the last segment it is that segment's start. */
int64_t mu_clock_exercise(const mu_exercise_clock *clock, int64_t wall);
/* The wall moment at which the exercise comes to `exercise`; INT64_MAX where the clock stands. */
int64_t mu_clock_wall(const mu_exercise_clock *clock, int64_t exercise);
bool mu_clock_stands(const mu_exercise_clock *clock);
/* A new segment from `wall` on: another rate, or another exercise time. */
void mu_clock_rate(mu_exercise_clock *clock, int64_t wall, int64_t rate);
void mu_clock_jump(mu_exercise_clock *clock, int64_t wall, int64_t exercise);
/* What an act that was taken does to the clock from `wall` on: a pause, going on, another rate, a jump to where the exercise is
 * now, `exercise`; any other act does nothing. `rate` is that to which it goes back after a pause. */
void mu_clock_turn(mu_exercise_clock *clock, int64_t wall, const mu_act *act, int64_t exercise, int64_t *rate);
void mu_exercise_clock_free(mu_exercise_clock *clock);

#endif
