/* command.h - the command line as three tables: a command is a row, an option is a row, a word that stands for an argument
 * is a row. The parser, the help, the manual page and the completions of three shells are made from these rows; nothing
 * else says what can be typed. */
#ifndef MU_CLI_COMMAND_H
#define MU_CLI_COMMAND_H

#include <stdio.h>

#include "base/diag.h"

typedef struct mu_command {
    const char *name;
    const char *operands;              /* "PLAN [SCENARIO...]": rows of mu_arguments */
    const char *does, *more;           /* one line; a paragraph for the help and the manual */
    int (*run)(int argc, char **argv); /* argv[0] is the command; returns the exit status of cli.md */
} mu_command;

typedef struct mu_option {
    const char *command;  /* "" is every command */
    const char *name;     /* without its hyphens */
    char letter;          /* 0 for none */
    const char *argument; /* NULL for none; "text|json" is one of these words; else a row of mu_arguments */
    const char *does;
    bool required;
} mu_option;

typedef enum mu_completes { MU_NOTHING, MU_WORDS, MU_FILES, MU_FOLDERS, MU_COMMANDS, MU_CODES } mu_completes;

typedef struct mu_argument {
    const char *word, *means;
    mu_completes completes;
    const char *of; /* the words; of files the endings: "yaml yml", "" for all */
} mu_argument;

typedef struct mu_exit {
    const char *status, *means;
} mu_exit;

extern const mu_command mu_commands[];   /* these four end with a row of NULL */
extern const mu_option mu_options[];     /* the rows of one command stand together, those of all at the end */
extern const mu_argument mu_arguments[];
extern const mu_exit mu_exits[];

const mu_command *mu_command_of(const char *name);
/* NULL for words like "text|json". */
const mu_argument *mu_argument_of(const char *word, size_t len);
/* True where the row is one of this command, or of all. */
bool mu_option_is_of(const mu_option *option, const mu_command *command);
/* One operand after another: its word and length; returns where the next begins, NULL at the end. */
typedef struct mu_operand {
    const char *word;
    size_t len;
    bool optional, repeats;
} mu_operand;
const char *mu_operand_next(const char *operands, mu_operand *operand);

/* ---- reading a command line ---- */

enum { MU_GIVEN = 256, MU_GO_ON = -1 };

typedef struct mu_args {
    const mu_command *command;
    char *const *operands;
    int operand_count, given_count;
    struct {
        const mu_option *row;
        char *value;
    } given[MU_GIVEN];
} mu_args;

/* Reads by the tables: MU_GO_ON, or the exit status with which the command ends here: 0 after --help, 2 where the line is
 * wrong, which is said with what would be right. */
int mu_args_read(mu_args *args, int argc, char **argv);
/* The value that was given last, "" of an option without argument; NULL where the option was not given. */
const char *mu_arg(const mu_args *args, const char *option);
/* The same, or what holds without it. */
const char *mu_arg_or(const mu_args *args, const char *option, const char *otherwise);
/* All values of an option in their order; *at begins with 0. */
char *mu_arg_next(const mu_args *args, const char *option, int *at);
/* What a JOURNAL names: of the folder of a drill, the journal in it. Lives until the next call. */
const char *mu_journal_in(const char *name);
/* Says what is wrong with a value that the tables cannot judge; returns 2. */
int mu_args_wrong(const mu_args *args, const char *text);

/* ---- what is made from the tables ---- */

void mu_help(mu_buf *out);
void mu_help_of(mu_buf *out, const mu_command *command);
/* "usage: muster check PLAN [SCENARIO...] [OPTION...]" */
void mu_usage_of(mu_buf *out, const mu_command *command);
void mu_manual(mu_buf *out);
void mu_complete_bash(mu_buf *out);
void mu_complete_zsh(mu_buf *out);
void mu_complete_fish(mu_buf *out);

/* ---- what commands share ---- */

/* --color: "always", "never", or "auto" again. */
void mu_look_choose(const char *when);
/* Colour where a person looks at a terminal that has it, and NO_COLOR is not set; or as --color said. */
mu_look mu_look_of(FILE *to);
/* All that was found, to stderr. */
void mu_say_diags(mu_diags *diags);
/* All of it to stdout, past interruptions; false, and said on stderr, where it cannot be written. Where nobody reads it, and the program is
 * to end, false without a word. */
bool mu_put_out(const char *bytes, size_t len);
/* The same with the buffer, which is gone afterwards; an exit status: 0 or 4. */
int mu_put_all(mu_buf *out);

/* A path as it can be typed into a shell again, and seen safely: quoted where it has to be. */
void mu_shell_word(mu_buf *out, const char *path);

/* Makes a folder, and those that it lies in. False, and said on stderr, where that fails; one that is there is none, one without a name is. */
bool mu_make_folder(const char *path);

int mu_cmd_check(int argc, char **argv);
int mu_cmd_cover(int argc, char **argv);
int mu_cmd_init(int argc, char **argv);
int mu_cmd_run(int argc, char **argv);
int mu_cmd_serve(int argc, char **argv);
int mu_cmd_list(int argc, char **argv);
int mu_cmd_explore(int argc, char **argv);
int mu_cmd_report(int argc, char **argv);
int mu_cmd_verify(int argc, char **argv);
int mu_cmd_explain(int argc, char **argv);
int mu_cmd_amend(int argc, char **argv);
int mu_cmd_diff(int argc, char **argv);
int mu_cmd_replay(int argc, char **argv);
int mu_cmd_schedule(int argc, char **argv);
int mu_cmd_calltree(int argc, char **argv);
int mu_cmd_due(int argc, char **argv);
int mu_cmd_history(int argc, char **argv);
int mu_cmd_completion(int argc, char **argv);
int mu_cmd_man(int argc, char **argv);
int mu_cmd_help(int argc, char **argv);

#endif
