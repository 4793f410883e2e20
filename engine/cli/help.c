/* What a person reads who asks for help. */
#include <string.h>

#include "cli/command.h"

enum { WIDE = 100 };

/* Words, broken before the column WIDE; every line but the first begins with `indent` blanks. */
static void flow(mu_buf *out, const char *text, size_t indent, size_t column)
{
    for (const char *p = text; *p;) {
        size_t len = strcspn(p, " ");
        if (column + 1 + len > WIDE && column > indent) {
            mu_buf_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (p > text) {
            mu_buf_puts(out, " ");
            column++;
        }
        mu_buf_add(out, p, len);
        column += len;
        p += len + strspn(p + len, " ");
    }
    mu_buf_puts(out, "\n");
}

static bool has_options(const mu_command *command)
{
    for (const mu_option *o = mu_options; o->name; o++)
        if (strcmp(o->command, command->name) == 0 && !o->required)
            return true;
    return false;
}

void mu_usage_of(mu_buf *out, const mu_command *command)
{
    mu_buf_printf(out, "usage: muster %s", command->name);
    mu_buf_printf(out, "%s%s", *command->operands ? " " : "", command->operands);
    for (const mu_option *o = mu_options; o->name; o++)
        if (o->required && strcmp(o->command, command->name) == 0)
            mu_buf_printf(out, " --%s %s", o->name, o->argument);
    mu_buf_puts(out, has_options(command) ? " [OPTION...]\n" : "\n");
}

/* One row in two columns. */
static void row(mu_buf *out, const char *left, const char *right, size_t column)
{
    size_t len = strlen(left);
    mu_buf_puts(out, left);
    if (len + 1 > column) {
        mu_buf_puts(out, "\n");
        len = 0;
    }
    mu_buf_printf(out, "%*s", (int)(column - len), "");
    flow(out, right, column, column);
}

static void option(mu_buf *out, const mu_option *o)
{
    mu_buf left = {0};
    if (o->letter)
        mu_buf_printf(&left, "  -%c, ", o->letter);
    mu_buf_printf(&left, "%s--%s", o->letter ? "" : "      ", o->name);
    if (o->argument)
        mu_buf_printf(&left, " %s", o->argument);
    row(out, left.text, o->does, 30);
    mu_buf_free(&left);
}

static void operands(mu_buf *out, const mu_command *command)
{
    mu_operand o;
    for (const char *p = command->operands; (p = mu_operand_next(p, &o));) {
        mu_buf left = {0};
        mu_buf_printf(&left, "  %.*s", (int)o.len, o.word);
        row(out, left.text, mu_argument_of(o.word, o.len)->means, 30);
        mu_buf_free(&left);
    }
    if (*command->operands)
        mu_buf_puts(out, "\n");
}

void mu_help_of(mu_buf *out, const mu_command *command)
{
    mu_usage_of(out, command);
    mu_buf_puts(out, "\n");
    flow(out, command->more, 0, 0);
    mu_buf_puts(out, "\n");
    operands(out, command);
    for (const mu_option *o = mu_options; o->name; o++)
        if (mu_option_is_of(o, command))
            option(out, o);
}

void mu_help(mu_buf *out)
{
    mu_buf_puts(out, "usage: muster COMMAND ...\n\nMuster runs an incident response plan before the day it must work.\n\n");
    for (const mu_command *c = mu_commands; c->name; c++) {
        mu_buf left = {0};
        mu_buf_printf(&left, "  %s %s", c->name, c->operands);
        row(out, left.text, c->does, 30);
        mu_buf_free(&left);
    }
    mu_buf_puts(out, "\nmuster COMMAND --help shows a command with its options. All commands know these:\n\n");
    for (const mu_option *o = mu_options; o->name; o++)
        if (!*o->command)
            option(out, o);
    mu_buf_puts(out, "\nexit status:\n");
    for (const mu_exit *e = mu_exits; e->status; e++) {
        mu_buf left = {0};
        mu_buf_printf(&left, "  %s", e->status);
        row(out, left.text, e->means, 12);
        mu_buf_free(&left);
    }
}

int mu_cmd_help(int argc, char **argv)
{
    mu_args args;
    mu_buf out = {0};
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    const mu_command *command = args.operand_count ? mu_command_of(args.operands[0]) : NULL;
    if (args.operand_count && !command)
        return mu_args_wrong(&args, "there is no such command");
    if (command)
        mu_help_of(&out, command);
    else
        mu_help(&out);
    return mu_put_all(&out);
}
