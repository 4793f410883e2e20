/* build.h - the inside of mu_needs_of, for its files: gates for people, things and ways, and hands that serve a need. */
#ifndef MU_ABSENCE_BUILD_H
#define MU_ABSENCE_BUILD_H

#include "absence/needs.h"

typedef struct mu_span_of {
    int64_t from, until; /* somebody who is there at some moment of it will do */
} mu_span_of;

typedef struct mu_build {
    const mu_house *h;
    mu_arena *arena;
    mu_structure *s;
    mu_needs *needs;
    mu_needs_options options;
    size_t need_room;
    mu_gate *gate_of;      /* by the number of a node: its element's gate, or MU_HOLDS */
    mu_gate *down_of;      /* by the number of a node: down, with all it stands on; 0 before it was asked for */
    bool *down_known;
    const char *refused;   /* why it cannot be judged */
    size_t change_room;
} mu_build;

typedef struct mu_hands {
    mu_hand *list;
    int count, room;
    const char *nobody;    /* why nobody at all: "no step of it calls anybody"; NULL */
} mu_hands;

#define MU_TELL(b, ...) mu_format((b)->arena, __VA_ARGS__)

/* ---- gates ---- */
mu_span_of mu_now_of(const mu_build *b);
/* From now on, so long; now where that is nothing, or all is to be done at once. */
mu_span_of mu_for_of(const mu_build *b, int64_t length);
/* Down itself, or something that it stands on. MU_HOLDS for NULL. */
mu_gate mu_down(mu_build *b, const mu_node *thing);
/* No way to somebody stands, by whichever channel. */
mu_gate mu_unreached(mu_build *b, const mu_node *who);
/* Not there in that time: absent, or their site lost. */
mu_gate mu_gone(mu_build *b, int person, mu_span_of when, bool on_call);

/* ---- hands ---- */
enum { MU_REACHED = 1 }; /* a message must come to them as well */
void mu_hands_of(mu_build *b, mu_hands *to, const mu_node *ref, const mu_node *severity, mu_span_of when, unsigned how);
/* One more; somebody who is in already is lost only when both are. */
void mu_hand_add(mu_build *b, mu_hands *to, mu_hand hand);
/* Those of a role's own line. */
void mu_hands_of_role(mu_build *b, mu_hands *to, const mu_node *role, const mu_node *severity, mu_span_of when, unsigned how);
/* Who stands under the rotation of a role, and under those below it: the reference; NULL where it has no rotation, or nobody does. */
const mu_node *mu_below_rotation(const mu_node *role);
/* So many of them are wanted and not there. */
mu_gate mu_too_few(mu_build *b, const mu_hands *hands, int wanted);
/* "nobody is Scribe: Ana Byrne on leave, Bo off hours" */
const char *mu_nobody_is(mu_build *b, const mu_node *what, const mu_hands *hands, int wanted);

/* ---- changes ---- */
/* What stands in the way until a change is made: nothing where it counts as made, everything where none are offered. */
mu_gate mu_unmade(mu_build *b, mu_change_kind kind, const mu_node *to, const mu_node *what, const char *word);
bool mu_is_one_of(const char *id, const char *const *ids, int count);
/* True where changes count at all, so that looking for some is worth the while. */
bool mu_may_change(const mu_build *b);

/* The house with whoever follows in a role by a change that counts as made. */
const mu_house *mu_house_with(const mu_build *b, const mu_house *h);

/* ---- needs ---- */
/* `hands` may be NULL; the need's gate is `gate`. Lives until the next is added; -1 within. */
mu_need *mu_need_add(mu_build *b, const char *id, const char *group, mu_mark at, mu_gate gate, const mu_hands *hands, int wanted);
/* What is so without it, in three parts. */
void mu_need_says(mu_build *b, mu_need *need, const char *head, const char *item, const char *tail);
/* A word of an id as a person writes it: "isolate production". */
const char *mu_words_of(const mu_build *b, const char *id);
/* A role by its title, a person by name, anything else by its id in words. */
const char *mu_called_of(const mu_build *b, const mu_node *node);
bool mu_in_section(const mu_build *b, const mu_node *node, const char *section);

/* One function a group; they run in this order. */
void mu_need_roles(mu_build *b);
void mu_need_quorums(mu_build *b);
void mu_need_apart(mu_build *b);
void mu_need_actions(mu_build *b);
void mu_need_ladders(mu_build *b);
void mu_need_reach(mu_build *b);
void mu_need_messages(mu_build *b);
void mu_need_duties(mu_build *b);

/* Who can do an action's R: access, skills, accounts; whoever stands in where nobody can. */
mu_gate mu_doers(mu_build *b, const mu_node *action, mu_span_of when, mu_hands *hands, const char **why);
/* What else stops an action: nobody decides it where that is asked for, advice that it waits for, the outside party. *why
 * says it where one of them fails whoever is there. */
mu_gate mu_stuck(mu_build *b, const mu_node *action, mu_span_of when, const char **why);
/* The time in which an action must be done: of the duty that it serves, else now. */
mu_span_of mu_time_of(mu_build *b, const mu_node *action);
/* The window of a duty from now on. */
mu_span_of mu_window_of(mu_build *b, const mu_node *duty);

/* Places that different people fill where the plan keeps them apart: a row each, with who may; pairs that are apart. */
typedef struct mu_seat {
    const mu_node *what;   /* role or action */
    mu_hands hands;
    int wanted;
} mu_seat;
mu_gate mu_seats_unfilled(mu_build *b, const mu_seat *seats, int count);
/* Which of them nobody fills, with nobody absent; NULL where each has somebody. */
const char *mu_seats_empty(mu_build *b, const mu_seat *seats, int count);
/* True where one person may not have both. */
bool mu_kept_apart(const mu_build *b, const mu_node *a, const mu_node *c);

#endif
