/* A drill beside the one before it: what is said to be worse is worse by a measure that can tell, and by no other. */
#include "store/trend.h"

#include <string.h>

#include "test.h"

enum { MOST = 64 };

typedef struct past_of_test {
    mu_past_gap gaps[4][MOST];
    mu_past_time times[4][MOST];
    mu_past_target targets[4][MOST];
    mu_past_drill drills[4];
    const mu_past_drill *list[4];
    mu_course course;
} past_of_test;

static past_of_test p;

/* `count` drills of one course, alike in everything. */
static void drills(int count)
{
    static const char *const names[] = {"1", "2", "3", "4"};
    memset(&p, 0, sizeof p);
    for (int i = 0; i < count; i++) {
        p.drills[i] = (mu_past_drill){.folder = names[i], .source = "", .starts = "", .title = "t", .plan = "p", .version = "1", .plan_hash = "h", .scenario_hash = "s", .assumptions = "a", .mode = "model",
                                      .seed = "7", .engine = "", .local = i, .ran = INT64_MAX, .over = 1, .gaps = p.gaps[i], .times = p.times[i], .targets = p.targets[i]};
        p.list[i] = &p.drills[i];
    }
    p.course = (mu_course){"p", "t", "model", p.list, count};
}

static void gap(int drill, const char *id, int weight)
{
    p.gaps[drill][p.drills[drill].gap_count++] = (mu_past_gap){id, id, "ESC-03", "plan", "", "simulated", weight, 1, 0, 1000, 0};
}

static void answers(int drill, int in_time, int late)
{
    for (int i = 0; i < in_time + late; i++)
        p.times[drill][p.drills[drill].time_count++] = (mu_past_time){"ana", "r", "acknowledge", 60000, i < in_time, 1};
}

static void target(int drill, const char *name, bool met)
{
    p.targets[drill][p.drills[drill].target_count++] = (mu_past_target){name, met};
}

static void the_first_is_set_beside_nothing(void **state)
{
    (void)state;
    drills(1);
    gap(0, "a", 0);
    mu_beside_before b = mu_beside_last(&p.course);
    assert_null(b.before);
    assert_int_equal(b.by_gaps, MU_FIRST);
    assert_int_equal(b.opened, 0);
}

static void the_heaviest_weight_decides(void **state)
{
    (void)state;
    drills(2);
    gap(0, "heavy", 0);
    for (int i = 0; i < 5; i++)
        gap(1, (const char *const[]){"a", "b", "c", "d", "e"}[i], 2);
    mu_beside_before b = mu_beside_last(&p.course);
    assert_int_equal(b.by_gaps, MU_BETTER);
    assert_int_equal(b.opened, 5);
    assert_int_equal(b.closed, 1);
    p.gaps[1][0].weight = 0;
    p.gaps[1][1].weight = 0;
    assert_int_equal(mu_beside_last(&p.course).by_gaps, MU_WORSE);
    p.gaps[1][1].accepted = 1;
    p.gaps[1][0].accepted = 1;
    b = mu_beside_last(&p.course);
    assert_int_equal(b.by_gaps, MU_BETTER);
    assert_int_equal(b.opened, 3);
}

static void what_was_closed_and_comes_again_is_back(void **state)
{
    (void)state;
    drills(3);
    gap(0, "a", 1);
    gap(2, "a", 1);
    gap(2, "b", 1);
    mu_beside_before b = mu_beside_last(&p.course);
    assert_int_equal(b.opened, 2);
    assert_int_equal(b.back, 1);
}

