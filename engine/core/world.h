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

/* People in a row, each once, present or not. */
typedef struct mu_crew {
    int *people;
    bool *on_call; /* of each: called by a rotation, so that hours do not count */
    int count, room;
    bool calling; /* whoever is put in now is on call */
    bool fixed;   /* the same at every moment */
    bool making;
} mu_crew;

/* A way of the plan to somebody: the entry of `reach`, its channel, and what the entry itself stands on. */
typedef struct mu_reach {
    const mu_node *entry, *channel, *stands_on;
} mu_reach;

typedef struct mu_person { /* first what is looked at whenever somebody is called */
    const mu_node *node;
    int64_t name;         /* a symbol: "person:ana" */
    mu_reach *reaches;
    int (*hours)[2];      /* minutes of the local week; NULL where there at every hour */
    const mu_node *leaves; /* `away` of the plan */
    int64_t rests_until;  /* after a shift, a moment of exercise time */
    int reach_count;
    bool gone;            /* marked away by the scenario or the facilitator */
    bool played;          /* has a screen of their own */
    bool keeps_holidays;  /* works the hours of the organisation */
    int hour_count;
    int64_t called;       /* a symbol: as people say it */
    mu_zone *zone;
} mu_person;

typedef struct mu_role { /* first what is looked at whenever it is asked who holds it */
    const mu_node *node;
    int64_t name;         /* "role:legal_counsel" */
    mu_crew crew;         /* its line, where the plan alone says it */
    int taken_over;       /* person to whom it was handed over, or -1 */
    int held_by;          /* the last person it resolved to, -1 nobody, -2 not asked yet */
    const mu_node *at_least; /* how many of a pool it takes, or NULL */
    const mu_node *rotation, *lists[3], *delegated_by, *by_severity, *external; /* how it is filled */
    const mu_node *longest_shift; /* of the plan, or NULL */
    mu_crew other;        /* its line as it is at a moment */
    int64_t held_since;
    bool said_short;      /* fewer of its pool are there than it takes: told */
    bool played;          /* a person at the keyboard, not a stand-in */
} mu_role;

typedef struct mu_team {
    const mu_node *node;
    mu_crew crew;         /* as it is at a moment */
} mu_team;

typedef struct mu_thing { /* a dependency, an asset, a channel, a resource, a copy of the plan */
    const mu_node *node;
    const mu_node *stands_on, *enrolled, *directory; /* of the plan, or NULL */
    int64_t name;         /* "channel:pager", "dependency:okta" */
    bool down;            /* itself; what stands on it falls with it */
    bool said_down;       /* of a channel: its fall was told */
    uint64_t looked;      /* the number of the look in which it was looked at */
} mu_thing;

typedef struct mu_world {
    mu_arena *arena;
    mu_symbols *symbols;
    const mu_node *root;
    mu_zone *zone;        /* of the organisation */
    int64_t t0;           /* UTC milliseconds of STARTEX */
    const mu_node **nodes; /* what a symbol names, by its number; NULL for texts */
    int *person_of;       /* the person whom a symbol names, by its number; -1 of others */
    int64_t node_count;   /* how many symbols that covers */
    int64_t *names;       /* symbols of the ids of the plan, by the number of their nodes */
    bool *wrong;          /* people and externals whose first address is not theirs, by the number of their nodes */
    size_t node_room;     /* how many numbers there are */
    mu_person *people;
    mu_role *roles;
    mu_thing *things;
    mu_team *teams;
    uint64_t *looks;      /* how often it was asked what stands */
    int person_count, role_count, thing_count, team_count;
    int down_count;       /* of things that are down themselves */
    int *everyone;        /* all people in their order: the place of one is their number */
    mu_crew *asked;       /* of mu_line_names */
    const mu_node *severity; /* in force, or NULL */
    struct mu_calendar *holidays; /* of the organisation */
    bool everybody;          /* for exploring: nobody is off hours or on leave */
} mu_world;

/* Nodes of the plan carry their number in `value` from then on: of people, of roles, of teams, of things. */
mu_world *mu_world_new(const mu_tree *plan, int64_t starts_local, mu_symbols *symbols, mu_arena *arena);
/* As at STARTEX again, which may be another moment. */
void mu_world_reset(mu_world *world, int64_t starts_local);

/* Whether the organisation is at work. */
bool mu_office_hours(const mu_world *world, int64_t t);
/* When it is next, a moment of exercise time. */
int64_t mu_office_opens(const mu_world *world, int64_t t);
/* How many of a role's line are there now. */
int mu_there(const mu_world *world, int role, int64_t t);

