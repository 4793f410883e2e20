#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static void strict_utf8_refuses_what_two_readers_read_differently(void **state)
{
    (void)state;
    uint32_t cp;
    assert_int_equal(mu_utf8("\xc3\xa9", 2, &cp), 2);
    assert_int_equal(cp, 0xe9);
    assert_int_equal(mu_utf8("\xf0\x9f\x94\xa5", 4, &cp), 4);
    assert_int_equal(mu_utf8("\xc0\xaf", 2, &cp), 0);         /* overlong */
    assert_int_equal(mu_utf8("\xed\xa0\x80", 3, &cp), 0);     /* surrogate */
    assert_int_equal(mu_utf8("\xf4\x90\x80\x80", 4, &cp), 0); /* beyond the last */
    assert_int_equal(mu_utf8("\xe2\x82", 2, &cp), 0);         /* cut off */
}

static void wide_letters_take_two_columns_and_accents_none(void **state)
{
    (void)state;
    assert_int_equal(mu_width('a'), 1);
    assert_int_equal(mu_width(0x4e2d), 2);
    assert_int_equal(mu_width(0x1f525), 2);
    assert_int_equal(mu_width(0x301), 0);
}

static void a_terminal_never_gets_what_could_move_it(void **state)
{
    (void)state;
    mu_buf b = {0};
    const char *nasty = "a\x1b[2Jb\r\xe2\x80\xae" "c\xff\n";
    mu_buf_safe(&b, nasty, strlen(nasty), 100);
    assert_string_equal(b.text, "a\\u{1b}[2Jb\\u{d}\\u{202e}c\\xff ");
    mu_buf_free(&b);
}

static void long_text_is_cut_by_characters(void **state)
{
    (void)state;
    mu_buf b = {0};
    mu_buf_safe(&b, "\xc3\xa9\xc3\xa9\xc3\xa9", 6, 2);
    assert_string_equal(b.text, "\xc3\xa9\xc3\xa9...");
    mu_buf_free(&b);
}

static void the_nearest_word_is_what_was_meant(void **state)
{
    (void)state;
    const char *const words[] = {"reviewed", "review_every", "version", NULL};
    assert_string_equal(mu_nearest("reveiwed", words, 4), "reviewed");
    assert_string_equal(mu_nearest("reviewd", words, 4), "reviewed");
    assert_null(mu_nearest("holidays", words, 4));
}

static void what_somebody_wrote_becomes_a_part_of_a_sentence(void **state)
{
    (void)state;
    mu_arena *arena = mu_arena_new();
    assert_string_equal(mu_unstopped(arena, "Nobody leads. ", MU_WHOLE), "Nobody leads");
    assert_string_equal(mu_unstopped(arena, "Wait... who? Stop!", MU_WHOLE), "Wait... who? Stop");
    assert_string_equal(mu_unstopped(arena, "...", MU_WHOLE), "");
    assert_string_equal(mu_unstopped(arena, "\xc3\xa9\xc3\xa9\xc3\xa9.", 6), "\xc3\xa9\xc3\xa9\xc3\xa9");
    assert_string_equal(mu_unstopped(arena, "\xc3\xa9\xc3\xa9\xc3\xa9.", 5), "\xc3\xa9\xc3\xa9...");
    mu_arena_free(arena);
}

/* A text is put together in a room of its own first, and once more where it is longer than that. */
static void a_text_that_is_put_together_is_whole_however_long(void **state)
{
    (void)state;
    char long_text[600];
    mu_arena *arena = mu_arena_new();
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    for (int n = 250; n < 260; n++) { /* on both sides of what mostly is enough */
        const char *text = mu_format(arena, "%.*s%d", n, long_text, 12);
        assert_int_equal(strlen(text), n + 2);
        assert_string_equal(text + n - 1, "x12");
    }
    for (size_t n = 0; n < 12; n++) { /* whatever it fits in */
        mu_buf b = {0};
        mu_buf_add(&b, long_text, 150 + n);
        mu_buf_printf(&b, "%s%d", long_text, 12);
        assert_int_equal(b.len, 150 + n + 599 + 2);
        assert_string_equal(b.text + b.len - 3, "x12");
        mu_buf_free(&b);
    }
    mu_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strict_utf8_refuses_what_two_readers_read_differently),
        cmocka_unit_test(wide_letters_take_two_columns_and_accents_none),
        cmocka_unit_test(a_terminal_never_gets_what_could_move_it),
        cmocka_unit_test(long_text_is_cut_by_characters),
        cmocka_unit_test(the_nearest_word_is_what_was_meant),
        cmocka_unit_test(what_somebody_wrote_becomes_a_part_of_a_sentence),
        cmocka_unit_test(a_text_that_is_put_together_is_whole_however_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
