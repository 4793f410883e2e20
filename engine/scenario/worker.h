/* worker.h - a process of its own for what strangers wrote. It has no files, no sockets, no children and no more memory
 * or processor time than limits.c gives; it can be lost, and only it is lost. The parent waits with a watchdog. */
#ifndef MU_SCENARIO_WORKER_H
#define MU_SCENARIO_WORKER_H

#include "scenario/scenario.h"

typedef enum mu_worker_end {
    MU_WORKER_DONE,    /* the job returned */
    MU_WORKER_STOPPED, /* it was ended: by a limit, by the watchdog, by a fault of its own */
    MU_WORKER_UNBORN,  /* no process could be made; errno says why */
} mu_worker_end;

/* Runs `job` in a forked child, which sees this process's memory as it is now and can change none of it. What the job
 * writes to `out_fd` is appended to `out`; what it returns (0 to 127) is in *status. `wall_ms` 0 takes the limit's row.
 * Whatever the job needs of files must be read before. */
mu_worker_end mu_worker_run(int (*job)(void *arg, int out_fd), void *arg, int64_t wall_ms, mu_buf *out, int *status);

/* Runs the top of a script that was read in a worker, and takes what is wrong with it into `diags`. True where nothing
 * is an error; such a script may then be run here. The script stays the caller's. */
bool mu_worker_check(const mu_script *script, const mu_tree *plan, mu_diags *diags);
/* mu_scenario_load, but the script runs here only after it has ended well in a worker. */
mu_scenario *mu_worker_load(const char *path, const mu_tree *plan, mu_diags *diags);

/* The teller of `scenario` in a process of its own, for every drill. `restart` makes the process, and makes another one
 * where it was lost or has used up much of its time; until then every step of a lost one gives MU_SAYS_FAILED,
 * MU_TELLER_LOST. The scenario must live longer; only one of the two tellers may be used at a time. The caller closes. */
typedef struct mu_worker mu_worker;
mu_worker *mu_worker_open(mu_scenario *scenario);
mu_teller mu_worker_teller(mu_worker *worker);
void mu_worker_close(mu_worker *worker);

/* Reads a wish as a worker sends it. The worker may have been taken over by its script, so false unless a story of this
 * scenario could have said it. `out->text` lives in the frame. */
bool mu_wish_read(const mu_scenario *scenario, const mu_buf *frame, mu_wish *out);

/* The process id while there is one, else -1; for tests that kill it. */
int mu_worker_pid(const mu_worker *worker);

#endif
