/* calls.h - a call tree under way: over which way what was sent, who answered when, what is still to be done. Whatever happens becomes
 * events of a journal first, and the state is folded from these alone; so a check that was cut off is known again from its journal, and so is
 * one that is over, with the plan beside it.
 *
 * Each way is a message of the journal, numbered from 1. Options pin what is asked: "way" ("person:lena/1 mail"), "not asked"
 * ("person:ola/1 did not opt in"), "answer within" (milliseconds). */
#ifndef MU_CALLTREE_CALLS_H
#define MU_CALLTREE_CALLS_H

#include "calltree/ways.h"
#include "journal/journal.h"

enum { MU_CALL_CODE = 16 }; /* "K7QF-93TM-2XHA" and a NUL: 60 bits */

typedef enum mu_way_state {
    MU_WAY_WAITS,     /* to be sent, or to be called by hand */
    MU_WAY_SENT,      /* no answer yet */
    MU_WAY_ANSWERED,
    MU_WAY_WRONG,     /* there is no such address, or somebody else has it */
    MU_WAY_NO_ANSWER, /* called by hand: it rang out; of what was sent: none came by the end */
    MU_WAY_UNSENT,    /* it could not be sent so far; by the end: ever */
    MU_WAY_UNCLEAR,   /* it may have left; it is not sent again */
    MU_WAY_UNTRIED,   /* nobody called, and nothing was sent, by the end */
    MU_WAY_STATES
} mu_way_state;

typedef struct mu_asked {
    mu_contact way;
    mu_way_state state;
    int64_t sent, answered, took; /* exercise milliseconds; -1 not; `took` only where it says how fast somebody was */
    bool late, broken;            /* after its time; the program was away while it was waited for, so `took` is more than they needed */
    int tries;
    int64_t again;                /* not before */
    const char *words;            /* of the other side, or "" */
    uint32_t last;                /* event */
} mu_asked;

typedef struct mu_left_out {
    const char *who, *name, *why;
    int place;
} mu_left_out;

typedef struct mu_calls {
    mu_arena *arena;
    mu_journal *journal;
    const mu_tree *plan;
    mu_asked *list;
    int count, room;
    mu_left_out *left;            /* ways that are not asked */
    int left_count, left_room;
    int64_t t, lasts, within;     /* of the last event; -1 no time to answer within */
    const char *title, *starts;
    const char *ended;            /* why it ended; "" while it is under way */
    unsigned char secret[32];     /* that codes are made of */
} mu_calls;

/* What a check is begun with. */
typedef struct mu_calls_begin {
    const char *engine, *title, *starts, *zone; /* starts: "2026-03-09 10:00", local */
    int64_t lasts, within;
    const mu_contact *ways;
    int way_count;
} mu_calls_begin;

/* Empty, on a journal of the caller's that holds nothing. */
mu_calls *mu_calls_new(const mu_tree *plan, mu_journal *journal, mu_arena *arena);
void mu_calls_start(mu_calls *check, const mu_calls_begin *begin, int64_t wall);
/* Takes all events of another journal as they are, in the journal of the check as well. False with *why where they are none of a call tree of this plan. */
bool mu_calls_again(mu_calls *check, const mu_journal *recorded, const char **why);
/* Only to look at: nothing may happen to it. NULL with *why. The plan and the journal outlive it. */
mu_calls *mu_calls_of(const mu_tree *plan, mu_journal *journal, mu_arena *arena, const char **why);

/* ---- what happens; i is the number of a way, from 0; t never goes back ---- */

/* It leaves now: to be on disk before it does. */
void mu_calls_leaves(mu_calls *check, int i, int64_t t, int64_t wall);
void mu_calls_sent(mu_calls *check, int i, int64_t t, int64_t wall);
/* It did not leave, or nobody knows: MU_WAY_UNSENT, MU_WAY_WRONG, MU_WAY_UNCLEAR; by hand also MU_WAY_NO_ANSWER. */
void mu_calls_failed(mu_calls *check, int i, mu_way_state state, const char *words, int64_t t, int64_t wall);
/* Somebody answered; of what is called by hand: was reached. */
void mu_calls_answered(mu_calls *check, int i, int64_t t, int64_t wall);
/* The program was away: what was leaving when it went is unclear. */
void mu_calls_was_away(mu_calls *check, int64_t away, int64_t t, int64_t wall);
void mu_calls_end(mu_calls *check, const char *why, int64_t t, int64_t wall);

/* ---- what there is to know ---- */

/* The next that may be sent now, or -1. `*at` becomes the moment at which another try may be made, where that is before it. */
int mu_calls_next(const mu_calls *check, int64_t t, int64_t *at);
/* Nothing is open any more. */
bool mu_calls_settled(const mu_calls *check);
bool mu_way_may_answer(const mu_asked *asked);
/* A new secret. */
void mu_calls_draw(mu_calls *check);
/* The code of a way, and the way of a code as a person types it (small letters, blanks, O for 0), or -1. */
void mu_calls_code(const mu_calls *check, int i, char code[MU_CALL_CODE]);
int mu_calls_of_code(const mu_calls *check, const char *typed);
/* The key of whoever leads. */
void mu_calls_lead(const mu_calls *check, char key[MU_CALL_CODE]);
bool mu_calls_is_lead(const mu_calls *check, const char *typed);

#endif
