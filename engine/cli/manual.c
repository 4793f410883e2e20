/* The manual page, in the macros of man(7). */
#include <string.h>

#include "cli/command.h"
#include "cli/drill.h"

enum { WIDE = 76 };

/* Text for roff: a hyphen that can be copied, no backslash that speaks, no line that begins with a command. */
static void roff(mu_buf *out, const char *text)
{
    size_t column = 0;
    for (const char *p = text; *p; p++, column++) {
        if (*p == ' ' && column + strcspn(p + 1, " ") > WIDE) {
            mu_buf_puts(out, "\n");
            column = 0;
            continue;
        }
        if (column < 2 && (*p == '.' || *p == '\''))
            mu_buf_puts(out, "\\&");
        mu_buf_puts(out, *p == '\\' ? "\\e" : *p == '-' ? "\\-" : "");
        if (*p != '\\' && *p != '-')
            mu_buf_add(out, p, 1);
    }
}

static void item(mu_buf *out, const char *bold, const char *plain, const char *text)
{
    mu_buf_puts(out, ".TP\n\\fB");
    roff(out, bold);
    mu_buf_puts(out, "\\fR");
    if (plain) {
        mu_buf_puts(out, " \\fI");
        roff(out, plain);
        mu_buf_puts(out, "\\fR");
    }
    mu_buf_puts(out, "\n");
    roff(out, text);
    mu_buf_puts(out, "\n");
}

static void option(mu_buf *out, const mu_option *o)
{
    mu_buf name = {0};
    if (o->letter)
        mu_buf_printf(&name, "-%c, ", o->letter);
    mu_buf_printf(&name, "--%s", o->name);
    item(out, name.text, o->argument, o->does);
    mu_buf_free(&name);
}

static void command(mu_buf *out, const mu_command *c)
{
    mu_buf_puts(out, ".SS muster ");
    roff(out, c->name);
    if (*c->operands)
        mu_buf_puts(out, " ");
    roff(out, c->operands);
    mu_buf_puts(out, "\n");
    roff(out, c->more);
    mu_buf_puts(out, "\n");
    for (const mu_option *o = mu_options; o->name; o++)
        if (strcmp(o->command, c->name) == 0)
            option(out, o);
}

void mu_manual(mu_buf *out)
{
    mu_buf_puts(out, ".TH MUSTER 1 \"\" \"muster " MU_VERSION "\" \"Muster manual\"\n.SH NAME\nmuster \\- run an incident response plan before the day it must work\n"
                     ".SH SYNOPSIS\n.B muster\n.I command\n.RI [ argument ...]\n.RI [ option ...]\n.SH DESCRIPTION\n"
                     "Muster loads an organisation's incident response plan (YAML), plays a\n"
                     "scripted incident against it (Lua), asks the people who hold its roles or\n"
                     "stands in for them, times every response, and reports the gaps of the plan.\n"
                     "Data goes to standard output, messages and progress to standard error.\n.SH COMMANDS\n");
    for (const mu_command *c = mu_commands; c->name; c++)
        command(out, c);
    mu_buf_puts(out, ".SH OPTIONS OF ALL COMMANDS\n");
    for (const mu_option *o = mu_options; o->name; o++)
        if (!*o->command)
            option(out, o);
    mu_buf_puts(out, ".SH ARGUMENTS\n");
    for (const mu_argument *a = mu_arguments; a->word; a++)
        item(out, a->word, NULL, a->means);
    mu_buf_puts(out, ".SH EXIT STATUS\n");
    for (const mu_exit *e = mu_exits; e->status; e++)
        item(out, e->status, NULL, e->means);
    mu_buf_puts(out, ".SH ENVIRONMENT\n");
    item(out, "NO_COLOR", NULL, "where it is set and not empty, nothing is coloured");
}

int mu_cmd_man(int argc, char **argv)
{
    mu_args args;
    mu_buf out = {0};
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    mu_manual(&out);
    return mu_put_all(&out);
}
