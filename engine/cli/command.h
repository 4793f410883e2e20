/* command.h - a command is a row: its name, what stands behind it, one line of help, and one function. */
#ifndef MU_CLI_COMMAND_H
#define MU_CLI_COMMAND_H

typedef struct mu_command {
    const char *name, *arguments, *does;
    int (*run)(int argc, char **argv); /* argv[0] is the command; returns the exit status of cli.md */
} mu_command;

int mu_cmd_check(int argc, char **argv);

#endif
