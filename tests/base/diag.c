#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/index.h"
#include "test.h"

/* The line that stands above the caret, found by walking from the file's start. */
static void line_by_walking(const char *bytes, size_t len, int line, char *out)
{
    size_t from = 0;
    for (int n = 1; n < line; n++)
        from += strcspn(bytes + from, "\n") + 1;
    size_t count = from < len ? strcspn(bytes + from, "\r\n") : 0;
    memcpy(out, bytes + from, count);
    out[count] = '\0';
}

static void shown(mu_diags *diags, int line, int column, const char *wanted_line)
{
    mu_buf out = {0};
    char wanted[400];
    mu_show_at(&out, diags, &(mu_mark){"f", line, column, 1}, "error", "text", NULL, (mu_look){false});
    snprintf(wanted, sizeof wanted, "f:%d:%d: error: text\n%d | %s\n%*s | %*s^\n", line, column, line, wanted_line, (int)snprintf(NULL, 0, "%d", line), "",
             column - 1, "");
    assert_string_equal(out.text, wanted);
    mu_buf_free(&out);
}

/* Lines of all lengths, asked for in any order. */
static void any_place_is_found_in_any_order(void **state)
{
    (void)state;
    enum { LINES = 400 };
    mu_buf file = {0};
    char line[200];
    for (int i = 1; i <= LINES; i++) {
        for (int k = 0; k < i * 37 % 90; k++)
            mu_buf_printf(&file, "%c", 'a' + (i + k) % 26);
        mu_buf_puts(&file, i % 5 ? "\n" : "\r\n");
    }
    mu_diags *diags = mu_diags_new();
    mu_diags_source(diags, "f", file.text, file.len);
    for (int i = 0; i < LINES; i++) {
        int n = i * 149 % LINES + 1;
        line_by_walking(file.text, file.len, n, line);
        shown(diags, n, n * 37 % 90 ? 1 + i % (n * 37 % 90) : 1, line);
    }
    mu_diags_free(diags);
    mu_buf_free(&file);
}

/* Of a line of two thousand wide letters the window round the caret is shown, and the caret stands under its letter. */
static void the_window_of_a_long_line_stands_round_the_caret(void **state)
{
    (void)state;
    mu_buf file = {0};
    mu_buf_puts(&file, "\xef\xbb\xbf");
    for (int i = 0; i < 2000; i++)
        mu_buf_puts(&file, i == 1500 ? "Q" : "\u6f22");
    mu_diags *diags = mu_diags_new();
    mu_diags_source(diags, "f", file.text, file.len);
    for (int i = 0; i < 2; i++) {
        mu_buf out = {0};
        mu_show_at(&out, diags, &(mu_mark){"f", 1, 1501, 1}, "error", "text", NULL, (mu_look){false});
        const char *text = strchr(out.text, '\n') + strlen("\n1 | "), *caret = strchr(text, '\n') + strlen("\n  | ");
        assert_int_equal(strchr(text, 'Q') - text, 40 * 3); /* forty letters of three bytes before it */
        assert_int_equal(strspn(caret, " "), 40 * 2);       /* and two columns each */
        mu_buf_free(&out);
    }
    mu_diags_free(diags);
    mu_buf_free(&file);
}

/* Nothing is kept after 200, and everything is counted, by its code as well. */
static void what_is_not_kept_is_counted(void **state)
{
    (void)state;
    mu_diags *diags = mu_diags_new();
    for (int i = 0; i < 1000; i++)
        mu_diag_add(diags, MU_ERROR, i % 4 ? 23 : 15, (mu_mark){"f", 1, 1, 1}, "x", NULL);
    assert_int_equal(mu_diags_of_code(diags, 23), 750);
    assert_int_equal(mu_diags_of_code(diags, 15), 250);
    assert_int_equal(mu_diags_count(diags, MU_ERROR), 1000);
    mu_diags_free(diags);
}

static void words_keep_the_numbers_of_their_coming(void **state)
{
    (void)state;
    enum { WORDS = 5000 };
    static char words[WORDS][16];
    mu_index index = {0};
    for (size_t i = 0; i < WORDS; i++) {
        snprintf(words[i], sizeof words[i], "w%zu", i % 2500);
        assert_int_equal(mu_index_put(&index, words[i]), i % 2500);
    }
    assert_int_equal(index.count, 2500);
    assert_int_equal(mu_index_find(&index, "w2499"), 2499);
    assert_int_equal(mu_index_find(&index, "w2500"), 2500); /* is not there */
    assert_string_equal(index.words[7], "w7");
    mu_index_free(&index);
    assert_int_equal(mu_index_find(&index, "w1"), 0);
}

static size_t given;

static bool take(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++, given++)
        if (bytes[i] != (char)('a' + given % 26))
            return false;
    return true;
}

static void a_sink_gets_every_byte_once(void **state)
{
    (void)state;
    mu_buf out = {.sink = take};
    for (size_t i = 0; i < 500000; i++)
        mu_buf_printf(&out, "%c", (int)('a' + i % 26));
    assert_true(given > 0 && out.len < 100000);
    assert_true(take(out.text, out.len) && !out.failed);
    assert_int_equal(given, 500000);
    mu_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_place_is_found_in_any_order),
        cmocka_unit_test(the_window_of_a_long_line_stands_round_the_caret),
        cmocka_unit_test(what_is_not_kept_is_counted),
        cmocka_unit_test(words_keep_the_numbers_of_their_coming),
        cmocka_unit_test(a_sink_gets_every_byte_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
