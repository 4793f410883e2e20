/* live.h - what goes along with the wall clock: the clocks of this machine, and that somebody wants the program to end. */
#ifndef MU_CLI_LIVE_H
#define MU_CLI_LIVE_H

#include <signal.h>
#include <stdint.h>
#include <time.h>

/* The signal that asked to end; 0 none yet. */
extern volatile sig_atomic_t mu_caught;
/* From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT end nothing: they are only caught, and whatever waits then gives up its wait within
 * a second. SIGHUP stays ignored where whoever started the program wanted that, as nohup does. */
void mu_catch(void);
/* Holds these back, and the one that stops the program; `before` is what was held back until now. */
void mu_catch_later(sigset_t *before);
/* Milliseconds of that clock. */
int64_t mu_clock_of(clockid_t which);

#endif
