/* command.h - a command is a row: its name, what stands behind it, one line of help, and one function. */
#ifndef MU_CLI_COMMAND_H
#define MU_CLI_COMMAND_H

#include <stdio.h>

#include "base/diag.h"

typedef struct mu_command {
    const char *name, *arguments, *does;
    int (*run)(int argc, char **argv); /* argv[0] is the command; returns the exit status of cli.md */
} mu_command;

/* Colour where a person looks at a terminal that has it, and NO_COLOR is not set. */
mu_look mu_look_of(FILE *to);
/* All of it to stdout, past interruptions; false, and said on stderr, where it cannot be written. */
bool mu_put_out(const char *bytes, size_t len);

int mu_cmd_check(int argc, char **argv);
int mu_cmd_init(int argc, char **argv);
int mu_cmd_run(int argc, char **argv);
int mu_cmd_list(int argc, char **argv);
int mu_cmd_explore(int argc, char **argv);
int mu_cmd_report(int argc, char **argv);
int mu_cmd_verify(int argc, char **argv);
int mu_cmd_explain(int argc, char **argv);
int mu_cmd_replay(int argc, char **argv);

#endif
