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
        want[i] = (mu_due){(int64_t)(seed >> 22), (uint64_t)i, 0, i, 0};
        mu_queue_put(&q, want[i].t, 0, i, 0);
    }
    qsort(want, MANY, sizeof *want, by_time_and_order);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(mu_queue_take(&q).a, want[i].a);
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
    const int order[] = {0, 2, 1, 3, 4, 6, 5, 7};
    for (int i = 0; i < 8; i++)
        assert_int_equal(mu_queue_take(&q).a, order[i]);
    mu_queue_free(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_due_first_comes_first), cmocka_unit_test(it_is_a_sort), cmocka_unit_test(what_is_moved_keeps_its_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
