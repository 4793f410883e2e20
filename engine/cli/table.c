/* What can be typed. One row is one command, one option, one kind of argument. */
#include <stddef.h>
#include <string.h>

#include "cli/command.h"

const mu_command mu_commands[] = {
    {"init", "DIR", "a plan, a scenario, assumptions and a programme to begin with",
     "Writes plan.yaml, scenario.lua, assumptions.yaml and programme.yaml into DIR. They check clean and run at once. Nothing is ever written over.", mu_cmd_init},
    {"check", "PLAN [SCENARIO...]", "everything that is wrong with a plan, and its gaps on paper",
     "Every error of the file comes in one go, each with its line, a caret, and what would be right; then the gaps that the text "
     "of the plan shows without any drill. Scenarios are held against the plan; a scenario may also be checked alone, and so may a programme of drills.", mu_cmd_check},
    {"cover", "PLAN [SCENARIO]", "who can be missing before the plan stops working",
     "Every least set of absences that breaks something, exactly: each set breaks, and with any one of it given back nothing more fails. "
     "People, sites, channels, outside parties and what things depend on can be absent; what several stand on is one of them. "
     "A scenario names the moment, and the playbook whose actions count.", mu_cmd_cover},
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
    {"report", "JOURNAL...", "the after-action report: for an executive, a practitioner, an auditor",
     "Computed from the journal and the plan alone. With --for in the manner of HSEEP: an executive gets one page, a practitioner all, an auditor criteria, evidence and the log. Without --for it is the "
     "report that the drill wrote. Several journals give the improvement items over all of them: which are open, which a later run closed.", mu_cmd_report},
    {"verify", "[REPORT] JOURNAL", "the chain of hashes; that a report is what its journal gives",
     "Reads every record and says the first that is not what was written. With a report it is made again and compared byte by byte, and its lock (REPORT.lock) is checked.", mu_cmd_verify},
    {"replay", "JOURNAL", "the inputs again: every event compared, or a what-if",
     "With the same plan every event must come out the same. With --plan or --scenario it is a what-if: which gaps close, which open, and what people did that could not be done again.", mu_cmd_replay},
    {"amend", "PLAN [SCENARIO]", "a patch to the plan that closes its gaps, proved by judging again",
     "Writes the change for every gap whose closing words stand in the plan itself or in the law, and keeps all else of the text as it is; asks what only people know in a "
     "comment (TODO(muster)) on which muster check fails until it is answered. Each change is judged again, and one that would open another gap is not proposed. Out comes a diff for "
     "git apply or patch -p1. With --cover it is what absences break that is mended, by the smallest change: somebody follows in a role, gets an access, an account, an "
     "authority or another channel, or a ladder is quicker; with a SCENARIO, of what its kind of incident asks for, at its STARTEX.", mu_cmd_amend},
    {"diff", "A B", "gaps closed, opened, still there: of two plans, two drills, two findings documents",
     "Gaps are known again by their id, which stays when lines move and people are renamed. A plan is judged on paper; of a drill its folder or its journal is named.", mu_cmd_diff},
    {"schedule", "VIEW PROGRAMME", "the drills to come: list, next, simulate, ics",
     "list: what comes, in order. next: the next of each drill, and by when each rule of law or contract wants one. simulate: the next year with what gets into "
     "the way of what. ics: a feed for calendars. The day of an unannounced drill is shown only with --unannounced.", mu_cmd_schedule},
    {"due", "PROGRAMME", "what is due now: run, sent, missed; each time of a drill once",
     "For cron, a systemd timer or CI, as often as you like: what was done stands in a ledger and is not done again. With neither --run nor --notify it only "
     "says what is due. A drill with people is begun by a person: the command is said. What was missed is told once, and never run in a heap.", mu_cmd_due},
    {"calltree", "PROGRAMME CALLS", "a call tree: everybody whom the plan names is asked over each of their ways",
     "CALLS is a drill of the programme whose mode is calltree. Who opted in is asked by mail or webhook, or told here to be called by hand, and answers on a page that works without "
     "script; it ends when all have come, or by its time. DIR keeps the journal, result.json, verified.patch with the days that the plan may say now, and the reports with the gaps. "
     "A check that was cut off goes on with --resume; nobody is asked twice. muster due --run does all this when it is due.", mu_cmd_calltree},
    {"history", "ASPECT DRILLS", "whether the plan gets better: gaps, trends, what was never exercised",
     "show: what became of each gap, who has it, when it is looked for next. trend: drill by drill, and whether the last was worse than the one before. measured: an assumptions file with what people were measured to take. export: for other programs. "
     "rebuild: the history file from the journals, which hold everything.", mu_cmd_history},
    {"explain", "CODE", "what a code means, and how to mend it; lists of all",
     "CODE is a code of a message (MU023), a type of gap (ROL-08), a rule of law (EU-GDPR-33), or a list: gaps, codes, clocks (legal ones, for the rule of an obligation), "
     "frequencies (how often tests are wanted), events, words (what may stand in a plan where few words may), plan-format and programme-format (every key), scenario-words (every word of a scenario).", mu_cmd_explain},
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
    {"check", "history", 0, "FILE", "history.db of the drills: a gap that was closed and is back weighs one level more and makes the exit status 1, and the drill that found it is named", false},
    {"check", "baseline", 0, "FILE", "an earlier findings document (--format json): only what is new makes the exit status 1", false},

    {"cover", "absent", 0, "K", "sets of up to K at once, or all; 2 without it", false},
    {"cover", "with", 0, "KIND,...", "what may be absent; everything without it", false},
    {"cover", "at", 0, "TIME", "as of this day or moment; without it, the scenario's, or now", false},
    {"cover", "between", 0, "TIME TIME", "and which hours between the two are uncovered, and by whom", false},
    {"cover", "chance", 0, "CHANCE,...", "and how likely it fails, with these chances of being absent; calendar: by the leave, hours and turns of --between as well", false},
    {"cover", "repair", 0, "N", "and the smallest change after which no N absences break anything", false},
    {"cover", "cost", 0, "COST,...", "what a change costs in --repair; 1 without it", false},
    {"cover", "format", 0, "text|json|html", "how it is written to stdout; text without it", false},
    {"cover", "fail-on-order", 0, "N", "exit status 1 where N absences or fewer break something, or something fails without any", false},

    {"list", "format", 0, "text|json|csv", "how the list is written to stdout; text without it", false},

    {"explore", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"run", "out", 'o', "DIR", "the folder that keeps the drill; nothing in it is written over", true},
    {"run", "seed", 0, "N", "the number that all chance is drawn from; 1 without it", false},
    {"run", "play", 0, "ROLE,...", "these roles are asked at this keyboard; all others are stood in for", false},
    {"run", "away", 0, "PERSON,...", "these people are away from the start", false},
    {"run", "down", 0, "THING,...", "these channels, dependencies, tools are down from the start", false},
    {"run", "start", 0, "TIME", "the moment of STARTEX; without it, what the scenario says", false},
    {"run", "assume", 0, "FILE", "how fast people answer where nobody plays them", false},
    {"run", "speed", 0, "X", "with --play: how many times as fast as the wall clock, 0.01 to 10000", false},
    {"run", "clock", 0, "wall|steps", "with --play; steps: time stands while anybody has something in hand, which suits a table", false},
    {"run", "functional", 0, NULL, "people act in their own tools while the clock runs as it does: a functional exercise, no tabletop", false},
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
    {"serve", "link", 0, "FILE", "write the facilitator's link there, to be read by you alone, and do not print it; a service does so by itself, into DIR/link", false},
    {"serve", "origin", 0, "URL", "what browsers call it where a server before it does TLS: https://drills.example.org", false},
    {"serve", "seed", 0, "N", "the number that all chance is drawn from; 1 without it", false},
    {"serve", "away", 0, "PERSON,...", "these people are away from the start", false},
    {"serve", "down", 0, "THING,...", "these channels, dependencies, tools are down from the start", false},
    {"serve", "start", 0, "TIME", "the moment of STARTEX; without it, what the scenario says", false},
    {"serve", "assume", 0, "FILE", "how fast people answer where nobody plays them", false},
    {"serve", "speed", 0, "X", "how many times as fast as the wall clock, 0.01 to 10000", false},
    {"serve", "functional", 0, NULL, "people act in their own tools while the clock runs as it does: a functional exercise, no tabletop", false},
    {"serve", "resume", 0, NULL, "go on with the drill in DIR, which was cut off", false},
    {"serve", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; critical without it", false},
    {"serve", "baseline", 0, "FILE", "an earlier findings.json: only what is new makes the exit status 1", false},

    {"report", "for", 0, "executive|practitioner|auditor", "whom it is for; it goes with html, md, json, csv (the improvement plan), docx, pdf", false},
    {"report", "plan", 0, "PLAN", "the plan; without it, the one that is kept beside the journal", false},
    {"report", "format", 0, "html|md|json|text|docx|pdf|sarif|junit|github|oscal|csv",
     "md without it; docx needs pandoc, pdf weasyprint; the last five hold the gaps alone, for other programs", false},
    {"report", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; never without it", false},
    {"report", "baseline", 0, "FILE", "an earlier findings.json: only what is new makes the exit status 1", false},
    {"report", "history", 0, "FILE", "history.db of the drills: a gap that drills before this one had found, and then found no more, weighs one level more", false},
    {"report", "out", 'o', "FILE", "write it there, to a new file; without it, to stdout", false},
    {"report", "redact", 0, "FILE", "people by pseudonyms, no number and no address; FILE holds the secret that keeps them the same from drill to drill", false},
    {"report", "lock", 0, NULL, "with -o FILE: write FILE.lock beside it, a manifest of hashes", false},
    {"report", "key", 0, "FILE", "with --lock: sign the manifest; an Ed25519 private key (PEM), as openssl makes it", false},

    {"verify", "plan", 0, "PLAN", "of a report: the plan; without it, the one that is kept beside the journal", false},
    {"verify", "redact", 0, "FILE", "of a redacted report: the secret that it was made with", false},
    {"verify", "key", 0, "FILE", "of a report: the public key (PEM) that must have signed it", false},
    {"verify", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"replay", "plan", 0, "PLAN", "what would have happened with this plan", false},
    {"replay", "scenario", 0, "SCENARIO", "what would have happened with this scenario", false},
    {"replay", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"amend", "from", 0, "FINDINGS", "the gaps of this document; beside a drill's journal, the drill is played again as the proof. Without it, the gaps on paper", false},
    {"amend", "only", 0, "GAP,...", "these types of gap, or findings by their id; the option may also be given again", false},
    {"amend", "cover", 0, "N", "not the gaps: the smallest change after which no N absences break anything, proved by the cover of the patched plan", false},
    {"amend", "with", 0, "KIND,...", "of --cover: what may be absent; everything without it", false},
    {"amend", "cost", 0, "COST,...", "of --cover: what a change costs; 1 without it", false},
    {"amend", "at", 0, "TIME", "judge the plan as of this day or moment; without it, now", false},
    {"amend", "format", 0, "diff|json|html", "how the patch is written to stdout; diff without it; html with --cover, a page", false},
    {"amend", "write", 0, NULL, "write the change into the plan as well, at once and whole; not where the plan changed since", false},

    {"diff", "at", 0, "TIME", "judge plans as of this day or moment; without it, now", false},
    {"diff", "format", 0, "text|json", "how the result is written to stdout; text without it", false},
    {"diff", "fail-on", 0, WEIGHTS, "the lightest gap that, opened, makes the exit status 1; critical without it", false},

    {"schedule", "now", 0, "TIME", "as if it were this moment: local time of the programme, or UTC with a Z behind it", false},
    {"schedule", "days", 0, "N", "how far ahead; 366 without it", false},
    {"schedule", "unannounced", 0, NULL, "with the days of unannounced drills, for those who prepare them", false},
    {"schedule", "format", 0, "text|json", "how it is written to stdout; text without it", false},

    {"due", "run", 0, NULL, "play the model runs and hold the call trees that are due, and take up what was cut off", false},
    {"due", "notify", 0, NULL, "send the messages that are due to those who opted in", false},
    {"due", "dry-run", 0, NULL, "say what would be run, and what would be sent to whom; do nothing", false},
    {"due", "again", 0, "KEY", "send a message again of which nobody knows whether it arrived", false},
    {"due", "now", 0, "TIME", "as if it were this moment: local time of the programme, or UTC with a Z behind it", false},
    {"due", "format", 0, "text|json", "how it is written to stdout; text without it", false},

    {"calltree", "out", 'o', "DIR", "the folder that keeps the check; nothing in it is written over", false},
    {"calltree", "resume", 0, NULL, "go on with the check in DIR, which was cut off", false},
    {"calltree", "dry-run", 0, NULL, "say what would go to whom; nothing is sent", false},
    {"calltree", "fail-on", 0, WEIGHTS, "the lightest gap that makes the exit status 1; critical without it", false},
    {"calltree", "baseline", 0, "FILE", "an earlier findings document: only what is new makes the exit status 1", false},
    {"calltree", "now", 0, "TIME", "as if it began at this moment: local time of the programme, or UTC with a Z behind it", false},
    {"calltree", "format", 0, "text|json", "how the result is written to stdout; text without it", false},

    {"history", "format", 0, "text|json|html|csv", "text without it, json of an export; html is a page with pictures", false},
    {"history", "out", 'o', "FILE", "write it there, to a new file; without it, to stdout", false},
    {"history", "months", 0, "N", "for how long a part of the plan counts as exercised; 12 without it", false},
    {"history", "assume", 0, "FILE", "measured: the assumptions that the measures are put over", false},
    {"history", "now", 0, "TIME", "as of this moment; without it, as of the newest drill", false},
    {"history", "fail-on-regression", 0, NULL, "exit status 1 where the last drill of its kind was worse than the one before, or a gap is back again", false},

    {"explain", "format", 0, "text|md", "md: lists as tables of Markdown", false},

    {"", "color", 0, "auto|always|never", "auto: colour on a terminal, and not where NO_COLOR is set", false},
    {"", "help", 'h', NULL, "this help", false},
    {NULL, NULL, 0, NULL, NULL, false},
};

const mu_argument mu_arguments[] = {
    {"PLAN", "the plan: a YAML file, or a folder of such files that are one plan", MU_FILES, "yaml yml"},
    {"SCENARIO", "the scenario: a Lua file, or a folder that holds scenario.lua", MU_FILES, "lua"},
    {"FINDINGS", "a findings document (findings.json, muster check --format json), or the folder of a drill", MU_FILES, "json"},
    {"GAP,...", "types of gap like ESC-03, or ids of findings", MU_NOTHING, ""},
    {"A", "a plan, the folder of a drill, a journal, or a findings document", MU_FILES, ""},
    {"B", "the same kind of thing, later", MU_FILES, ""},
    {"PROGRAMME", "the programme of drills: programme.yaml", MU_FILES, "yaml yml"},
    {"CALLS", "the id of a drill of the programme, with mode: calltree", MU_NOTHING, ""},
    {"ASPECT", "show, trend, measured, export or rebuild", MU_WORDS, "show trend measured export rebuild"},
    {"DRILLS", "programme.yaml, or the folder that holds the folders of the drills", MU_FILES, "yaml yml"},
    {"VIEW", "list, next, simulate or ics", MU_WORDS, "list next simulate ics"},
    {"JOURNAL", "the journal of a drill: journal.jsonl, or the folder that holds it", MU_FILES, "jsonl"},
    {"REPORT", "a report that was written from the journal", MU_FILES, "jsonl html md json csv docx pdf"},
    {"FILE", "a file", MU_FILES, ""},
    {"DIR", "a folder; it is made where it is not there", MU_FOLDERS, ""},
    {"CODE", "MU023, ROL-08, EU-GDPR-33, or gaps, codes, clocks, frequencies, events, words, limits, plan-format, programme-format, scenario-words", MU_CODES, ""},
    {"COMMAND", "a command of this program", MU_COMMANDS, ""},
    {"SHELL", "bash, zsh or fish", MU_WORDS, "bash zsh fish"},
    {"TIME", "2026-07-10, or \"2026-07-10 17:40\": local time of the organisation", MU_NOTHING, ""},
    {"TIME TIME", "two days or moments, the earlier first", MU_NOTHING, ""},
    {"CHANCE,...", "5% for everything that can be absent, ana=10% or channel:mail=0.1% for one; the option may also be given again", MU_NOTHING, ""},
    {"COST,...", "deputy=2: a kind of change (deputy, access, account, authority, way, sooner) and a whole number from 1 to 1000", MU_NOTHING, ""},
    {"K", "a whole number from 1 to 64, or all", MU_WORDS, "1 2 3 4 all"},
    {"KIND,...", "people, sites, channels, externals, dependencies; the option may also be given again", MU_WORDS, "people sites channels externals dependencies"},
    {"KEY", "the key of a message, as muster due says it", MU_NOTHING, ""},
    {"N", "a whole number", MU_NOTHING, ""},
    {"X", "a number", MU_NOTHING, ""},
    {"URL", "https://drills.example.org, without a path", MU_NOTHING, ""},
    {"ADDRESS", "an address of this machine: 192.0.2.7, or 0.0.0.0 for all", MU_NOTHING, ""},
    {"ROLE,...", "ids of roles of the plan; the option may also be given again", MU_NOTHING, ""},
    {"PERSON,...", "ids of people of the plan; the option may also be given again", MU_NOTHING, ""},
    {"THING,...", "ids of things of the plan, channel:pager or bare; the option may also be given again", MU_NOTHING, ""},
    {NULL, NULL, MU_NOTHING, NULL},
};

const mu_exit mu_exits[] = {
    {"0", "all well"},
    {"1", "gaps at or above --fail-on, a replay that differs, parts that nothing reaches, absences up to --fail-on-order"},
    {"2", "the command line is wrong"},
    {"3", "the input is wrong: a plan, a scenario, a journal; of a drill that was played, a story that failed"},
    {"4", "the environment failed: the disk, a file that cannot be written, a port that is taken"},
    {"5", "refused: something is there already, belongs to another drill, another muster is at work on it, or it takes more than a limit allows"},
    {"129, 130, 131, 143", "ended by a signal (128 and its number); the drill is whole on disk, and --resume goes on"},
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
