#include "cli/keyboard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios was, keys;
static volatile sig_atomic_t known, taken, came_back; /* how the terminal was; that it is ours */

static void on_stop(int signal)
{
    struct sigaction stops = {.sa_handler = SIG_DFL}, mine = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    sigset_t one;
    int error = errno;
    if (known)
        tcsetattr(STDIN_FILENO, TCSANOW, &was);
    sigaction(signal, &stops, NULL);
    raise(signal);
    sigemptyset(&one);
    sigaddset(&one, signal);
    sigprocmask(SIG_UNBLOCK, &one, NULL); /* here it stands still, until it goes on */
    sigaction(signal, &mine, NULL);
    if (taken)
        tcsetattr(STDIN_FILENO, TCSANOW, &keys);
    came_back = 1;
    errno = error;
}

/* A stop may come in between: what it finds to be ours it takes again. */
void mu_keyboard_give_back(void)
{
    bool ours = taken;
    taken = 0;
    if (ours)
        tcsetattr(STDIN_FILENO, TCSANOW, &was);
}

/* Whatever was being read or written then goes on. */
static void see_stops(void)
{
    struct sigaction act = {.sa_handler = on_stop, .sa_flags = SA_RESTART}, before;
    if (sigaction(SIGTSTP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGTSTP, &act, NULL);
}

bool mu_keyboard_take(void)
{
    const char *terminal = getenv("TERM");
    bool able = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && terminal && *terminal && strcmp(terminal, "dumb") != 0;
    known = able && tcgetattr(STDIN_FILENO, &was) == 0;
    keys = was;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    taken = known;
    see_stops();
    atexit(mu_keyboard_give_back);
    if (taken && tcsetattr(STDIN_FILENO, TCSANOW, &keys) != 0)
        taken = 0;
    return taken;
}

bool mu_keyboard_came_back(void)
{
    if (!came_back)
        return false;
    came_back = 0; /* a stop between is this one */
    return true;
}