/* The symbol of anything of the plan, with its kind: "role:ciso"; of `text` itself where the node is NULL. The first is of what has no kind. */
int64_t mu_world_text_name(const mu_world *world, const mu_node *node, const char *text);
static inline int64_t mu_world_name(const mu_world *w, const mu_node *node, const char *text)
{
    return node && w->names[node->number] ? w->names[node->number] : mu_world_text_name(w, node, text);
}

/* What a symbol names in the plan, or NULL. */
static inline const mu_node *mu_world_node(const mu_world *w, int64_t symbol)
{
    return symbol > 0 && symbol < w->node_count ? w->nodes[symbol] : (const mu_node *)0;
}

/* The person whom a symbol names, or -1. */
static inline int mu_world_person(const mu_world *w, int64_t symbol)
{
    return symbol > 0 && symbol < w->node_count ? w->person_of[symbol] : -1;
}

static inline bool mu_is_person(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->person_count && w->people[n->value].node == n;
}
static inline bool mu_is_role(const mu_world *w, const mu_node *n)
{
    return n && n->value >= 0 && n->value < w->role_count && w->roles[n->value].node == n;
}
bool mu_is_team(const mu_world *world, const mu_node *node);
/* The number of a thing, or -1. */
int mu_thing_of(const mu_world *world, const mu_node *node);
/* Marks a thing, by its number. */
void mu_thing_is_down(mu_world *world, int thing, bool down);

int64_t mu_world_local(const mu_world *world, const mu_person *person, int64_t t);
/* Not away, and there at every hour: what holds of most people at most times. Whoever is not so may be present all the same. */
static inline bool mu_simply_there(const mu_world *w, int person)
{
    const mu_person *p = &w->people[person];
    return !p->gone && !p->hours && !p->leaves && !p->rests_until;
}
/* Not away and within working hours; `on_call` lifts the hours. */
bool mu_present(const mu_world *world, int person, int64_t t, bool on_call);
/* Why somebody is not there: "away", "at rest", "off hours"; "" where present. */
const char *mu_absence(const mu_world *world, int person, int64_t t, bool on_call);

/* The world's: what is asked again at the same moment is the same. Somebody who is in it by a rotation and otherwise as well is on call. */
typedef struct mu_line {
    const int *people;
    const bool *on_call; /* of each: hours do not count; NULL: of nobody */
    int count;
} mu_line;

/* mu_absence and mu_present of the one at place `i`. */
const char *mu_line_absence(const mu_world *world, const mu_line *line, int i, int64_t t);
bool mu_line_present(const mu_world *world, const mu_line *line, int i, int64_t t);
/* Once, when people, roles and teams are numbered: what of it never changes. */
void mu_lines_settle(mu_world *world);
/* The line of succession of a role now, present or not. */
void mu_line_of(const mu_world *world, int role, int64_t t, mu_line *line);
/* The next moment at which a turn, an override or the hours of a rotation begin or end; INT64_MAX where none does. */
int64_t mu_rotation_changes(const mu_world *world, const mu_node *rotation, int64_t t);
/* A turn begins at this moment. */
bool mu_rotation_turned(const mu_world *world, const mu_node *rotation, int64_t t);
/* The role is filled by the rotation, by one that stands on it, or by a role that is. */
bool mu_role_rotates(const mu_world *world, int role, const mu_node *rotation);
/* Who holds the role now: the first of the line who is there. -1 and *why (a literal) where nobody is. */
int mu_holder(const mu_world *world, int role, int64_t t, const char **why);
/* Everybody whom a reference means now: person, role, role/2, team. */
mu_line mu_meant_now(const mu_world *world, const mu_node *ref, const char *text, int64_t t);
/* One person; nobody where it is -1. */
mu_line mu_one(const mu_world *world, int person);
/* Whether a list of references names a person, or has them in a line or a team. */
bool mu_line_names(const mu_world *world, const mu_node *list, int person);
/* The role of a reference, or -1. */
int mu_role_of(const mu_world *world, const mu_node *ref);

/* Up, and all it stands on as well; otherwise *because is what is down at the bottom. */
bool mu_stands(const mu_world *world, const mu_node *thing, const mu_node **because);

typedef struct mu_way {
    const mu_node *channel;
    const char *reason;       /* NULL where the way stands; else no_address, channel_down, not_enrolled, no_directory, invalid */
    const mu_node *thing;     /* what is down */
} mu_way;

/* The i-th way to a person or an outside party; false after the last. */
bool mu_reach_of(const mu_world *world, const mu_node *who, int i, mu_reach *reach);
/* Whether somebody can be reached by an entry of their `reach` now. */
mu_way mu_way_by(const mu_world *world, const mu_node *reach_owner, const mu_reach *reach);
/* The same over a channel: by their first entry of it. */
mu_way mu_way_to(const mu_world *world, const mu_node *reach_owner, const mu_node *channel);

#endif
