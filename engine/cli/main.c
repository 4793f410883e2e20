/* One program; table.c says what it can be told. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>

#include "cli/command.h"
#include "cli/drill.h"

static int usage(void)
{
    mu_buf out = {0};
    mu_help(&out);
    fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
    return 2;
}

static int no_command(const char *word)
{
    enum { MOST = 64 };
    const char *names[MOST];
    size_t count = 0;
    mu_buf out = {0};
    for (const mu_command *c = mu_commands; c->name && count < MOST; c++)
        names[count++] = c->name;
    const char *near = mu_nearest(word, names, count);
    mu_buf_puts(&out, "muster: there is no command \"");
    mu_buf_safe(&out, word, strlen(word), 40);
    mu_buf_printf(&out, "\"%s%s%s; see muster --help\n", near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
    return 2;
}

/* Whoever starts the program may have closed its streams: the journal would have the number of one, and what is said be written into
 * it. What takes their place gives an end at once, and cannot be written. False where it cannot be had. */
static bool hold_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
            return false;
    return true;
}

int main(int argc, char **argv)
{
    static char help[] = "help";
    if (!hold_streams())
        return 4;
    (void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a disk that is full, and not the end */
    if (argc < 2)
        return usage();
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return mu_cmd_help(1, (char *[]){help, NULL});
    if (strcmp(argv[1], "--version") == 0)
        return puts("muster " MU_VERSION) < 0 || fflush(stdout) != 0 ? 4 : 0;
    const mu_command *command = mu_command_of(argv[1]);
    return command ? command->run(argc - 1, argv + 1) : no_command(argv[1]);
}
