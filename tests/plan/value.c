#include "plan/schema.h"

#include "test.h"

static void durations_keep_their_unit(void **state)
{
    (void)state;
    mu_duration d;
    assert_true(mu_duration_read("15m", &d));
    assert_int_equal(mu_duration_ms(d), 900000);
    assert_true(mu_duration_read("3 business days", &d));
    assert_int_equal(d.unit, MU_BUSINESS_DAYS);
    assert_int_equal(d.count, 3);
    assert_true(mu_duration_read("12 months", &d));
    assert_int_equal(d.unit, MU_MONTHS);
}

static void what_is_no_duration_is_not_guessed(void **state)
{
    (void)state;
    const char *const no[] = {"", "15", "m", "015m", "1.5h", "-4h", "12:30:00", "15 m", "15mins", "99999999999h", "4h "};
    mu_duration d;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(mu_duration_read(no[i], &d));
}

static void dates_are_days_that_exist(void **state)
{
    (void)state;
    int64_t days;
    assert_true(mu_date_read("1970-01-01", &days));
    assert_int_equal(days, 0);
    assert_true(mu_date_read("2026-07-10", &days));
    assert_int_equal(days, 20644);
    assert_true(mu_date_read("2028-02-29", &days));
    assert_false(mu_date_read("2026-02-29", &days));
    assert_false(mu_date_read("2026-13-01", &days));
    assert_false(mu_date_read("2026-7-1", &days));
}

static void times_are_local_minutes(void **state)
{
    (void)state;
    int64_t ms;
    assert_true(mu_time_read("1970-01-02 01:30", &ms));
    assert_int_equal(ms, ((24 + 1) * 60 + 30) * 60000);
    assert_false(mu_time_read("2026-07-10 24:00", &ms));
    assert_false(mu_time_read("2026-07-10", &ms));
}

static void hours_wrap_at_the_ends_of_day_and_week(void **state)
{
    (void)state;
    int r[7][2];
    assert_int_equal(mu_hours_read("mon-fri 09:00-17:30", r, 7), 5);
    assert_int_equal(r[4][0], 4 * 1440 + 540);
    assert_int_equal(r[4][1], 4 * 1440 + 1050);
    assert_int_equal(mu_hours_read("sun-mon 22:00-06:00", r, 7), 2);
    assert_int_equal(r[0][1] - r[0][0], 480);
    assert_int_equal(mu_hours_read("weekdays", r, 7), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_keep_their_unit),          cmocka_unit_test(what_is_no_duration_is_not_guessed),
        cmocka_unit_test(dates_are_days_that_exist),          cmocka_unit_test(times_are_local_minutes),
        cmocka_unit_test(hours_wrap_at_the_ends_of_day_and_week),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
