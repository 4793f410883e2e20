#include "base/draw.h"

#include "test.h"

/* Random123's own known answer: key and counter zero. The first word of philox4x32-10 is 6627e8d5. */
static void it_is_philox(void **state)
{
    (void)state;
    assert_int_equal(mu_draw(0, 0, 0), 0x6627e8d5u);
}

static void a_draw_is_a_function_of_seed_purpose_and_index(void **state)
{
    (void)state;
    uint64_t p = mu_purpose("answer", "person:ana");
    assert_int_equal(mu_draw(7, p, 3), mu_draw(7, p, 3));
    assert_int_not_equal(mu_draw(7, p, 3), mu_draw(8, p, 3));
    assert_int_not_equal(mu_draw(7, p, 3), mu_draw(7, p, 4));
    assert_true(mu_purpose("ab", "c") != mu_purpose("a", "bc"));
}

/* A thousand draws in each of ten drawers: chi-squared with 9 degrees of freedom is below 27.9 in 999 of 1000. */
static void below_a_limit_every_number_is_as_likely(void **state)
{
    (void)state;
    int drawers[10] = {0};
    for (uint64_t i = 0; i < 10000; i++)
        drawers[mu_draw_below(1, mu_purpose("test", ""), i, 10)]++;
    int64_t sum = 0;
    for (int i = 0; i < 10; i++)
        sum += (int64_t)(drawers[i] - 1000) * (drawers[i] - 1000);
    assert_true(sum < 27900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_philox),
        cmocka_unit_test(a_draw_is_a_function_of_seed_purpose_and_index),
        cmocka_unit_test(below_a_limit_every_number_is_as_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
