/* stage.h - a drill as it is served: a lobby, the drill, the hot wash. The same engine as a drill at the keyboard; the
 * browser is one more kind of seat. It is told by its caller how the drill is moved and kept; it reads no clock of its own.
 *
 * Every turn: what is due happens, what people have asked is done, all of it is written and synced in one go, and only then
 * anything of it is sent. */
#ifndef MU_SERVER_STAGE_H
#define MU_SERVER_STAGE_H

#include "core/run.h"
#include "server/http.h"
#include "server/seats.h"

typedef struct mu_stage mu_stage;

typedef enum mu_kept { MU_KEPT, MU_KEEP_LATER, MU_KEEP_FAILED } mu_kept; /* later: the disk is full */

typedef struct mu_stage_calls {
    void *self;
    bool (*begin)(void *self);              /* STARTEX; false: it cannot be begun */
    void (*until)(void *self, int64_t t);   /* all that is due until exercise time `t` */
    int64_t (*next)(void *self);            /* when something is due next; MU_NEVER */
    mu_kept (*keep)(void *self, int64_t t); /* journal and seats on disk; `t` is the exercise time of this turn */
    void (*report)(void *self, mu_buf *html);
    int64_t (*wall)(void *self);            /* milliseconds of the calendar */
    int64_t (*steady)(void *self);          /* milliseconds that nobody sets, and that pass while the machine sleeps */
    struct mu_report *(*judged)(void *self, mu_arena *arena); /* what drill and plan show so far; owned by the arena */
} mu_stage_calls;

typedef struct mu_stage_options {
    mu_run *run;
    mu_journal *journal;
    const mu_tree *plan;
    mu_seats *seats;
    int64_t rate;      /* thousandths of real time */
    bool tls;
} mu_stage_options;

mu_stage *mu_stage_new(const mu_stage_options *options, const mu_stage_calls *calls);
void mu_stage_free(mu_stage *stage);
/* What the network hands up. */
mu_http_calls mu_stage_http(mu_stage *stage);
/* A recorded drill was played again into this stage up to where it was; the program was away for so many wall milliseconds
 * since. To be called once it is known where it serves. */
void mu_stage_again(mu_stage *stage, int64_t away);
/* STARTEX, with everybody as a player who has come in. False where it cannot be begun. */
bool mu_stage_begin(mu_stage *stage);
/* From now on it serves there. */
void mu_stage_open(mu_stage *stage, mu_http *http);
/* One turn of the loop. False once it is over: closed by the facilitator, or what was done cannot be kept. */
bool mu_stage_turn(mu_stage *stage);
/* True where the journal or the list of seats cannot be written any more. */
bool mu_stage_failed(const mu_stage *stage);

#endif
