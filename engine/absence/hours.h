/* hours.h - which hours of a stretch of time are uncovered, and by whom: by working hours, leave, holidays, rotations.
 *
 * In each hour every need is held against who is there in that hour, whatever time its own window leaves: what can be done
 * tomorrow morning is not covered tonight. What is asked for in working hours alone asks for nothing outside of them. */
#ifndef MU_ABSENCE_HOURS_H
#define MU_ABSENCE_HOURS_H

#include "absence/cover.h"

enum { MU_LEVELS = 4 }; /* nobody; one absence breaks it; two do; more, or none */

typedef struct mu_hours_span {
    int64_t from, until; /* UTC */
    int level;
    const char *who;     /* of level 0: who is not there and why, or what breaks it whoever is */
} mu_hours_span;

typedef struct mu_need_hours {
    const mu_need *need; /* as at the beginning of the stretch */
    const mu_hours_span *spans; /* one after the other over the whole stretch; neighbours differ */
    int span_count;
    int64_t length[MU_LEVELS]; /* milliseconds */
} mu_need_hours;

typedef struct mu_hours {
    int64_t from, until;
    const mu_need_hours *list; /* in the order of the plan */
    int count;
    int pictures;              /* different constellations of who is there that were judged */
} mu_hours;

/* Who is there, who may be called, and whose turn it is at a moment, as text: where two moments have the same, so has all that
 * is wanted at once. */
const char *mu_picture_of(const mu_house *house, int64_t utc);

/* Owned by the house's arena. `watch` hears how far it is. NULL with *why where something is more than can be judged. */
mu_hours *mu_hours_of(const mu_house *house, const char *incident, int64_t from, int64_t until, mu_cuts_watch watch, void *self, const char **why);

#endif
