/* Completion of three shells: commands, options, words where few may stand, and files. */
#include <stdio.h>
#include <string.h>

#include "plan/catalogue.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "plan/codes.h"
#include "scenario/codes.h"

/* Adds the words of "a|b" or "a b", with `between` between them. */
static void words(mu_buf *out, const char *list, const char *between)
{
    for (const char *p = list; *p;) {
        size_t len = strcspn(p, "| ");
        mu_buf_add(out, p, len);
        p += len;
        p += *p != '\0';
        mu_buf_puts(out, *p ? between : "");
    }
}

static void codes(mu_buf *out)
{
    for (const mu_list *l = mu_lists; l->name; l++)
        mu_buf_printf(out, "%s%s", l == mu_lists ? "" : " ", l->name);
    for (const mu_plan_code *c = mu_plan_codes; c->code; c++)
        mu_buf_printf(out, " MU%03d", c->code);
    for (const mu_code *c = mu_scenario_codes; c->code; c++)
        mu_buf_printf(out, " MU%03d", c->code);
    for (const mu_gap *g = mu_gaps; g->id; g++)
        mu_buf_printf(out, " %s", g->id);
}

static void names(mu_buf *out)
{
    for (const mu_command *c = mu_commands; c->name; c++)
        mu_buf_printf(out, "%s%s", c == mu_commands ? "" : " ", c->name);
}

/* The words that may stand for an argument, "" where it is a file or free. */
static void words_of(mu_buf *out, const char *argument, size_t len)
{
    const mu_argument *a = mu_argument_of(argument, len);
    mu_buf_puts(out, "");
    if (!a)
        words(out, argument, " ");
    else if (a->completes == MU_WORDS)
        mu_buf_puts(out, a->of);
    else if (a->completes == MU_COMMANDS)
        names(out);
    else if (a->completes == MU_CODES)
        codes(out);
}

static bool is_files(const char *argument, size_t len)
{
    const mu_argument *a = mu_argument_of(argument, len);
    return a && (a->completes == MU_FILES || a->completes == MU_FOLDERS);
}

/* ---- bash ---- */

/* What completes an argument, as a call of the script's own helpers. */
static void bash_argument(mu_buf *out, const char *argument, size_t len)
{
    const mu_argument *a = mu_argument_of(argument, len);
    mu_buf list = {0};
    words_of(&list, argument, len);
    if (a && a->completes == MU_FOLDERS)
        mu_buf_puts(out, "_muster_files -");
    else if (a && a->completes == MU_FILES)
        mu_buf_printf(out, "_muster_files %s", a->of);
    else if (*list.text)
        mu_buf_printf(out, "_muster_words '%s'", list.text);
    else
        mu_buf_puts(out, ":");
    mu_buf_free(&list);
}

static void bash_values(mu_buf *out, const mu_command *c)
{
    for (const mu_option *o = mu_options; o->name; o++) {
        if (!mu_option_is_of(o, c) || !o->argument)
            continue;
        mu_buf_printf(out, "    %s:--%s", c->name, o->name);
        if (o->letter)
            mu_buf_printf(out, "|%s:-%c", c->name, o->letter);
        mu_buf_puts(out, ") ");
        bash_argument(out, o->argument, strlen(o->argument));
        mu_buf_puts(out, "; return ;;\n");
    }
}

static void bash_options(mu_buf *out, const mu_command *c)
{
    mu_buf_printf(out, "    %s) _muster_words '", c->name);
    for (const mu_option *o = mu_options; o->name; o++)
        if (mu_option_is_of(o, c))
            mu_buf_printf(out, o->letter ? "--%s -%c " : "--%s ", o->name, o->letter);
    mu_buf_puts(out, "' ;;\n");
}

static void bash_operands(mu_buf *out, const mu_command *c)
{
    mu_operand o;
    int n = 0;
    for (const char *p = c->operands; (p = mu_operand_next(p, &o)); n++) {
        mu_buf_printf(out, o.repeats ? "    %s:[%d-9]*) " : "    %s:%d) ", c->name, n);
        bash_argument(out, o.word, o.len);
        mu_buf_puts(out, " ;;\n");
    }
}

static void all(mu_buf *out, void (*each)(mu_buf *, const mu_command *))
{
    for (const mu_command *c = mu_commands; c->name; c++)
        each(out, c);
}

