/* Intervals against the tables of their authors and figures that were computed apart. */
#include "base/rate.h"

#include "test.h"

static void near(int64_t millionths, int permille)
{
    int64_t off = millionths - permille * 1000;
    if (off < -600 || off > 600)
        fail_msg("%lld is not %d in a thousand", (long long)millionths, permille);
}

/* 1/1 21-100 %, 8/10 49-94 %, 95/100 89-98 %, 950/1000 93.5-96.2 %. */
static void wilsons_interval_is_the_published_one(void **state)
{
    (void)state;
    static const struct { int k, n, low, high; } rows[] = {{1, 1, 207, 1000}, {3, 3, 438, 1000}, {8, 10, 490, 943}, {10, 10, 722, 1000}, {95, 100, 888, 978}, {0, 10, 0, 278}, {950, 1000, 935, 962}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mu_interval r = mu_rate(rows[i].k, rows[i].n);
        near(r.low, rows[i].low);
        near(r.high, rows[i].high);
    }
}

/* Newcombe 1998, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20, 5/56 - 0/29. */
static void newcombes_difference_is_the_published_one(void **state)
{
    (void)state;
    static const struct { int k1, n1, k2, n2, low, high; } rows[] = {{56, 70, 48, 80, 52, 334}, {9, 10, 3, 10, 171, 809}, {10, 10, 0, 20, 679, 1000}, {5, 56, 0, 29, -38, 193}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mu_interval r = mu_rate_difference(rows[i].k1, rows[i].n1, rows[i].k2, rows[i].n2);
        near(r.low, rows[i].low);
        near(r.high, rows[i].high);
    }
}

static void turned_round_the_difference_is_turned_round(void **state)
{
    (void)state;
    for (int n1 = 1; n1 < 40; n1 += 3)
        for (int n2 = 1; n2 < 40; n2 += 5)
            for (int k = 0; k <= n1; k++) {
                mu_interval a = mu_rate_difference(k, n1, n2 / 2, n2), b = mu_rate_difference(n2 / 2, n2, k, n1);
                assert_int_equal(a.low, -b.high);
                assert_int_equal(a.high, -b.low);
                assert_true(a.low <= a.high && a.low >= -1000000 && a.high <= 1000000);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilsons_interval_is_the_published_one),
        cmocka_unit_test(newcombes_difference_is_the_published_one),
        cmocka_unit_test(turned_round_the_difference_is_turned_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
