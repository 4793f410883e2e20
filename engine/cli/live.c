#include "cli/live.h"

#include <stddef.h>
#include <unistd.h>

volatile sig_atomic_t mu_caught;

/* It may have come between a look at what was caught and a wait, which would then be waited out: a wait is broken off each second. */
static void again(int signal)
{
    (void)signal;
    alarm(1);
}

static void caught(int signal)
{
    mu_caught = signal;
    alarm(1);
}

static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { ENDS = sizeof ends / sizeof *ends };

void mu_catch(void)
{
    struct sigaction act = {.sa_handler = caught}, wakes = {.sa_handler = again}, was;
    sigaction(SIGALRM, &wakes, NULL);
    for (int i = 0; i < ENDS; i++)
        if (ends[i] != SIGHUP || (sigaction(SIGHUP, NULL, &was) == 0 && was.sa_handler != SIG_IGN))
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
