/* What n observations can carry: the figures are those of the doctrine's tables, worked out there independently. */
#include "report/interval.h"

#include "test.h"

static void exact_intervals_are_those_of_clopper_and_pearson(void **state)
{
    static const int rows[][4] = {{1, 1, 3, 100}, {3, 3, 29, 100}, {5, 5, 48, 100}, {8, 10, 44, 97}, {10, 10, 69, 100}, {20, 20, 83, 100}, {95, 100, 89, 98}, {0, 10, 0, 31}, {950, 1000, 93, 96}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int low, high;
        mu_exact(rows[i][0], rows[i][1], &low, &high);
        assert_int_equal(low, rows[i][2]);
        assert_int_equal(high, rows[i][3]);
    }
}

static void the_median_has_an_interval_from_six_on(void **state)
{
    int low, high;
    (void)state;
    assert_false(mu_ranks(5, 50, &low, &high));
    assert_true(mu_ranks(6, 50, &low, &high) && low == 1 && high == 6);
    assert_true(mu_ranks(20, 50, &low, &high) && low == 6 && high == 15);
    assert_true(mu_ranks(50, 50, &low, &high) && low == 18 && high == 33);
}

static void the_ninetieth_percentile_needs_thirty_six_and_a_bound_twenty_nine(void **state)
{
    int low, high;
    (void)state;
    assert_false(mu_ranks(35, 90, &low, &high));
    assert_true(mu_ranks(36, 90, &low, &high) && high == 36);
    assert_false(mu_greatest_bounds(28, 90));
    assert_true(mu_greatest_bounds(29, 90));
    assert_false(mu_ranks(71, 95, &low, &high));
    assert_true(mu_ranks(72, 95, &low, &high));
}

static void many_are_as_sound_as_few(void **state)
{
    int low, high;
    (void)state;
    assert_true(mu_ranks(5000, 50, &low, &high) && low == 2431 && high == 2570);
    mu_exact(2500, 5000, &low, &high);
    assert_true(low == 49 && high == 51);
    assert_int_equal(mu_rank_of(10, 90), 9);
    assert_int_equal(mu_rank_of(11, 90), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_intervals_are_those_of_clopper_and_pearson),
        cmocka_unit_test(the_median_has_an_interval_from_six_on),
        cmocka_unit_test(the_ninetieth_percentile_needs_thirty_six_and_a_bound_twenty_nine),
        cmocka_unit_test(many_are_as_sound_as_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
