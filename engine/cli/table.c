/* What can be typed. One row is one command, one option, one kind of argument. */
#include <stddef.h>
#include <string.h>

#include "cli/command.h"

const mu_command mu_commands[] = {
    {"init", "DIR", "a plan, a scenario and assumptions to begin with",
     "Writes plan.yaml, scenario.lua and assumptions.yaml into DIR. They check clean and run at once. Nothing is ever written over.", mu_cmd_init},
    {"check", "PLAN [SCENARIO...]", "everything that is wrong with a plan, and its gaps on paper",
     "Every error of the file comes in one go, each with its line, a caret, and what would be right; then the gaps that the text "
     "of the plan shows without any drill. Scenarios are held against the plan; a scenario may also be checked alone.", mu_cmd_check},
    {"list", "PLAN SCENARIO", "the master scenario events list, before anything runs", "All cards of a scenario, in the order of time.", mu_cmd_list},
    {"explore", "PLAN SCENARIO", "every pair of consecutive outcomes; what no outcome reaches",
     "Plays the scenario again and again with everybody there, until every pair of consecutive outcomes was seen, then with all "
     "silent and all late. Says which cards are never reached, which stories never end, and what fails.", mu_cmd_explore},
    {"run", "PLAN SCENARIO", "a drill, from STARTEX to ENDEX",
     "Without --play nobody is asked: stand-ins answer by the plan and the assumptions, and it is over at once. DIR holds the journal, "
     "what the drill was made of, and the reports. A drill that was cut off goes on with --resume.", mu_cmd_run},
    {"serve", "PLAN SCENARIO", "a drill in the browser: facilitator, players, evaluators, observers",
     "Everybody at their own screen; roles that nobody plays are stood in for. The link that it prints lets the facilitator in, once; all other links are made on "
     "the facilitator's page. It serves on this machine alone unless --listen says otherwise, and beyond it only with TLS or --insecure. A drill that was cut off goes on with --resume.", mu_cmd_serve},
    {"report", "JOURNAL", "the after-action report: html, md, json; the gaps for other programs", "Computed from the journal and the plan alone.", mu_cmd_report},
    {"verify", "JOURNAL", "the chain of hashes", "Reads every record and says the first that is not what was written.", mu_cmd_verify},
    {"replay", "JOURNAL", "the inputs again: every event compared, or a what-if",
     "With the same plan every event must come out the same. With --plan or --scenario it is a what-if: which gaps close, and which open.", mu_cmd_replay},
    {"explain", "CODE", "what a code means, and how to mend it; lists of all",
     "CODE is a code of a message (MU023), a type of gap (ROL-08), a rule of law (EU-GDPR-33), or a list: gaps, codes, clocks (legal ones, for the rule of an obligation), "
     "events, words (what may stand in a plan where few words may), plan-format (every key), scenario-words (every word of a scenario).", mu_cmd_explain},
    {"completion", "SHELL", "completion for a shell, as a script", "For this session of bash: source <(muster completion bash).", mu_cmd_completion},
    {"man", "", "this manual, as a page for man", "To read it: muster man | man -l -", mu_cmd_man},
    {"help", "[COMMAND]", "all commands, or one with its options", "The same as --help.", mu_cmd_help},
    {NULL, NULL, NULL, NULL, NULL},
};

#define WEIGHTS "critical|high|medium|low|never"

