/* agenda.h - what is to be done now: the times of the drills against the ledger. Nothing is done here and no clock is asked. */
#ifndef MU_PROGRAMME_AGENDA_H
#define MU_PROGRAMME_AGENDA_H

#include "programme/carrier.h"
#include "programme/ledger.h"
#include "programme/occasions.h"

typedef enum mu_standing {
    MU_DONE,      /* run, or held */
    MU_TO_FINISH, /* begun, and cut off */
    MU_DUE,       /* its time has come, and is not over */
    MU_MISSED,    /* its time is over, or a later one of the same drill is due */
    MU_COMING
} mu_standing;

typedef struct mu_item {
    const mu_occasion *occasion;
    mu_standing standing;
} mu_item;

/* Everything from the programme's first day up to `ahead` behind `now`, in order of time. `over` are the keys of drills that are over, in order of
 * their names. Of a drill only the latest time is due: after a pause there is no heap. */
int mu_agenda(const mu_programme *programme, const mu_ledger *ledger, const char *const *over, int over_count, int64_t now, int64_t ahead, mu_arena *arena,
              const mu_item **items);

/* ---- messages ---- */

typedef struct mu_message {
    const char *key;           /* "tabletop-2026-04-14-1000/ana/mail/before-7d" */
    const mu_occasion *occasion;
    const mu_told *told;
    mu_carrier way;
    const char *address;
    int64_t before;            /* how long before the drill; -1: its result */
    bool missed;               /* and that is that it was missed */
    int64_t until;             /* UTC: after that it is of no use */
    enum { MU_TO_SEND, MU_QUIET, MU_UNCLEAR, MU_TOO_LATE_TO_SEND, MU_NOT_OPTED_IN } state;
} mu_message;

/* Those that are due and not sent, in order. Of several that are due before one drill only the last is, and of several times of a drill that were missed. */
int mu_messages(const mu_programme *programme, const mu_ledger *ledger, const mu_item *items, int count, int64_t now, mu_arena *arena, const mu_message **messages);

/* What every message begins and ends with. */
#define MU_EXERCISE "EXERCISE EXERCISE EXERCISE"
/* A name that somebody wrote, safe in a message, 300 bytes at the most. */
void mu_message_name(mu_buf *out, const char *name);
/* What a message says: always with EXERCISE EXERCISE EXERCISE. `result` is one sentence for the message of a result, else NULL. */
const char *mu_message_subject(const mu_message *message, mu_arena *arena);
const char *mu_message_text(const mu_programme *programme, const mu_message *message, const char *result, mu_arena *arena);
/* The document that a webhook gets, and what Slack takes. */
const char *mu_message_json(const mu_programme *programme, const mu_message *message, const char *text, mu_arena *arena);
const char *mu_message_slack(const char *text, mu_arena *arena);

#endif
