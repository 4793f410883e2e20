#include "core/queue.h"

#include <stdlib.h>

#include "test.h"

static void what_is_due_first_comes_first(void **state)
{
    (void)state;
    mu_queue q = {0};
    const int64_t times[] = {50, 10, 40, 10, 30};
    for (int i = 0; i < 5; i++)
        mu_queue_put(&q, times[i], 0, i, 0);
    const int order[] = {1, 3, 4, 2, 0}; /* of two at one moment the one put in first */
    for (int i = 0; i < 5; i++)
        assert_int_equal(mu_queue_take(&q).a, order[i]);
    assert_null(mu_queue_first(&q));
    mu_queue_free(&q);
}

static int by_time_and_order(const void *a, const void *b)
{
    const mu_due *x = a, *y = b;
    return x->t != y->t ? (x->t < y->t ? -1 : 1) : x->order < y->order ? -1 : 1;
}

/* Against a sort: ten thousand puts and takes at random. */
static void it_is_a_sort(void **state)
{
    (void)state;
    enum { MANY = 10000 };
    static mu_due want[MANY];
    mu_queue q = {0};
    uint32_t seed = 1;
    for (int i = 0; i < MANY; i++) {
        seed = seed * 1664525u + 1013904223u;
        want[i] = (mu_due){(int64_t)(seed >> 22), (uint32_t)i, 0, i, 0};
        mu_queue_put(&q, want[i].t, 0, i, 0);
    }
    qsort(want, MANY, sizeof *want, by_time_and_order);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(mu_queue_take(&q).a, want[i].a);
    mu_queue_free(&q);
}

/* Puts and takes by turns, as a run does them: most in order, some before what waits, some far off, many at one moment. */
static void what_comes_between_finds_its_place(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static mu_due in[MANY];
    mu_queue q = {0};
    uint32_t seed = 7;
    int64_t now = 0, laid = 0;
    int count = 0, taken = 0;
    for (int i = 0; i < MANY; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t way = seed >> 28;
        laid = laid > now ? laid : now;
        int64_t t = way < 6 ? (laid += way) : now + (int64_t)((seed >> 8) % (way < 12 ? 20 : 5000));
        in[count++] = (mu_due){t, (uint32_t)i, 0, i, 0};
        mu_queue_put(&q, t, 0, i, 0);
        for (int takes = (int)(seed >> 20 & 3) - (i < MANY / 2); takes > 0 && count > 0; takes--, taken++) {
            int first = 0;
            for (int k = 1; k < count; k++)
                first = by_time_and_order(&in[k], &in[first]) < 0 ? k : first;
            assert_int_equal(mu_queue_first(&q)->a, in[first].a);
            assert_int_equal(mu_queue_soonest(&q), in[first].t);
            assert_int_equal(mu_queue_take(&q).a, in[first].a);
            now = in[first].t;
            in[first] = in[--count];
        }
    }
    assert_true(taken > MANY / 2);
    mu_queue_clear(&q);
    assert_null(mu_queue_first(&q));
    assert_int_equal(mu_queue_soonest(&q), INT64_MAX);
    mu_queue_put(&q, 3, 0, 3, 0);
    assert_int_equal(mu_queue_take(&q).order, 0);
    mu_queue_free(&q);
}

static bool is_odd(void *self, const mu_due *due)
{
    (void)self;
    return due->a % 2;
}

static void what_is_moved_keeps_its_order(void **state)
{
    (void)state;
    mu_queue q = {0};
    mu_queue_move(&q, is_odd, NULL, 1);
    for (int i = 0; i < 8; i++)
        mu_queue_put(&q, i / 4, 0, i, 0);
    mu_queue_move(&q, is_odd, NULL, 1);
    assert_int_equal(mu_queue_soonest(&q), 0);
    const int order[] = {0, 2, 1, 3, 4, 6, 5, 7};
    for (int i = 0; i < 8; i++)
        assert_int_equal(mu_queue_take(&q).a, order[i]);
    for (int i = 0; i < 8; i++)
        mu_queue_put(&q, i < 6 ? 5 : 1, 0, i, 0); /* the last two come before all */
    mu_queue_move(&q, is_odd, NULL, -9);
    assert_int_equal(mu_queue_soonest(&q), -8);
    mu_queue_move(&q, is_odd, NULL, 10);
    const int other[] = {6, 7, 0, 2, 4, 1, 3, 5};
    for (int i = 0; i < 8; i++)
        assert_int_equal(mu_queue_take(&q).a, other[i]);
    mu_queue_free(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_due_first_comes_first), cmocka_unit_test(it_is_a_sort), cmocka_unit_test(what_comes_between_finds_its_place),
                                       cmocka_unit_test(what_is_moved_keeps_its_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