static void few_answers_tell_nothing_and_many_do(void **state)
{
    (void)state;
    static const struct { int before, late_before, now, late_now; mu_verdict verdict; } rows[] = {
        {7, 3, 6, 4, MU_CANNOT_TELL}, {10, 0, 8, 2, MU_CANNOT_TELL}, {20, 0, 5, 15, MU_WORSE}, {5, 15, 20, 0, MU_BETTER}, {1, 0, 0, 1, MU_CANNOT_TELL}, {3, 0, 0, 0, MU_CANNOT_TELL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        drills(2);
        answers(0, rows[i].before, rows[i].late_before);
        answers(1, rows[i].now, rows[i].late_now);
        assert_int_equal(mu_beside_last(&p.course).by_time, rows[i].verdict);
    }
}

static void targets_are_compared_by_name_and_with_the_same_chance_only(void **state)
{
    (void)state;
    drills(2);
    target(0, "a", true);
    target(0, "b", false);
    target(0, "gone", true);
    target(1, "b", false);
    target(1, "a", false);
    target(1, "new", false);
    mu_beside_before b = mu_beside_last(&p.course);
    assert_int_equal(b.targets, 2);
    assert_int_equal(b.met, 0);
    assert_int_equal(b.met_before, 1);
    assert_int_equal(b.by_targets, MU_WORSE);
    p.drills[1].seed = "8";
    assert_int_equal(mu_beside_last(&p.course).by_targets, MU_CANNOT_TELL);
    p.drills[1].seed = "7";
    p.drills[1].players = 1;
    assert_int_equal(mu_beside_last(&p.course).by_targets, MU_CANNOT_TELL);
}

static void another_scenario_closes_nothing(void **state)
{
    (void)state;
    const mu_gap_line *lines;
    mu_arena *arena = mu_arena_new();
    drills(3);
    gap(0, "a", 1);
    gap(0, "on paper", 1);
    p.gaps[0][1].paper = 1;
    p.drills[1].title = "other";
    mu_past past = {p.drills, 2};
    assert_int_equal(mu_gap_lines(&past, arena, &lines), 2);
    assert_int_equal(lines[0].state, MU_GAP_NEW); /* "a": only the first drill looks for it */
    assert_int_equal(lines[0].of, 1);
    assert_int_equal(lines[1].state, MU_GAP_CLOSED);
    assert_ptr_equal(lines[1].closed, &p.drills[1]);
    past.count = 3;
    assert_int_equal(mu_gap_lines(&past, arena, &lines), 2);
    assert_int_equal(lines[0].state, MU_GAP_CLOSED);
    mu_arena_free(arena);
}

static void a_drill_that_was_broken_off_closes_what_it_had_the_time_to_show(void **state)
{
    (void)state;
    const mu_gap_line *lines;
    mu_arena *arena = mu_arena_new();
    drills(2);
    gap(0, "early", 1);
    gap(0, "late", 0);
    p.gaps[0][0].shown_at = 999;
    p.drills[1].ran = 999;
    mu_past past = {p.drills, 2};
    assert_int_equal(mu_gap_lines(&past, arena, &lines), 2);
    assert_string_equal(lines[0].gap->id, "late");
    assert_int_equal(lines[0].state, MU_GAP_NEW);
    assert_int_equal(lines[1].state, MU_GAP_CLOSED);
    mu_beside_before b = mu_beside_last(&p.course);
    assert_int_equal(b.closed, 1);
    assert_int_equal(b.beyond, 1);
    assert_int_equal(b.open_before[0], 0); /* the critical one is in neither count */
    assert_int_equal(b.open_before[1], 1);
    p.drills[1].ran = 1000;
    assert_int_equal(mu_gap_lines(&past, arena, &lines), 2);
    assert_int_equal(lines[0].state, MU_GAP_CLOSED);
    mu_arena_free(arena);
}

static void stand_ins_close_nothing_that_people_showed_nor_people_what_stand_ins_did(void **state)
{
    (void)state;
    const mu_gap_line *lines;
    mu_arena *arena = mu_arena_new();
    for (int people = 0; people < 2; people++) {
        drills(3);
        gap(0, "a", 0);
        for (int i = 0; i < 3; i++)
            p.drills[i].mode = (i == 1) != people ? "facilitated" : "model";
        mu_past past = {p.drills, 2};
        assert_int_equal(mu_gap_lines(&past, arena, &lines), 1);
        assert_int_equal(lines[0].state, MU_GAP_NEW);
        assert_int_equal(lines[0].of, 1);
        past.count = 3;
        assert_int_equal(mu_gap_lines(&past, arena, &lines), 1);
        assert_int_equal(lines[0].state, MU_GAP_CLOSED);
    }
    mu_arena_free(arena);
}

static void what_is_said_of_the_same_in_the_same_words_is_the_same_gap(void **state)
{
    (void)state;
    const mu_gap_line *lines;
    mu_arena *arena = mu_arena_new();
    drills(3);
    gap(0, "a", 0);
    gap(1, "b", 0);
    gap(2, "b", 0);
    p.gaps[2][0].text = "in other words";
    mu_past past = {p.drills, 3};
    mu_past_names(&past);
    assert_int_equal(mu_gap_lines(&past, arena, &lines), 1);
    assert_int_equal(lines[0].seen, 3);
    assert_string_equal(lines[0].gap->id, "b");
    assert_int_equal(mu_beside_last(&p.course).closed, 0);
    gap(0, "b", 0); /* two that say the same are told apart by their ids */
    mu_past_names(&past);
    assert_int_equal(mu_gap_lines(&past, arena, &lines), 2);
    mu_arena_free(arena);
}

static void a_change_of_the_plan_is_set_apart_from_the_days(void **state)
{
    (void)state;
    drills(4);
    gap(0, "heavy", 0);
    gap(1, "heavy", 0);
    gap(3, "stale", 0);
    assert_null(mu_beside_change(&p.course).before); /* it never changed */
    p.drills[2].plan_hash = p.drills[3].plan_hash = "other";
    mu_beside_before change = mu_beside_change(&p.course), last = mu_beside_last(&p.course);
    assert_ptr_equal(change.before, &p.drills[1]);
    assert_ptr_equal(change.now, &p.drills[2]);
    assert_int_equal(change.by_gaps, MU_BETTER);
    assert_false(change.same_plan);
    assert_int_equal(last.by_gaps, MU_WORSE);
    assert_true(last.same_plan);
    p.drills[3].plan_hash = "third";
    assert_ptr_equal(mu_beside_change(&p.course).before, &p.drills[2]);
    assert_int_equal(mu_beside_change(&p.course).by_gaps, MU_WORSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_is_set_beside_nothing),
        cmocka_unit_test(the_heaviest_weight_decides),
        cmocka_unit_test(what_was_closed_and_comes_again_is_back),
        cmocka_unit_test(few_answers_tell_nothing_and_many_do),
        cmocka_unit_test(targets_are_compared_by_name_and_with_the_same_chance_only),
        cmocka_unit_test(another_scenario_closes_nothing),
        cmocka_unit_test(a_drill_that_was_broken_off_closes_what_it_had_the_time_to_show),
        cmocka_unit_test(stand_ins_close_nothing_that_people_showed_nor_people_what_stand_ins_did),
        cmocka_unit_test(what_is_said_of_the_same_in_the_same_words_is_the_same_gap),
        cmocka_unit_test(a_change_of_the_plan_is_set_apart_from_the_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