/* Counts the operands before the cursor: what is no option, and no value of one. */
static const char bash_head[] =
    "# bash completion for muster; made by: muster completion bash\n"
    "_muster_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n\n"
    "_muster_files() { # endings; - is folders only\n"
    "    local ending\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")\n"
    "    [ \"$1\" = - ] && return\n"
    "    [ $# = 0 ] && mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "    for ending; do\n"
    "        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -X \"!*.$ending\" -- \"$cur\")\n"
    "    done\n"
    "}\n\n"
    "_muster() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev= command=${COMP_WORDS[1]} n=0 i word\n"
    "    COMPREPLY=()\n"
    "    [ \"$COMP_CWORD\" -gt 1 ] && prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    if [ \"$cur\" = = ]; then cur=; elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n";

void mu_complete_bash(mu_buf *out)
{
    mu_buf_puts(out, bash_head);
    mu_buf_puts(out, "    if [ \"$COMP_CWORD\" = 1 ]; then\n        _muster_words '");
    names(out);
    mu_buf_puts(out, " --help --version'\n        return\n    fi\n    case $command:$prev in\n");
    all(out, bash_values);
    mu_buf_puts(out, "    esac\n    if [[ $cur == -* ]]; then\n    case $command in\n");
    all(out, bash_options);
    mu_buf_puts(out, "    esac\n    return\n    fi\n"
                     "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
                     "        word=${COMP_WORDS[i]}\n"
                     "        case $command:$word in\n        ");
    for (const mu_command *c = mu_commands; c->name; c++)
        for (const mu_option *o = mu_options; o->name; o++)
            if (o->argument && mu_option_is_of(o, c)) {
                mu_buf_printf(out, "%s:--%s|", c->name, o->name);
                if (o->letter)
                    mu_buf_printf(out, "%s:-%c|", c->name, o->letter);
            }
    mu_buf_puts(out, "'') [ \"${COMP_WORDS[i+1]}\" = = ] && ((i++)); ((i++)) ;;\n"
                     "        *:-*) ;;\n        *) ((n++)) ;;\n        esac\n    done\n    case $command:$n in\n");
    all(out, bash_operands);
    mu_buf_puts(out, "    esac\n}\n\ncomplete -F _muster muster\n");
}

/* ---- zsh ---- */

/* Inside single quotes, in a specification where ":" and brackets speak. */
static void zsh_text(mu_buf *out, const char *text)
{
    for (const char *p = text; *p; p++)
        if (*p == '\'')
            mu_buf_puts(out, "'\\''");
        else
            mu_buf_printf(out, strchr(":[]\\", *p) ? "\\%c" : "%c", *p);
}

static void zsh_argument(mu_buf *out, const char *argument, size_t len)
{
    const mu_argument *a = mu_argument_of(argument, len);
    mu_buf list = {0};
    words_of(&list, argument, len);
    mu_buf_puts(out, ":");
    zsh_text(out, a ? a->word : "word");
    if (a && a->completes == MU_FOLDERS)
        mu_buf_puts(out, ":_files -/");
    else if (a && a->completes == MU_FILES && !*a->of)
        mu_buf_puts(out, ":_files");
    else if (a && a->completes == MU_FILES) {
        mu_buf_puts(out, ":_files -g \"*.(");
        words(out, a->of, "|");
        mu_buf_puts(out, ")\"");
    } else if (*list.text)
        mu_buf_printf(out, ":(%s)", list.text);
    else
        mu_buf_puts(out, ": ");
    mu_buf_free(&list);
}

static void zsh_option(mu_buf *out, const mu_option *o, const char *name)
{
    mu_buf_printf(out, " \\\n            '*%s[", name);
    zsh_text(out, o->does);
    mu_buf_puts(out, "]");
    if (o->argument)
        zsh_argument(out, o->argument, strlen(o->argument));
    mu_buf_puts(out, "'");
}

