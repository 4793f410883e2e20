/* A command line read by the tables. getopt_long takes it apart; what is wrong is said by us, with what would be right. */
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "cli/command.h"

enum { ROWS = 64, FIRST = 256 };

typedef struct known {
    const mu_option *rows[ROWS];
    struct option longs[ROWS + 1];
    char letters[ROWS * 2 + 2];
    int count;
} known;

static void gather(known *k, const mu_command *command)
{
    size_t n = 0;
    *k = (known){.count = 0};
    k->letters[n++] = ':';
    for (const mu_option *o = mu_options; o->name; o++) {
        if (!mu_option_is_of(o, command))
            continue;
        MU_CHECK(k->count < ROWS);
        k->rows[k->count] = o;
        k->longs[k->count] = (struct option){o->name, o->argument ? required_argument : no_argument, NULL, FIRST + k->count};
        k->count++;
        if (o->letter)
            k->letters[n++] = o->letter;
        if (o->letter && o->argument)
            k->letters[n++] = ':';
    }
}

static const mu_option *row_of(const known *k, int val)
{
    if (val >= FIRST && val < FIRST + k->count)
        return k->rows[val - FIRST];
    for (int i = 0; i < k->count; i++)
        if (k->rows[i]->letter && k->rows[i]->letter == val)
            return k->rows[i];
    return NULL;
}

int mu_args_wrong(const mu_args *args, const char *text)
{
    mu_buf out = {0};
    mu_buf_printf(&out, "muster %s: ", args->command->name);
    mu_buf_safe(&out, text, strlen(text), 400);
    mu_buf_puts(&out, "\n");
    mu_usage_of(&out, args->command);
    mu_buf_printf(&out, "see muster %s --help\n", args->command->name);
    fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
    return 2;
}

static int wrong(const mu_args *args, mu_buf *text)
{
    int status = mu_args_wrong(args, text->text);
    mu_buf_free(text);
    return status;
}

/* An option that begins as several do, or as none. */
static int unknown_option(const mu_args *args, const known *k, const char *word)
{
    const char *names[ROWS];
    size_t len = strcspn(word, "=");
    int begins = 0;
    mu_buf text = {0}, name = {0};
    mu_buf_add(&name, word, len);
    for (int i = 0; i < k->count; i++) {
        names[i] = k->rows[i]->name;
        begins += len > 2 && strncmp(names[i], name.text + 2, len - 2) == 0;
    }
    const char *near = mu_nearest(len > 2 ? name.text + 2 : "", names, (size_t)k->count);
    mu_buf_printf(&text, begins > 1 ? "%s begins several options:" : "there is no option %s", name.text);
    for (int i = 0; begins > 1 && i < k->count; i++)
        if (strncmp(names[i], name.text + 2, len - 2) == 0)
            mu_buf_printf(&text, " --%s", names[i]);
    if (near && begins < 2)
        mu_buf_printf(&text, "; did you mean --%s?", near);
    mu_buf_free(&name);
    return wrong(args, &text);
}

static int refuse(const mu_args *args, const known *k, int c, char *const *argv)
{
    const mu_option *row = row_of(k, optopt);
    mu_buf text = {0};
    if (c == ':')
        mu_buf_printf(&text, "--%s wants a value: %s", row->name, row->argument);
    else if (row)
        mu_buf_printf(&text, "--%s takes no value", row->name);
    else if (optopt)
        mu_buf_printf(&text, "there is no option -%c", optopt);
    else
        return unknown_option(args, k, argv[optind - 1]);
    return wrong(args, &text);
}

/* True where `value` is one of "text|json". */
static bool one_of(const char *words, const char *value)
{
    size_t len = strlen(value);
    for (const char *p = words; *p; p += strcspn(p, "|"), p += *p == '|')
        if (strcspn(p, "|") == len && strncmp(p, value, len) == 0)
            return true;
    return false;
}

static int take_one(mu_args *args, const mu_option *row, char *value)
{
    if (args->given_count == MU_GIVEN)
        return mu_args_wrong(args, "too many options");
    args->given[args->given_count].row = row;
    args->given[args->given_count++].value = value;
    return MU_GO_ON;
}

/* "TIME TIME": the second value is the argument that follows. */
static int take_two(mu_args *args, const mu_option *row, int argc, char **argv)
{
    mu_buf text = {0};
    int status = take_one(args, row, optarg);
    if (status == MU_GO_ON && optind < argc)
        return take_one(args, row, argv[optind++]);
    mu_buf_printf(&text, "--%s wants two values: %s", row->name, row->argument);
    return wrong(args, &text);
}