const mu_option mu_options[] = {
    {"check", "at", 0, "TIME", "judge the plan as of this day or moment; without it, now", false},
    {"check", "format", 0, "text|json|sarif|junit|github|oscal|csv", "how the gaps are written to stdout; text without it", false},
    {"check", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; critical without it", false},
    {"check", "baseline", 0, "FILE", "an earlier findings document (--format json): only what is new makes the exit status 1", false},

    {"list", "format", 0, "text|json|csv", "how the list is written to stdout; text without it", false},

    {"explore", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"run", "out", 'o', "DIR", "the folder that keeps the drill; nothing in it is written over", true},
    {"run", "seed", 0, "N", "the number that all chance is drawn from; 1 without it", false},
    {"run", "play", 0, "ROLE,...", "these roles are asked at this keyboard; all others are stood in for", false},
    {"run", "away", 0, "PERSON,...", "these people are away from the start", false},
    {"run", "down", 0, "THING,...", "these channels, dependencies, tools are down from the start", false},
    {"run", "start", 0, "TIME", "the moment of STARTEX; without it, what the scenario says", false},
    {"run", "assume", 0, "FILE", "how fast people answer where nobody plays them", false},
    {"run", "speed", 0, "X", "how many times as fast as the wall clock, 0.01 to 10000", false},
    {"run", "clock", 0, "wall|steps", "steps: time stands while somebody is asked, which suits a table", false},
    {"run", "resume", 0, NULL, "go on with the drill in DIR, which was cut off", false},
    {"run", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; critical without it", false},
    {"run", "baseline", 0, "FILE", "an earlier findings.json: only what is new makes the exit status 1", false},

    {"serve", "out", 'o', "DIR", "the folder that keeps the drill; nothing in it is written over", true},
    {"serve", "port", 'p', "N", "the port; 8080 without it, 0 for any that is free", false},
    {"serve", "listen", 0, "ADDRESS", "serve on this address of the machine, 0.0.0.0 for all; without it 127.0.0.1", false},
    {"serve", "certificate", 0, "FILE", "TLS with this certificate (PEM, with its chain); --key beside it", false},
    {"serve", "key", 0, "FILE", "the key of the certificate", false},
    {"serve", "self-signed", 0, NULL, "TLS with a certificate of our own making; browsers ask before they trust it", false},
    {"serve", "insecure", 0, NULL, "beyond this machine without TLS: whoever is on the network can read along", false},
    {"serve", "seed", 0, "N", "the number that all chance is drawn from; 1 without it", false},
    {"serve", "away", 0, "PERSON,...", "these people are away from the start", false},
    {"serve", "down", 0, "THING,...", "these channels, dependencies, tools are down from the start", false},
    {"serve", "start", 0, "TIME", "the moment of STARTEX; without it, what the scenario says", false},
    {"serve", "assume", 0, "FILE", "how fast people answer where nobody plays them", false},
    {"serve", "speed", 0, "X", "how many times as fast as the wall clock, 0.01 to 10000", false},
    {"serve", "resume", 0, NULL, "go on with the drill in DIR, which was cut off", false},
    {"serve", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; critical without it", false},
    {"serve", "baseline", 0, "FILE", "an earlier findings.json: only what is new makes the exit status 1", false},

    {"report", "plan", 0, "PLAN", "the plan; without it, the one that is kept beside the journal", false},
    {"report", "format", 0, "html|md|json|text|sarif|junit|github|oscal|csv", "md without it; the last five hold the gaps alone, for other programs", false},
    {"report", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; never without it", false},
    {"report", "baseline", 0, "FILE", "an earlier findings.json: only what is new makes the exit status 1", false},
    {"report", "out", 'o', "FILE", "write it there, to a new file; without it, to stdout", false},

    {"verify", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"replay", "plan", 0, "PLAN", "what would have happened with this plan", false},
    {"replay", "scenario", 0, "SCENARIO", "what would have happened with this scenario", false},
    {"replay", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"explain", "format", 0, "text|md", "md: lists as tables of Markdown", false},

    {"", "color", 0, "auto|always|never", "auto: colour on a terminal, and not where NO_COLOR is set", false},
    {"", "help", 'h', NULL, "this help", false},
    {NULL, NULL, 0, NULL, NULL, false},
};

const mu_argument mu_arguments[] = {
    {"PLAN", "the plan: a YAML file, or a folder of such files that are one plan", MU_FILES, "yaml yml"},
    {"SCENARIO", "the scenario: a Lua file, or a folder that holds scenario.lua", MU_FILES, "lua"},
    {"JOURNAL", "the journal of a drill: journal.jsonl in its folder", MU_FILES, "jsonl"},
    {"FILE", "a file", MU_FILES, ""},
    {"DIR", "a folder; it is made where it is not there", MU_FOLDERS, ""},
    {"CODE", "MU023, ROL-08, EU-GDPR-33, or gaps, codes, clocks, events, words, plan-format, scenario-words", MU_CODES, ""},
    {"COMMAND", "a command of this program", MU_COMMANDS, ""},
    {"SHELL", "bash, zsh or fish", MU_WORDS, "bash zsh fish"},
    {"TIME", "2026-07-10, or \"2026-07-10 17:40\": local time of the organisation", MU_NOTHING, ""},
    {"N", "a whole number", MU_NOTHING, ""},
    {"X", "a number", MU_NOTHING, ""},
    {"ADDRESS", "an address of this machine: 192.0.2.7, or 0.0.0.0 for all", MU_NOTHING, ""},
    {"ROLE,...", "ids of roles of the plan; the option may also be given again", MU_NOTHING, ""},
    {"PERSON,...", "ids of people of the plan; the option may also be given again", MU_NOTHING, ""},
    {"THING,...", "ids of things of the plan, channel:pager or bare; the option may also be given again", MU_NOTHING, ""},
    {NULL, NULL, MU_NOTHING, NULL},
};

const mu_exit mu_exits[] = {
    {"0", "all well"},
    {"1", "gaps at or above --fail-on, a replay that differs, parts that nothing reaches"},
    {"2", "the command line is wrong"},
    {"3", "the input is wrong: a plan, a scenario, a journal"},
    {"4", "the environment failed: the disk, a file that cannot be written, a port that is taken"},
    {"5", "refused: something is there already, belongs to another drill, or another muster is at work on it"},
    {"130, 143", "ended by a signal; the drill is whole on disk, and --resume goes on"},
    {NULL, NULL},
};

const mu_command *mu_command_of(const char *name)
{
    for (const mu_command *c = mu_commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

const mu_argument *mu_argument_of(const char *word, size_t len)
{
    for (const mu_argument *a = mu_arguments; a->word; a++)
        if (strlen(a->word) == len && memcmp(a->word, word, len) == 0)
            return a;
    return NULL;
}

bool mu_option_is_of(const mu_option *option, const mu_command *command)
{
    return !*option->command || strcmp(option->command, command->name) == 0;
}

const char *mu_operand_next(const char *p, mu_operand *operand)
{
    p += strspn(p, " ");
    operand->optional = *p == '[';
    p += operand->optional;
    operand->word = p;
    operand->len = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    p += operand->len;
    operand->repeats = strncmp(p, "...", 3) == 0;
    p += strcspn(p, " ");
    return operand->len ? p : NULL;
}
