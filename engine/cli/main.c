/* One program, one table of commands: the table also makes the help. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static const mu_command commands[] = {
    {"init", "DIR", "a plan, a scenario and assumptions to begin with", mu_cmd_init},
    {"check", "PLAN [--at TIME]", "read a plan, say everything that is wrong with it, and judge it on paper", mu_cmd_check},
    {"list", "PLAN SCENARIO", "the master scenario events list, before anything runs", mu_cmd_list},
    {"explore", "PLAN SCENARIO", "every pair of consecutive outcomes; what no outcome reaches", mu_cmd_explore},
    {"run", "PLAN SCENARIO -o DIR", "a drill, from STARTEX to ENDEX", mu_cmd_run},
    {"report", "JOURNAL", "the after-action report: html, md, json", mu_cmd_report},
    {"verify", "JOURNAL", "the chain of hashes", mu_cmd_verify},
    {"replay", "JOURNAL [--plan OTHER]", "the inputs again: every event compared, or a what-if", mu_cmd_replay},
    {"explain", "CODE", "what a code means, and how to mend it; codes, events, words", mu_cmd_explain},
    {NULL, NULL, NULL, NULL},
};

static int usage(FILE *to)
{
    fputs("usage: muster COMMAND ...\n\n", to);
    for (const mu_command *c = commands; c->name; c++)
        fprintf(to, "  muster %s %-20s %s\n", c->name, c->arguments, c->does);
    fputs("\nexit: 0 all well, 1 gaps at or above --fail-on, 2 usage, 3 the input is wrong, 4 the environment failed,\n      5 the drill in the folder is another one, or another muster is at work on it\n", to);
    return to == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return usage(stderr);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))
        return usage(stdout);
    for (const mu_command *c = commands; c->name; c++)
        if (strcmp(argv[1], c->name) == 0)
            return c->run(argc - 1, argv + 1);
    fprintf(stderr, "muster: there is no such command; see muster --help\n");
    return 2;
}
