/* house.h - the people of a plan at a moment: who is there, who holds what, by the same rules as a drill (core/world.c);
 * tests hold the two together. Moments are UTC milliseconds since 1970-01-01. */
#ifndef MU_ABSENCE_HOUSE_H
#define MU_ABSENCE_HOUSE_H

#include "analysis/judge.h"
#include "base/calendar.h"
#include "base/zone.h"

typedef struct mu_member {
    const mu_node *node;
    const char *called; /* the name, or the id */
    mu_zone *zone;
    int (*hours)[2];    /* minutes of the local week; NULL where there at every hour */
    int hour_count;
    bool keeps_holidays;
} mu_member;

/* Somebody who stands in a role behind its own line: a change that counts as made. */
typedef struct mu_follower {
    const mu_node *role;
    int person;
} mu_follower;

typedef struct mu_house {
    mu_judge judge;     /* the plan, its limits; finds nothing */
    mu_zone *zone;      /* of the organisation */
    mu_calendar *holidays;
    int (*office)[2];   /* working hours of the organisation */
    int office_count;
    mu_member *people;  /* in the order of the plan */
    int person_count;
    int *number;        /* by the number of a node: the person + 1 */
    const mu_follower *followers; /* none of them is in the plan */
    int follower_count;
} mu_house;

/* The tree was read by mu_schema_read, and every name in it is answered. Owned by `arena`. */
mu_house *mu_house_of(const mu_tree *plan, mu_arena *arena);
/* -1 where the node is no person. */
int mu_member_of(const mu_house *house, const mu_node *node);

/* Why somebody is not there: "on leave", "off hours"; NULL where they are. `on_call` lifts the hours, not a leave. */
const char *mu_member_missing(const mu_house *house, int person, int64_t utc, bool on_call);
/* True where they are there at some moment of [from, until). */
bool mu_member_within(const mu_house *house, int person, int64_t from, int64_t until, bool on_call);
/* The next moment after `utc` at which somebody may come or go, a turn may change, or the office opens or closes; at most
 * `until`. */
int64_t mu_house_changes(const mu_house *house, int64_t utc, int64_t until);

/* A line of succession: people in order, present or not. */
typedef struct mu_succession {
    int *people, count;
    bool *on_call; /* of each: on call, so that hours do not count */
} mu_succession;

/* Of a role, as at a moment and a severity (NULL: the first that the role names). */
mu_succession mu_succession_of(const mu_house *house, const mu_node *role, int64_t utc, const mu_node *severity);
/* Everybody whom a reference may mean: a person, a role (its whole line), role/2 (that place alone), a team. */
mu_succession mu_meant_of(const mu_house *house, const mu_node *ref, int64_t utc, const mu_node *severity);

bool mu_house_open(const mu_house *house, int64_t utc);
/* When the organisation is next at work; `utc` itself where it is. */
int64_t mu_house_opens(const mu_house *house, int64_t utc);
/* "Friday 10 July 2026, 17:40", local time of the organisation. */
const char *mu_house_when(const mu_house *house, int64_t utc);

#endif
