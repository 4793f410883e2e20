#include "cli/progress.h"

#include <string.h>

#include "test.h"

static const char *said(FILE *file)
{
    static char text[256];
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    return text;
}

static void nothing_is_said_where_nobody_looks(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    mu_progress p;
    mu_progress_begin(&p, file, 0);
    assert_false(mu_progress_due(&p, 100000));
    mu_progress_end(&p);
    assert_string_equal(said(file), "");
    fclose(file);
}

static void a_second_passes_before_the_first_line_and_a_fifth_between_two(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    mu_progress p;
    mu_progress_begin(&p, file, 5000);
    p.on = true; /* as on a terminal */
    assert_false(mu_progress_due(&p, 5999));
    assert_true(mu_progress_due(&p, 6000));
    assert_false(mu_progress_due(&p, 6199));
    assert_true(mu_progress_due(&p, 6200));
    fclose(file);
}

static void the_line_is_gone_when_the_run_is_over(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    mu_progress p;
    mu_progress_begin(&p, file, 0);
    mu_progress_show(&p, "half");
    mu_progress_end(&p);
    mu_progress_end(&p);
    assert_string_equal(said(file), "\rhalf\x1b[K\r\x1b[K");
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_where_nobody_looks),
        cmocka_unit_test(a_second_passes_before_the_first_line_and_a_fifth_between_two),
        cmocka_unit_test(the_line_is_gone_when_the_run_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
