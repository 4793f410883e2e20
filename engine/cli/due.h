/* due.h - one call of `muster due`, as its files share it. */
#ifndef MU_CLI_DUE_H
#define MU_CLI_DUE_H

#include "cli/programme.h"
#include "programme/agenda.h"

typedef struct mu_due {
    const mu_programme *programme;
    mu_arena *arena;
    mu_ledger *ledger;
    int64_t now;     /* UTC */
    int64_t steady;  /* the steady moment at which it was `now` */
    bool run, notify, dry, json;
    bool write;  /* something is done, so the ledger is held and written */
    bool told;   /* `now` is another moment than the wall clock's */
    bool aside;  /* beside a call tree that is being held: everything but call trees */
    bool quiet;  /* that another holds it is no news: it is tried again */
    bool hangs;  /* the mail server let a message wait to the end of all patience: the others of this call do not wait as well */
    bool broken; /* the ledger cannot be written: nothing further is done */
    mu_item *items;
    int item_count;
    int *calls;  /* items that are call trees to be held: they take their time, and come last */
    int call_count;
    mu_buf said;
    size_t put;  /* of it, what stands on stdout already */
    int status;
} mu_due;

/* One line of the answer; what was said in the same words already is not said again. */
void mu_due_say(mu_due *due, const char *what, const char *key, const char *words);
/* The exit status is the worst of all. */
void mu_due_worse(mu_due *due, int status);
/* An entry of the ledger; false, and said, where it is not on disk: then what it stands for may not be done. */
bool mu_due_write(mu_due *due, const char *what, const char *key, const char *note);

/* STARTEX of a drill, on the first day from the occasion on that is the scenario's day of the week, at the scenario's hour: so a Friday evening stays one, and
 * the plan is held against the dates of its own time. 0; or 3 after diagnostics on stderr. */
int mu_due_starts(const char *plan, const char *scenario, const char *assume, int64_t local, const char **text, mu_arena *arena);
/* Plays a drill in a process of its own, or takes it up where it was cut off. `before` is the folder of the drill that it is held against, or
 * NULL. The exit status of muster run; *words say how it went. */
int mu_due_run(mu_due *due, const mu_occasion *occasion, const char *before, const char **words);
/* Everything else that is due while a call tree is being held, at the moment that it is then: it takes the ledger, and lets go of it. */
void mu_due_aside(mu_due *due);
/* Holds a call tree, or takes it up, in a process of its own: so long as it takes. The ledger is not held meanwhile, and what else comes due is done. The
 * exit status of muster calltree. */
int mu_due_call(mu_due *due, const mu_occasion *occasion, const char *before, const char **words);
/* Says to whom a call tree would go. */
void mu_due_would_call(mu_due *due, const mu_occasion *occasion);
/* "2 critical, 5 high, 1 medium, 0 low gaps", read from the findings of a drill's folder. */
const char *mu_due_result(mu_due *due, const char *key);
/* Sends what is due, or says what would be sent to whom. */
void mu_due_notify(mu_due *due);

#endif
