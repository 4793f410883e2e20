/* world.h - the plan as it stands at a moment of the exercise: who is there, who holds what, what is up. Made once from
 * the plan at STARTEX; afterwards only the marks of the scenario and of the facilitator change it.
 *
 * Moments are milliseconds of exercise time; the world knows which moment of the calendar STARTEX is. People, roles and
 * things are numbered in the order of the plan file. */
#ifndef MU_CORE_WORLD_H
#define MU_CORE_WORLD_H

#include "base/calendar.h"
#include "base/zone.h"
#include "journal/symbols.h"
#include "plan/tree.h"

enum { MU_LINE_MOST = 10000 }; /* people in one line of succession: all that a plan can have */

typedef struct mu_person {
    const mu_node *node;
    int64_t name;         /* symbol "person:ana" */
    mu_zone *zone;
    int (*hours)[2];      /* minutes of the local week; NULL where there at every hour */
    int hour_count;
    const mu_node *leaves, *reach; /* `away` and `reach` of the plan */
    bool gone;            /* marked away by the scenario or the facilitator */
    bool played;          /* has a screen of their own */
    bool keeps_holidays;  /* works the hours of the organisation */
    int64_t rests_until;  /* after a shift, a moment of exercise time */
} mu_person;

typedef struct mu_role {
    const mu_node *node;
    int64_t name;         /* "role:legal_counsel" */
    const mu_node *rotation, *lists[3], *delegated_by, *by_severity, *external; /* how it is filled */
    const mu_node *at_least; /* how many of a pool it takes, or NULL */
    int taken_over;       /* person to whom it was handed over, or -1 */
    int held_by;          /* the last person it resolved to, -1 nobody, -2 not asked yet */
    int64_t held_since;
    bool said_short;      /* fewer of its pool are there than it takes: told */
    bool played;          /* a person at the keyboard, not a stand-in */
} mu_role;

typedef struct mu_thing { /* a dependency, an asset, a channel, a resource, a copy of the plan */
    const mu_node *node;
    const mu_node *stands_on, *enrolled, *directory; /* of the plan, or NULL */
    int64_t name;         /* "channel:pager", "dependency:okta" */
    bool down;            /* itself; what stands on it falls with it */
    bool said_down;       /* of a channel: its fall was told */
} mu_thing;

typedef struct mu_world {
    mu_arena *arena;
    mu_symbols *symbols;
    const mu_node *root;
    mu_zone *zone;        /* of the organisation */
    int64_t t0;           /* UTC milliseconds of STARTEX */
    const mu_node **nodes; /* what a symbol names, by its number; NULL for texts */
    int64_t node_count;
    int64_t *names;       /* symbols of the ids of the plan, by the number of their nodes */
    bool *wrong;          /* people and externals whose first address is not theirs, by the number of their nodes */
    size_t node_room;     /* how many numbers there are */
    mu_person *people;
    mu_role *roles;
    mu_thing *things;
    int person_count, role_count, thing_count;
    const mu_node *severity; /* in force, or NULL */
    struct mu_calendar *holidays; /* of the organisation */
    bool everybody;          /* for exploring: nobody is off hours or on leave */
} mu_world;

/* Nodes of the plan carry their number in `value` from then on: of people, of roles, of things. */
mu_world *mu_world_new(const mu_tree *plan, int64_t starts_local, mu_symbols *symbols, mu_arena *arena);
/* As at STARTEX again, which may be another moment. */
void mu_world_reset(mu_world *world, int64_t starts_local);

/* The holidays of `organisation`: all of a list; of a map those of `jurisdiction` where it has them, else of the
 * organisation's own first that it has. */
struct mu_calendar *mu_world_holidays(const mu_node *root, mu_arena *arena, const char *jurisdiction);
/* Whether the organisation is at work. */
bool mu_office_hours(const mu_world *world, int64_t t);
/* When it is next, a moment of exercise time. */
int64_t mu_office_opens(const mu_world *world, int64_t t);
/* How many of a role's line are there now. */
int mu_there(const mu_world *world, int role, int64_t t);

/* The symbol of anything of the plan, with its kind: "role:ciso"; of `text` itself where the node is NULL. */
int64_t mu_world_name(const mu_world *world, const mu_node *node, const char *text);

/* What a symbol names in the plan, or NULL. */
const mu_node *mu_world_node(const mu_world *world, int64_t symbol);

bool mu_is_person(const mu_world *world, const mu_node *node);
bool mu_is_role(const mu_world *world, const mu_node *node);
/* The number of a thing, or -1. */
int mu_thing_of(const mu_world *world, const mu_node *node);

int64_t mu_world_local(const mu_world *world, const mu_person *person, int64_t t);
/* Not away and within working hours; `on_call` lifts the hours. */
bool mu_present(const mu_world *world, int person, int64_t t, bool on_call);
/* Why somebody is not there: "away", "at rest", "off hours"; "" where present. */
const char *mu_absence(const mu_world *world, int person, int64_t t, bool on_call);

typedef struct mu_line {
    int count;
    bool on_call; /* hours do not count */
    int people[MU_LINE_MOST];
    uint64_t in[(MU_LINE_MOST + 63) / 64]; /* who is in it, by number, while it is made */
} mu_line;

/* The line of succession of a role now, present or not. */
void mu_line_of(const mu_world *world, int role, int64_t t, mu_line *line);
/* Who holds the role now: the first of the line who is there. -1 and *why where nobody is. */
int mu_holder(const mu_world *world, int role, int64_t t, const char **why);
/* Everybody whom a reference means now: person, role, role/2, team. Returns how many, at most `most`. */
int mu_meant_now(const mu_world *world, const mu_node *ref, const char *text, int64_t t, int *people, int most);
/* The role of a reference, or -1. */
int mu_role_of(const mu_world *world, const mu_node *ref);

/* Up, and all it stands on as well; otherwise *because is what is down at the bottom. */
bool mu_stands(const mu_world *world, const mu_node *thing, const mu_node **because);

typedef struct mu_way {
    const mu_node *channel;
    const char *reason;       /* NULL where the way stands; else no_address, channel_down, not_enrolled, no_directory, invalid */
    const mu_node *thing;     /* what is down */
} mu_way;

/* Whether a person can be reached over a channel now. */
mu_way mu_way_to(const mu_world *world, const mu_node *reach_owner, const mu_node *channel);

#endif
