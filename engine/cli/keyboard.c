#include "cli/keyboard.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios was, keys;
static volatile sig_atomic_t taken, came_back;

static void on_stop(int signal)
{
    struct sigaction stops = {.sa_handler = SIG_DFL}, mine = {.sa_handler = on_stop};
    sigset_t one;
    tcsetattr(STDIN_FILENO, TCSANOW, &was);
    sigaction(signal, &stops, NULL);
    raise(signal);
    sigemptyset(&one);
    sigaddset(&one, signal);
    sigprocmask(SIG_UNBLOCK, &one, NULL); /* here it stands still, until it goes on */
    sigaction(signal, &mine, NULL);
    tcsetattr(STDIN_FILENO, TCSANOW, &keys);
    came_back = 1;
}

void mu_keyboard_give_back(void)
{
    if (taken)
        tcsetattr(STDIN_FILENO, TCSANOW, &was);
    taken = 0;
}

bool mu_keyboard_take(void)
{
    const char *terminal = getenv("TERM");
    struct sigaction act = {.sa_handler = on_stop};
    bool able = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && terminal && *terminal && strcmp(terminal, "dumb") != 0;
    if (!able || tcgetattr(STDIN_FILENO, &was) != 0)
        return false;
    keys = was;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &keys) != 0)
        return false;
    taken = 1;
    atexit(mu_keyboard_give_back);
    sigaction(SIGTSTP, &act, NULL);
    return true;
}

bool mu_keyboard_came_back(void)
{
    bool yes = came_back;
    came_back = 0;
    return yes;
}
