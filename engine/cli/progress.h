/* progress.h - one line that says how far a long run is: on stderr, on a terminal only, gone when the run is over. What takes
 * less than a second shows none. */
#ifndef MU_CLI_PROGRESS_H
#define MU_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct mu_progress {
    FILE *to;
    bool on, shown;
    int64_t next; /* when the line may be shown again, milliseconds of any clock that never goes back */
} mu_progress;

/* Such a clock. */
int64_t mu_progress_clock(void);
void mu_progress_begin(mu_progress *progress, FILE *to, int64_t now);
/* True where it is time for a line: not more than five a second. */
bool mu_progress_due(mu_progress *progress, int64_t now);
void mu_progress_show(mu_progress *progress, const char *text);
/* A bar behind what is done; `done` in thousandths. Shown where it is time for it. */
void mu_progress_bar(mu_progress *progress, const char *what, int done);
void mu_progress_end(mu_progress *progress);

#endif
