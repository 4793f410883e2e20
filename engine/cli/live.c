#include "cli/live.h"

#include <stddef.h>

volatile sig_atomic_t mu_caught;

static void caught(int signal)
{
    mu_caught = signal;
}

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDS = sizeof ends / sizeof *ends };

void mu_catch(void)
{
    struct sigaction act = {.sa_handler = caught};
    for (int i = 0; i < ENDS; i++)
        sigaction(ends[i], &act, NULL);
}

void mu_catch_later(sigset_t *before)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTSTP);
    for (int i = 0; i < ENDS; i++)
        sigaddset(&ours, ends[i]);
    sigprocmask(SIG_BLOCK, &ours, before);
}

int64_t mu_clock_of(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