static void zsh_command(mu_buf *out, const mu_command *c)
{
    mu_operand operand;
    int n = 1;
    mu_buf_printf(out, "    %s)\n        _arguments", c->name);
    for (const mu_option *o = mu_options; o->name; o++) {
        char name[64];
        if (!mu_option_is_of(o, c))
            continue;
        snprintf(name, sizeof name, "--%s%s", o->name, o->argument ? "=" : "");
        zsh_option(out, o, name);
        snprintf(name, sizeof name, "-%c", o->letter);
        if (o->letter)
            zsh_option(out, o, name);
    }
    for (const char *p = c->operands; (p = mu_operand_next(p, &operand)); n++) {
        if (operand.repeats)
            mu_buf_puts(out, " \\\n            '*");
        else
            mu_buf_printf(out, " \\\n            '%d%s", n, operand.optional ? ":" : "");
        zsh_argument(out, operand.word, operand.len);
        mu_buf_puts(out, "'");
    }
    mu_buf_puts(out, " ;;\n");
}

void mu_complete_zsh(mu_buf *out)
{
    mu_buf_puts(out, "#compdef muster\n# zsh completion for muster; made by: muster completion zsh\n_muster() {\n    local -a commands\n    commands=(\n");
    for (const mu_command *c = mu_commands; c->name; c++) {
        mu_buf_printf(out, "        '%s:", c->name);
        zsh_text(out, c->does);
        mu_buf_puts(out, "'\n");
    }
    mu_buf_puts(out, "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
                     "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n");
    all(out, zsh_command);
    mu_buf_puts(out, "    esac\n}\nif [ \"$funcstack[1]\" = _muster ]; then _muster \"$@\"; else compdef _muster muster; fi\n");
}

/* ---- fish ---- */

static void fish_text(mu_buf *out, const char *text)
{
    for (const char *p = text; *p; p++)
        mu_buf_printf(out, strchr("'\\", *p) ? "\\%c" : "%c", *p);
}

static void fish_argument(mu_buf *out, const char *argument, size_t len)
{
    const mu_argument *a = mu_argument_of(argument, len);
    mu_buf list = {0};
    words_of(&list, argument, len);
    if (a && a->completes == MU_FOLDERS)
        mu_buf_puts(out, " -xa '(__fish_complete_directories)'");
    else if (is_files(argument, len))
        mu_buf_puts(out, " -rF");
    else if (*list.text)
        mu_buf_printf(out, " -xa '%s'", list.text);
    else
        mu_buf_puts(out, " -x");
    mu_buf_free(&list);
}

/* An argument that is a file or a word of a list also stands alone, behind the command. */
static void fish_operands(mu_buf *out, const mu_command *c)
{
    mu_operand o;
    for (const char *p = c->operands; (p = mu_operand_next(p, &o));) {
        mu_buf_printf(out, "complete -c muster -n '__fish_seen_subcommand_from %s'", c->name);
        if (is_files(o.word, o.len))
            mu_buf_puts(out, " -F");
        else
            fish_argument(out, o.word, o.len);
        mu_buf_puts(out, "\n");
    }
}

static void fish_command(mu_buf *out, const mu_command *c)
{
    fish_operands(out, c);
    for (const mu_option *o = mu_options; o->name; o++) {
        if (!mu_option_is_of(o, c))
            continue;
        mu_buf_printf(out, "complete -c muster -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
        if (o->letter)
            mu_buf_printf(out, " -s %c", o->letter);
        if (o->argument)
            fish_argument(out, o->argument, strlen(o->argument));
        mu_buf_puts(out, " -d '");
        fish_text(out, o->does);
        mu_buf_puts(out, "'\n");
    }
}

void mu_complete_fish(mu_buf *out)
{
    mu_buf_puts(out, "# fish completion for muster; made by: muster completion fish\ncomplete -c muster -f\n");
    for (const mu_command *c = mu_commands; c->name; c++) {
        mu_buf_printf(out, "complete -c muster -n __fish_use_subcommand -a %s -d '", c->name);
        fish_text(out, c->does);
        mu_buf_puts(out, "'\n");
    }
    all(out, fish_command);
}

int mu_cmd_completion(int argc, char **argv)
{
    static const struct {
        const char *shell;
        void (*write)(mu_buf *out);
    } shells[] = {{"bash", mu_complete_bash}, {"zsh", mu_complete_zsh}, {"fish", mu_complete_fish}};
    mu_args args;
    mu_buf out = {0};
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(args.operands[0], shells[i].shell) == 0) {
            shells[i].write(&out);
            return mu_put_all(&out);
        }
    return mu_args_wrong(&args, "SHELL is bash, zsh or fish");
}
