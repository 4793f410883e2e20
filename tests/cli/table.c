#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "test.h"

/* What is made from the table holds every row of it. */
static bool holds(const mu_buf *text, const char *what)
{
    return strstr(text->text, what) != NULL;
}

/* The same, with nothing but white space behind it: --format text|json is not the beginning of --format text|json|csv. */
static bool holds_row(const mu_buf *text, const char *what)
{
    const char *at = strstr(text->text, what);
    return at && strchr(" \n", at[strlen(what)]);
}

static int option_lines(const mu_buf *text)
{
    int n = 0;
    for (const char *p = text->text; *p; p += strcspn(p, "\n"), p += *p == '\n')
        n += strncmp(p, "      --", 8) == 0 || (strncmp(p, "  -", 3) == 0 && strncmp(p + 4, ", --", 4) == 0);
    return n;
}

/* A line with all of three words. */
static bool line_with(const mu_buf *text, const char *a, const char *b, const char *c)
{
    for (const char *p = text->text, *end; *p; p = *end ? end + 1 : end) {
        char line[4096];
        end = p + strcspn(p, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(end - p), p);
        if (strstr(line, a) && strstr(line, b) && strstr(line, c))
            return true;
    }
    return false;
}

static void every_command_and_option_is_in_its_help(void **state)
{
    (void)state;
    mu_buf all = {0};
    mu_help(&all);
    for (const mu_command *c = mu_commands; c->name; c++) {
        mu_buf one = {0}, name = {0};
        mu_help_of(&one, c);
        mu_buf_printf(&name, "\n  %s %s", c->name, c->operands);
        assert_true(holds(&all, name.text));
        int rows = 0;
        for (const mu_option *o = mu_options; o->name; o++) {
            mu_buf row = {0};
            if (!mu_option_is_of(o, c))
                continue;
            mu_buf_puts(&row, o->letter ? "" : "      ");
            if (o->letter)
                mu_buf_printf(&row, "  -%c, ", o->letter);
            mu_buf_printf(&row, "--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
            assert_true(holds_row(&one, row.text));
            mu_buf_free(&row);
            rows++;
        }
        assert_int_equal(option_lines(&one), rows);
        mu_buf_free(&name);
        mu_buf_free(&one);
    }
    mu_buf_free(&all);
}

static void no_line_of_help_is_wider_than_a_hundred_columns(void **state)
{
    (void)state;
    mu_buf all = {0};
    mu_help(&all);
    for (const mu_command *c = mu_commands; c->name; c++)
        mu_help_of(&all, c);
    for (const char *p = all.text; *p; p += strcspn(p, "\n") + 1)
        assert_in_range(strcspn(p, "\n"), 0, 100);
    mu_buf_free(&all);
}

static void hyphens(mu_buf *out, const char *name)
{
    for (; *name; name++)
        mu_buf_printf(out, *name == '-' ? "\\-" : "%c", *name);
}

static void every_command_and_option_is_in_the_manual_under_its_heading(void **state)
{
    (void)state;
    mu_buf page = {0};
    mu_manual(&page);
    for (const mu_command *c = mu_commands; c->name; c++) {
        mu_buf heading = {0};
        mu_buf_printf(&heading, ".SS muster %s", c->name);
        const char *from = strstr(page.text, heading.text);
        assert_non_null(from);
        mu_buf_free(&heading);
        const char *end = strstr(from + 1, "\n.S");
        for (const mu_option *o = mu_options; o->name; o++) {
            mu_buf name = {0};
            mu_buf_puts(&name, "\\-\\-");
            hyphens(&name, o->name);
            mu_buf_puts(&name, "\\fR");
            const char *at = strstr(*o->command ? from : page.text, name.text);
            if (mu_option_is_of(o, c))
                assert_true(at && (!*o->command || at < end));
            mu_buf_free(&name);
        }
    }
    mu_buf_free(&page);
}

static void every_command_and_option_is_completed_by_three_shells(void **state)
{
    (void)state;
    mu_buf bash = {0}, zsh = {0}, fish = {0};
    mu_complete_bash(&bash);
    mu_complete_zsh(&zsh);
    mu_complete_fish(&fish);
    for (const mu_command *c = mu_commands; c->name; c++) {
        char bash_name[64], zsh_name[64], fish_name[64];
        snprintf(bash_name, sizeof bash_name, "    %s) _muster_words", c->name);
        snprintf(zsh_name, sizeof zsh_name, "    %s)\n", c->name);
        snprintf(fish_name, sizeof fish_name, "seen_subcommand_from %s'", c->name);
        assert_true(holds(&zsh, zsh_name));
        for (const mu_option *o = mu_options; o->name; o++) {
            char option[64], begun[64], long_name[64];
            if (!mu_option_is_of(o, c))
                continue;
            snprintf(option, sizeof option, "--%s ", o->name);
            assert_true(line_with(&bash, bash_name, option, ""));
            snprintf(long_name, sizeof long_name, " -l %s ", o->name);
            assert_true(line_with(&fish, fish_name, long_name, ""));
            snprintf(begun, sizeof begun, "'*--%s%s[", o->name, o->argument ? "=" : "");
            const char *from = strstr(zsh.text, zsh_name), *at = strstr(from, begun);
            assert_true(at && at < strstr(from, ";;"));
        }
    }
    mu_buf_free(&bash);
    mu_buf_free(&zsh);
    mu_buf_free(&fish);
}

static void every_argument_is_a_word_that_is_explained_or_words_that_are_given(void **state)
{
    (void)state;
    mu_operand operand;
    for (const mu_option *o = mu_options; o->name; o++) {
        assert_true(!*o->command || mu_command_of(o->command));
        assert_true(!o->argument || strchr(o->argument, '|') || mu_argument_of(o->argument, strlen(o->argument)));
    }
    for (const mu_command *c = mu_commands; c->name; c++)
        for (const char *p = c->operands; (p = mu_operand_next(p, &operand));)
            assert_non_null(mu_argument_of(operand.word, operand.len));
}

/* A line with one option and as many operands as the command wants. */
static int read_with(mu_args *args, const mu_command *c, char *option, char *value, int times)
{
    static char word[] = "x", out[] = "--out=x";
    mu_operand operand;
    char *argv[16] = {(char *)(uintptr_t)c->name};
    int argc = 1;
    for (const char *p = c->operands; (p = mu_operand_next(p, &operand));)
        argv[argc++] = word;
    for (const mu_option *o = mu_options; o->name; o++)
        if (o->required && mu_option_is_of(o, c))
            argv[argc++] = out;
    argv[argc++] = option;
    for (int i = 0; i < times; i++)
        argv[argc++] = value;
    if (value && strchr(value, ' ')) /* "TIME TIME": two of them */
        argv[argc++] = value;
    return mu_args_read(args, argc, argv);
}

static void every_option_of_the_table_is_taken_and_kept(void **state)
{
    (void)state;
    for (const mu_command *c = mu_commands; c->name; c++)
        for (const mu_option *o = mu_options; o->name; o++) {
            char option[64], value[64];
            mu_args args;
            if (!mu_option_is_of(o, c) || strcmp(o->name, "help") == 0)
                continue;
            snprintf(option, sizeof option, "--%s", o->name);
            snprintf(value, sizeof value, "%.*s", (int)strcspn(o->argument ? o->argument : "", "| "), o->argument ? o->argument : "");
            assert_int_equal(read_with(&args, c, option, value, !o->argument ? 0 : strchr(o->argument, ' ') ? 2 : 1), MU_GO_ON);
            assert_string_equal(mu_arg(&args, o->name), value);
        }
}

/* What is said on stderr while a line is read. */
static int said(const mu_command *c, const char *option, char *out, size_t size)
{
    char copy[64];
    mu_args args;
    FILE *file = tmpfile();
    int old = dup(2);
    snprintf(copy, sizeof copy, "%s", option);
    dup2(fileno(file), 2);
    int status = read_with(&args, c, copy, NULL, 0);
    dup2(old, 2);
    rewind(file);
    out[fread(out, 1, size - 1, file)] = '\0';
    fclose(file);
    close(old);
    return status;
}

static void an_option_that_is_none_is_refused_with_the_nearest(void **state)
{
    (void)state;
    char words[1024], option[64];
    for (const mu_command *c = mu_commands; c->name; c++)
        for (const mu_option *o = mu_options; o->name; o++) {
            size_t len = strlen(o->name);
            if (!mu_option_is_of(o, c) || len < 4)
                continue;
            snprintf(option, sizeof option, "--%.*s%c%c", (int)len - 2, o->name, o->name[len - 1], o->name[len - 2]); /* two letters turned */
            assert_int_equal(said(c, option, words, sizeof words), 2);
            snprintf(option, sizeof option, "did you mean --%s?", o->name);
            assert_non_null(strstr(words, option));
        }
}

static void a_word_that_is_none_of_the_few_is_refused_with_them(void **state)
{
    (void)state;
    char words[1024], option[64];
    for (const mu_command *c = mu_commands; c->name; c++)
        for (const mu_option *o = mu_options; o->name; o++) {
            if (!mu_option_is_of(o, c) || !o->argument || !strchr(o->argument, '|'))
                continue;
            snprintf(option, sizeof option, "--%s=xyzzy", o->name);
            assert_int_equal(said(c, option, words, sizeof words), 2);
            assert_non_null(strstr(words, o->argument));
        }
}

static void an_operand_too_few_and_one_too_many_are_said(void **state)
{
    (void)state;
    char *few[] = {"list", "plan.yaml", NULL}, *many[] = {"list", "a", "b", "c", NULL}, *any[] = {"check", "a", "b", "c", "d", NULL};
    mu_args args;
    assert_int_equal(mu_args_read(&args, 2, few), 2);
    assert_int_equal(mu_args_read(&args, 4, many), 2);
    assert_int_equal(mu_args_read(&args, 5, any), MU_GO_ON);
    assert_int_equal(args.operand_count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_and_option_is_in_its_help),
        cmocka_unit_test(no_line_of_help_is_wider_than_a_hundred_columns),
        cmocka_unit_test(every_command_and_option_is_in_the_manual_under_its_heading),
        cmocka_unit_test(every_command_and_option_is_completed_by_three_shells),
        cmocka_unit_test(every_argument_is_a_word_that_is_explained_or_words_that_are_given),
        cmocka_unit_test(every_option_of_the_table_is_taken_and_kept),
        cmocka_unit_test(an_option_that_is_none_is_refused_with_the_nearest),
        cmocka_unit_test(a_word_that_is_none_of_the_few_is_refused_with_them),
        cmocka_unit_test(an_operand_too_few_and_one_too_many_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
