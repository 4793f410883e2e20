#include "participants/clock.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

void mu_clock_begin(mu_exercise_clock *c, int64_t wall, int64_t exercise, int64_t rate)
{
    if (c->count == c->room) {
        c->room = c->room ? c->room * 2 : 8;
        c->list = mu_grow(c->list, (size_t)c->room * sizeof *c->list);
    }
    c->list[c->count++] = (mu_segment){wall, exercise, rate};
}

static const mu_segment *last(const mu_exercise_clock *c)
{
    MU_CHECK(c->count > 0);
    return &c->list[c->count - 1];
}

int64_t mu_clock_exercise(const mu_exercise_clock *c, int64_t wall)
{
    const mu_segment *s = last(c);
    int64_t elapsed = wall > s->wall ? wall - s->wall : 0;
    return s->exercise + elapsed / 1000 * s->rate + elapsed % 1000 * s->rate / 1000;
}

int64_t mu_clock_wall(const mu_exercise_clock *c, int64_t exercise)
{
    const mu_segment *s = last(c);
    if (s->rate == 0)
        return INT64_MAX;
    int64_t left = exercise > s->exercise ? exercise - s->exercise : 0;
    return s->wall + left / s->rate * 1000 + (left % s->rate * 1000 + s->rate - 1) / s->rate;
}

bool mu_clock_stands(const mu_exercise_clock *c)
{
    return last(c)->rate == 0;
}

void mu_clock_rate(mu_exercise_clock *c, int64_t wall, int64_t rate)
{
    mu_clock_begin(c, wall, mu_clock_exercise(c, wall), rate);
}

void mu_clock_jump(mu_exercise_clock *c, int64_t wall, int64_t exercise)
{
    mu_clock_begin(c, wall, exercise, last(c)->rate);
}

void mu_clock_turn(mu_exercise_clock *c, int64_t wall, const mu_act *act, int64_t exercise, int64_t *rate)
{
    bool speed = strcmp(act->verb, "speed") == 0;
    if (speed)
        *rate = strtoll(act->choice, NULL, 10);
    if (strcmp(act->verb, "jump") == 0)
        mu_clock_jump(c, wall, exercise);
    else if (strcmp(act->verb, "pause") == 0)
        mu_clock_rate(c, wall, 0);
    else if (strcmp(act->verb, "resume") == 0 || (speed && !mu_clock_stands(c)))
        mu_clock_rate(c, wall, *rate);
}

void mu_exercise_clock_free(mu_exercise_clock *c)
{
    free(c->list);
    *c = (mu_exercise_clock){0};
}
