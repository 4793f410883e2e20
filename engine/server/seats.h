/* seats.h - who may come in, and as what. A seat is a person of the plan who is played, or somebody who leads, evaluates or
 * observes. It is entered by a link, which works once, or by the code of the table and a name; from then on a cookie says
 * who it is. What gives entry is kept as a hash only, in one file beside the journal, so that a server that was killed
 * knows its people again. Nothing of this is in the journal. */
#ifndef MU_SERVER_SEATS_H
#define MU_SERVER_SEATS_H

#include <stdbool.h>
#include <stdint.h>

enum { MU_TOKEN = 27, MU_SEAT_NAME = 96, MU_SEATS_MOST = 2048 }; /* a token: 26 characters and a NUL, 130 bits */

typedef enum mu_kind_of_seat { PART_NONE, PART_PLAYER, PART_EVALUATOR, PART_OBSERVER, PART_LEAD, MU_SEAT_KINDS } mu_kind_of_seat;

typedef struct mu_seats mu_seats;

typedef struct mu_seat {
    mu_kind_of_seat part;
    char who[MU_SEAT_NAME];  /* "person:ana" of a player; the name of anybody else */
    bool invited, joined, ready, revoked; /* a link waits to be used; has come in; has acknowledged the test; is shut out */
} mu_seat;

const char *mu_seat_word(mu_kind_of_seat part);

/* A new file, or one to which nothing was written yet; or one that was left. NULL with *why where it cannot be. */
mu_seats *mu_seats_new(const char *path, const char **why);
mu_seats *mu_seats_resume(const char *path, const char **why);
void mu_seats_free(mu_seats *seats);
typedef enum mu_seats_written {
    MU_SEATS_WRITTEN,
    MU_SEATS_FULL,   /* nothing is lost: what could not be written waits, a later flush may succeed */
    MU_SEATS_FAILED, /* final */
} mu_seats_written;

/* Writes what has changed to disk. Until that has come about nothing of it may be shown. */
mu_seats_written mu_seats_flush(mu_seats *seats);
/* The system's words for the last failure, or "". */
const char *mu_seats_failure(const mu_seats *seats);

int mu_seats_count(const mu_seats *seats);
const mu_seat *mu_seat_of(const mu_seats *seats, int seat);
/* The seat of a player, or -1. */
int mu_seats_find(const mu_seats *seats, mu_kind_of_seat part, const char *who);
/* -1 where there are too many. */
int mu_seats_add(mu_seats *seats, mu_kind_of_seat part, const char *who);

/* A new link for a seat; the one before works no more. */
void mu_seats_invite(mu_seats *seats, int seat, char token[MU_TOKEN]);
/* The code of the table: eight characters; a new one each time it is asked for. */
void mu_seats_code(mu_seats *seats, char code[MU_TOKEN]);
/* Whose link this is: the seat, or -1. One that was used is good again only for the request that used it. */
int mu_seats_enter(const mu_seats *seats, const char *token, const char *request);
bool mu_seats_at_table(const mu_seats *seats, const char *code);
/* True where it was this request by which they came in last: its answer was lost, and it comes again. */
bool mu_seats_used(const mu_seats *seats, int seat, const char *request);
/* Somebody has come in: a new session. `request` is what the link was used by. */
void mu_seats_join(mu_seats *seats, int seat, const char *request, char token[MU_TOKEN]);
/* The seat of a session, or -1. */
int mu_seats_session(const mu_seats *seats, const char *token);
void mu_seats_leave(mu_seats *seats, const char *token);
void mu_seats_ready(mu_seats *seats, int seat);
/* Links and sessions of a seat end at once. */
void mu_seats_revoke(mu_seats *seats, int seat);
/* The exercise is over: all links and the code of the table end, once; who has come in stays, and new links can be made. */
void mu_seats_expire(mu_seats *seats);

/* ---- how often ---- */

/* One more of at most `most` in `ms` milliseconds from `who`; false where that is too many. */
bool mu_seats_often(mu_seats *seats, const char *who, int most, int64_t ms, int64_t now);

/* True where there have been so many; counts nothing. */
bool mu_seats_tired(mu_seats *seats, const char *who, int most, int64_t ms, int64_t now);

/* Random, 130 bits: for requests. */
void mu_token_make(char token[MU_TOKEN]);

#endif
