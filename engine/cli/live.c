#include "cli/live.h"

#include <stddef.h>

volatile sig_atomic_t mu_caught;

static void caught(int signal)
{
    mu_caught = signal;
}

void mu_catch(void)
{
    struct sigaction act = {.sa_handler = caught};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGHUP, &act, NULL);
}

int64_t mu_clock_of(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