static int take(mu_args *args, const mu_option *row, char *value)
{
    mu_buf text = {0};
    if (row->argument && strchr(row->argument, '|') && !one_of(row->argument, value)) {
        mu_buf_printf(&text, "--%s cannot be \"%s\"; it is one of %s", row->name, value, row->argument);
        return wrong(args, &text);
    }
    return take_one(args, row, value);
}

static bool takes_two(const mu_option *row)
{
    return row->argument && strchr(row->argument, ' ');
}

static int read_options(mu_args *args, const known *k, int argc, char **argv)
{
    static char none[] = "";
    int status = MU_GO_ON;
    opterr = 0;
    optind = 0; /* from the start again */
    for (int c; status == MU_GO_ON && (c = getopt_long(argc, argv, k->letters, k->longs, NULL)) != -1;)
        status = c == '?' || c == ':' ? refuse(args, k, c, argv)
                 : takes_two(row_of(k, c)) ? take_two(args, row_of(k, c), argc, argv) : take(args, row_of(k, c), row_of(k, c)->argument ? optarg : none);
    args->operands = argv + optind;
    args->operand_count = argc - optind;
    return status;
}

static int missing_operand(const mu_args *args, const mu_operand *o)
{
    mu_buf text = {0};
    mu_buf_printf(&text, "%.*s is missing: %s", (int)o->len, o->word, mu_argument_of(o->word, o->len)->means);
    return wrong(args, &text);
}

static int count_operands(const mu_args *args)
{
    mu_operand o;
    mu_buf text = {0};
    int n = 0, needed = 0;
    bool more = false;
    for (const char *p = args->command->operands; (p = mu_operand_next(p, &o)); n++) {
        needed += !o.optional;
        if (needed > args->operand_count && !o.optional)
            return missing_operand(args, &o);
        more = more || o.repeats;
    }
    if (args->operand_count <= n || more)
        return MU_GO_ON;
    mu_buf_printf(&text, "\"%s\" is one argument too many", args->operands[n]);
    return wrong(args, &text);
}

static int required_options(const mu_args *args, const known *k)
{
    mu_buf text = {0};
    for (int i = 0; i < k->count; i++)
        if (k->rows[i]->required && !mu_arg(args, k->rows[i]->name)) {
            mu_buf_printf(&text, "--%s %s is missing: %s", k->rows[i]->name, k->rows[i]->argument, k->rows[i]->does);
            return wrong(args, &text);
        }
    return MU_GO_ON;
}

static int show_help(const mu_command *command)
{
    mu_buf out = {0};
    mu_help_of(&out, command);
    return mu_put_all(&out);
}

int mu_args_read(mu_args *args, int argc, char **argv)
{
    known k;
    *args = (mu_args){.command = mu_command_of(argv[0])};
    MU_CHECK(args->command);
    gather(&k, args->command);
    int status = read_options(args, &k, argc, argv);
    mu_look_choose(mu_arg_or(args, "color", "auto"));
    if (status == MU_GO_ON && mu_arg(args, "help"))
        return show_help(args->command);
    if (status == MU_GO_ON)
        status = count_operands(args);
    return status == MU_GO_ON ? required_options(args, &k) : status;
}

const char *mu_journal_in(const char *name)
{
    static char path[PATH_MAX];
    struct stat folder;
    if (stat(name, &folder) != 0 || !S_ISDIR(folder.st_mode))
        return name;
    int n = snprintf(path, sizeof path, "%s/journal.jsonl", name);
    return n < (int)sizeof path && stat(path, &folder) == 0 ? path : name;
}

/* A name that no row of the command has is a mistake of ours. */
static bool has_row(const mu_command *command, const char *name)
{
    for (const mu_option *o = mu_options; o->name; o++)
        if (mu_option_is_of(o, command) && strcmp(o->name, name) == 0)
            return true;
    return false;
}

char *mu_arg_next(const mu_args *args, const char *option, int *at)
{
    MU_CHECK(has_row(args->command, option));
    while (*at < args->given_count)
        if (strcmp(args->given[(*at)++].row->name, option) == 0)
            return args->given[*at - 1].value;
    return NULL;
}

const char *mu_arg(const mu_args *args, const char *option)
{
    const char *last = NULL;
    int at = 0;
    for (const char *v; (v = mu_arg_next(args, option, &at));)
        last = v;
    return last;
}

const char *mu_arg_or(const mu_args *args, const char *option, const char *otherwise)
{
    const char *value = mu_arg(args, option);
    return value ? value : otherwise;
}
