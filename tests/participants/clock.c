#include "participants/clock.h"

#include "test.h"

static void it_runs_at_its_rate(void **state)
{
    (void)state;
    mu_exercise_clock c = {0};
    mu_clock_begin(&c, 1000, 0, 1000);
    assert_int_equal(mu_clock_exercise(&c, 1000), 0);
    assert_int_equal(mu_clock_exercise(&c, 61000), 60000);
    assert_int_equal(mu_clock_wall(&c, 60000), 61000);
    assert_int_equal(mu_clock_exercise(&c, 500), 0); /* a wall clock that goes back takes nothing back */
    mu_exercise_clock_free(&c);
}

static void what_has_elapsed_is_never_scaled_again(void **state)
{
    (void)state;
    mu_exercise_clock c = {0};
    mu_clock_begin(&c, 0, 0, 1000);
    mu_clock_rate(&c, 10000, 60000);
    assert_int_equal(mu_clock_exercise(&c, 10000), 10000);
    assert_int_equal(mu_clock_exercise(&c, 11000), 70000);
    mu_clock_rate(&c, 11000, 500);
    assert_int_equal(mu_clock_exercise(&c, 13000), 71000);
    mu_exercise_clock_free(&c);
}

static void a_pause_counts_for_nobody(void **state)
{
    (void)state;
    mu_exercise_clock c = {0};
    mu_clock_begin(&c, 0, 0, 1000);
    mu_clock_rate(&c, 5000, 0);
    assert_true(mu_clock_stands(&c));
    assert_int_equal(mu_clock_exercise(&c, 9000000), 5000);
    assert_true(mu_clock_wall(&c, 6000) == INT64_MAX);
    mu_clock_rate(&c, 9000000, 1000);
    assert_int_equal(mu_clock_exercise(&c, 9001000), 6000);
    mu_exercise_clock_free(&c);
}

static void a_jump_begins_a_new_segment(void **state)
{
    (void)state;
    mu_exercise_clock c = {0};
    mu_clock_begin(&c, 0, 0, 2000);
    mu_clock_jump(&c, 1000, 3600000);
    assert_int_equal(mu_clock_exercise(&c, 1000), 3600000);
    assert_int_equal(mu_clock_exercise(&c, 2000), 3602000);
    mu_exercise_clock_free(&c);
}

/* For any rate, the wall moment of a moment is the first at which the exercise has come to it. */
static void wall_and_exercise_are_each_others_inverse(void **state)
{
    (void)state;
    const int64_t rates[] = {10, 333, 1000, 1001, 60000, 999983};
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        mu_exercise_clock c = {0};
        mu_clock_begin(&c, 77, 5, rates[r]);
        for (int64_t t = 5; t < 20000; t += 37) {
            int64_t w = mu_clock_wall(&c, t);
            assert_true(mu_clock_exercise(&c, w) >= t);
            assert_true(w == 77 || mu_clock_exercise(&c, w - 1) < t);
        }
        mu_exercise_clock_free(&c);
    }
}

/* Over any sequence of speeds, pauses and jumps the exercise has run what each rate gave, and nothing that stood. */
static void what_ran_is_the_sum_of_its_segments(void **state)
{
    (void)state;
    uint32_t seed = 20260710;
    for (int round = 0; round < 300; round++) {
        mu_exercise_clock c = {0};
        int64_t w = 1000, rate = 1000, before = 0, since = 0; /* what ran before this segment; wall time since it began */
        mu_clock_begin(&c, w, 0, rate);
        for (int step = 0; step < 30; step++) {
            seed = seed * 1664525 + 1013904223;
            uint32_t draw = seed >> 8;
            w += draw % 90000;
            since += draw % 90000;
            int64_t ran = before + since * rate / 1000;
            assert_int_equal(mu_clock_exercise(&c, w), ran);
            if (draw % 3 == 2)
                continue;
            before = draw % 3 == 1 ? ran + draw % 3600000 : ran;
            since = 0;
            if (draw % 3 == 0)
                mu_clock_rate(&c, w, rate = draw % 4 ? draw % 100000 + 1 : 0);
            else
                mu_clock_jump(&c, w, before);
            assert_true(mu_clock_stands(&c) == (rate == 0));
        }
        mu_exercise_clock_free(&c);
    }
}

/* A rate that is set while it stands is that at which it goes on; what is no act of the clock leaves it. */
static void an_act_turns_it(void **state)
{
    (void)state;
    mu_exercise_clock c = {0};
    int64_t rate = 1000;
    mu_clock_begin(&c, 0, 0, rate);
    mu_clock_turn(&c, 1000, &(mu_act){.verb = "note"}, 77, &rate);
    mu_clock_turn(&c, 2000, &(mu_act){.verb = "pause"}, 77, &rate);
    mu_clock_turn(&c, 5000, &(mu_act){.verb = "speed", .choice = "3000"}, 77, &rate);
    assert_true(mu_clock_stands(&c) && rate == 3000);
    mu_clock_turn(&c, 6000, &(mu_act){.verb = "jump"}, 60000, &rate);
    assert_int_equal(mu_clock_exercise(&c, 9000), 60000);
    mu_clock_turn(&c, 9000, &(mu_act){.verb = "resume"}, 77, &rate);
    assert_int_equal(mu_clock_exercise(&c, 10000), 63000);
    mu_clock_turn(&c, 10000, &(mu_act){.verb = "speed", .choice = "500"}, 77, &rate);
    assert_int_equal(mu_clock_exercise(&c, 12000), 64000);
    mu_exercise_clock_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_runs_at_its_rate), cmocka_unit_test(what_has_elapsed_is_never_scaled_again), cmocka_unit_test(a_pause_counts_for_nobody),
        cmocka_unit_test(a_jump_begins_a_new_segment), cmocka_unit_test(wall_and_exercise_are_each_others_inverse),
        cmocka_unit_test(what_ran_is_the_sum_of_its_segments), cmocka_unit_test(an_act_turns_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
