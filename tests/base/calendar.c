#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/draw.h"
#include "plan/schema.h"
#include "test.h"

static int setup(void **state)
{
    *state = mu_arena_new();
    return 0;
}

static int teardown(void **state)
{
    mu_arena_free(*state);
    return 0;
}

static int64_t day(int year, int month, int of_month)
{
    return mu_day_of_date((mu_date){year, month, of_month});
}

static int64_t at(int year, int month, int of_month, int hour, int minute)
{
    return day(year, month, of_month) * MU_DAY_MS + hour * 3600000 + minute * 60000;
}

/* ---- days ---- */

static void every_day_of_ten_thousand_years_is_counted_once(void **state)
{
    (void)state;
    int64_t n = MU_DAY_FIRST;
    for (mu_date d = {1, 1, 1}; d.year <= 9999; d.year++)
        for (d.month = 1; d.month <= 12; d.month++)
            for (d.day = 1; d.day <= mu_days_in_month(d.year, d.month); d.day++, n++) {
                mu_date back = mu_date_of_day(n);
                assert_int_equal(mu_day_of_date(d), n);
                assert_true(back.year == d.year && back.month == d.month && back.day == d.day && mu_date_exists(d));
            }
    assert_int_equal(n, MU_DAY_LAST + 1);
}

static void a_date_that_no_calendar_has_does_not_exist(void **state)
{
    (void)state;
    static const mu_date no[] = {{2026, 2, 29}, {2100, 2, 29}, {2026, 0, 1},  {2026, 13, 1}, {2026, 4, 31},
                                 {0, 1, 1},     {2026, 1, 0},  {10000, 1, 1}, {-5, 1, 1},    {2026, -1, 1}};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(mu_date_exists(no[i]));
    assert_true(mu_date_exists((mu_date){2000, 2, 29}));
}

static void weeks_begin_on_monday_before_1970_too(void **state)
{
    (void)state;
    assert_int_equal(mu_weekday(0), 3);
    assert_int_equal(mu_weekday(day(2026, 7, 10)), 4);
    assert_int_equal(mu_weekday(day(1969, 12, 28)), 6);
    assert_int_equal(mu_weekday(day(1, 1, 1)), 0);
    assert_int_equal(mu_day_of(-1), -1);
    assert_int_equal(mu_time_of_day(-1), MU_DAY_MS - 1);
}

static void months_keep_the_day_or_take_the_last(void **state)
{
    (void)state;
    assert_int_equal(mu_months_add(at(2026, 1, 31, 10, 5), 1), at(2026, 2, 28, 10, 5));
    assert_int_equal(mu_months_add(at(2026, 1, 31, 10, 5), 2), at(2026, 3, 31, 10, 5));
    assert_int_equal(mu_months_add(at(2028, 2, 29, 0, 0), 12), at(2029, 2, 28, 0, 0));
    assert_int_equal(mu_months_add(at(2026, 3, 31, 0, 0), -1), at(2026, 2, 28, 0, 0));
    assert_int_equal(mu_months_add(at(1970, 1, 15, 0, 0), -12 * 1969), at(1, 1, 15, 0, 0));
    assert_int_equal(mu_time_add(at(2026, 1, 31, 0, 0), (mu_duration){MU_MONTHS, 1}), at(2026, 2, 28, 0, 0));
}

static void the_longest_duration_that_can_be_written_does_not_overflow(void **state)
{
    (void)state;
    mu_duration d;
    assert_true(mu_duration_read("999999999 years", &d));
    assert_true(mu_duration_ms(d) > 0);
    assert_true(mu_time_add(at(9999, 12, 31, 23, 59), d) <= MU_MOMENT_LAST);
    assert_true(mu_months_add(INT64_MAX, INT64_MAX) <= MU_MOMENT_LAST);
    assert_true(mu_months_add(INT64_MIN, INT64_MIN) >= MU_MOMENT_FIRST);
    assert_int_equal(mu_date_of_day(INT64_MAX).month, mu_date_of_day(1000000000).month);
}

/* ---- working days ---- */

static mu_calendar *some_calendar(mu_arena *arena, uint64_t seed, int64_t middle)
{
    unsigned rest = mu_draw_below(seed, 1, 0, 127);
    mu_calendar *c = mu_calendar_new(arena, seed % 2 ? rest : MU_SATURDAY_SUNDAY);
    uint32_t holidays = mu_draw_below(seed, 2, 0, 120);
    for (uint64_t i = 0; i < holidays; i++)
        mu_calendar_add(c, middle + (int64_t)mu_draw_below(seed, 3, i, 400) - 200);
    return c;
}

static int64_t counted_by_hand(const mu_calendar *c, int64_t from, int64_t n)
{
    int64_t step = n < 0 ? -1 : 1;
    while (n != 0) {
        from += step;
        if (mu_calendar_working(c, from))
            n -= step;
    }
    return from;
}

static void working_days_are_what_counting_day_by_day_gives(void **state)
{
    int checked = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        int64_t middle = day(2026, 1, 1) + (int64_t)mu_draw_below(seed, 4, 0, 40000) - 20000;
        mu_calendar *c = some_calendar(*state, seed, middle);
        for (uint64_t i = 0; i < 40; i++, checked++) {
            int64_t from = middle + (int64_t)mu_draw_below(seed, 5, i, 300) - 150;
            int64_t n = (int64_t)mu_draw_below(seed, 6, i, 121) - 60, to = counted_by_hand(c, from, n);
            assert_int_equal(mu_working_add(c, from, n), to);
            if (n > 0)
                assert_int_equal(mu_working_between(c, from, to), n);
            int64_t next = mu_calendar_working(c, from) ? from : counted_by_hand(c, from, 1);
            assert_int_equal(mu_working_from(c, from), next);
        }
    }
    print_message("%d sums of working days equal the count by hand\n", checked);
}

static void a_holiday_counts_once_and_only_on_a_working_day(void **state)
{
    mu_calendar *c = mu_calendar_new(*state, MU_SATURDAY_SUNDAY);
    mu_calendar_add(c, day(2026, 12, 25)); /* a Friday */
    mu_calendar_add(c, day(2026, 12, 26));
    mu_calendar_add(c, day(2026, 12, 25));
    assert_int_equal(mu_calendar_count(c), 2);
    assert_int_equal(mu_calendar_at(c, 1), day(2026, 12, 26));
    assert_true(mu_calendar_holiday(c, day(2026, 12, 26)));
    assert_int_equal(mu_working_add(c, day(2026, 12, 24), 1), day(2026, 12, 28));
    assert_int_equal(mu_working_add(c, day(2026, 12, 28), -1), day(2026, 12, 24));
    assert_int_equal(mu_working_add(c, day(2026, 12, 25), 0), day(2026, 12, 25));
}

static void days_stop_at_the_ends_of_the_calendar(void **state)
{
    mu_calendar *c = mu_calendar_new(*state, MU_FRIDAY_SATURDAY);
    assert_int_equal(mu_working_add(c, 0, INT64_MAX), MU_DAY_LAST);
    assert_int_equal(mu_working_add(c, 0, INT64_MIN), MU_DAY_FIRST);
    assert_int_equal(mu_working_add(c, INT64_MAX, 5), MU_DAY_LAST);
    assert_int_equal(mu_working_add(c, INT64_MIN, -5), MU_DAY_FIRST);
}

/* ---- hours of a week ---- */

static void hours_hold_their_first_minute_and_not_their_last(void **state)
{
    (void)state;
    int r[8][2], n = mu_hours_read("mon-fri 09:00-17:30", r, 8);
    assert_false(mu_hours_inside(r, n, NULL, at(2026, 7, 10, 8, 59)));
    assert_true(mu_hours_inside(r, n, NULL, at(2026, 7, 10, 9, 0)));
    assert_true(mu_hours_inside(r, n, NULL, at(2026, 7, 10, 17, 30) - 1));
    assert_false(mu_hours_inside(r, n, NULL, at(2026, 7, 10, 17, 30)));
    assert_false(mu_hours_inside(r, n, NULL, at(2026, 7, 11, 12, 0)));
    assert_int_equal(mu_hours_next(r, n, NULL, at(2026, 7, 10, 17, 30)), at(2026, 7, 13, 9, 0));
    assert_int_equal(mu_hours_next(r, n, NULL, at(2026, 7, 10, 12, 0) + 7), at(2026, 7, 10, 12, 0) + 7);
    assert_int_equal(mu_hours_next(r, 0, NULL, 0), MU_MOMENT_LAST);
}

static void hours_go_over_midnight_and_the_end_of_the_week(void **state)
{
    (void)state;
    int r[8][2], n = mu_hours_read("sun 22:00-06:00", r, 8);
    assert_true(mu_hours_inside(r, n, NULL, at(2026, 7, 13, 5, 59)));
    assert_false(mu_hours_inside(r, n, NULL, at(2026, 7, 13, 6, 0)));
    assert_true(mu_hours_inside(r, n, NULL, at(1969, 12, 29, 1, 0))); /* a Monday */
    n = mu_hours_read("sat-sun 00:00-24:00", r, 8);
    assert_true(mu_hours_inside(r, n, NULL, at(2026, 7, 12, 23, 59)));
    assert_false(mu_hours_inside(r, n, NULL, at(2026, 7, 13, 0, 0)));
}

static void a_holiday_closes_the_range_that_begins_on_it(void **state)
{
    int r[8][2], n = mu_hours_read("mon-fri 22:00-06:00", r, 8);
    mu_calendar *c = mu_calendar_new(*state, MU_SATURDAY_SUNDAY);
    mu_calendar_add(c, day(2026, 7, 9)); /* a Thursday */
    assert_true(mu_hours_inside(r, n, c, at(2026, 7, 9, 5, 0)));
    assert_false(mu_hours_inside(r, n, c, at(2026, 7, 9, 23, 0)));
    assert_false(mu_hours_inside(r, n, c, at(2026, 7, 10, 5, 0)));
    assert_int_equal(mu_hours_next(r, n, c, at(2026, 7, 9, 12, 0)), at(2026, 7, 10, 22, 0));
    n = mu_hours_read("thu 09:00-17:00", r, 8);
    assert_int_equal(mu_hours_next(r, n, c, at(2026, 7, 9, 10, 0)), at(2026, 7, 16, 9, 0));
}

static void the_next_hour_is_what_a_search_by_the_minute_finds(void **state)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        int r[3][2];
        int64_t monday = day(2026, 7, 6);
        mu_calendar *c = mu_calendar_new(*state, 0);
        for (uint64_t i = 0; i < 3; i++) {
            r[i][0] = (int)mu_draw_below(seed, 1, i, 10080);
            r[i][1] = r[i][0] + 1 + (int)mu_draw_below(seed, 2, i, 1440);
            mu_calendar_add(c, monday + (int64_t)mu_draw_below(seed, 3, i, 10));
        }
        int64_t from = (monday * 1440 + (int64_t)mu_draw_below(seed, 4, 0, 10080)) * 60000, found = from;
        while (!mu_hours_inside(r, 3, c, found))
            found += 60000;
        assert_int_equal(mu_hours_next(r, 3, c, from), found);
    }
}

/* ---- legal periods ---- */

typedef struct legal {
    mu_calendar *calendar;
    mu_zone *zone;
} legal;

static legal berlin(void **state)
{
    legal l = {mu_calendar_new(*state, MU_SATURDAY_SUNDAY), mu_zone_load(*state, "Europe/Berlin")};
    mu_calendar_add(l.calendar, day(2026, 4, 3)); /* Good Friday */
    mu_calendar_add(l.calendar, day(2026, 4, 6)); /* Easter Monday */
    mu_calendar_add(l.calendar, day(2026, 12, 25));
    return l;
}

/* The local reading at which a period is over that starts at a local reading. */
static int64_t due(legal l, mu_period_unit unit, int64_t count, unsigned rules, int64_t local)
{
    int64_t utc = mu_period_end(l.calendar, l.zone, (mu_period){unit, count, rules}, mu_zone_utc(l.zone, local));
    return mu_zone_local(l.zone, utc);
}

static void hours_run_by_the_clock_across_a_clock_change(void **state)
{
    legal l = berlin(state);
    assert_int_equal(due(l, MU_PERIOD_HOURS, 72, 0, at(2026, 7, 10, 17, 40)), at(2026, 7, 13, 17, 40));
    assert_int_equal(due(l, MU_PERIOD_HOURS, 72, 0, at(2026, 3, 27, 12, 0)), at(2026, 3, 30, 13, 0));
    assert_int_equal(due(l, MU_PERIOD_HOURS, 4, MU_EVENT_HOUR_FREE, at(2026, 7, 10, 17, 40)), at(2026, 7, 10, 22, 0));
    assert_int_equal(due(l, MU_PERIOD_HOURS, 1, MU_EVENT_HOUR_FREE, at(2026, 7, 10, 17, 0)), at(2026, 7, 10, 19, 0));
}

static void the_day_of_the_event_does_not_count(void **state)
{
    legal l = berlin(state);
    assert_int_equal(due(l, MU_PERIOD_DAYS, 3, 0, at(2026, 7, 10, 0, 0)), at(2026, 7, 14, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 3, 0, at(2026, 7, 10, 23, 59)), at(2026, 7, 14, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 3, MU_EVENT_DAY_COUNTS, at(2026, 7, 10, 9, 0)), at(2026, 7, 13, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 0, 0, at(2026, 7, 10, 9, 0)), at(2026, 7, 11, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_WORKING_DAYS, 4, 0, at(2026, 7, 10, 9, 0)), at(2026, 7, 17, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_WORKING_DAYS, 4, MU_EVENT_DAY_COUNTS, at(2026, 7, 10, 9, 0)),
                     at(2026, 7, 16, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_WORKING_DAYS, 1, MU_EVENT_DAY_COUNTS, at(2026, 7, 11, 9, 0)),
                     at(2026, 7, 14, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_WORKING_DAYS, 2, 0, at(2026, 4, 2, 9, 0)), at(2026, 4, 9, 0, 0));
}

static void the_day_is_that_of_the_recipient(void **state)
{
    legal l = berlin(state), ny = l;
    ny.zone = mu_zone_load(*state, "America/New_York");
    int64_t utc = at(2026, 7, 10, 23, 30); /* Saturday in Berlin, Friday in New York */
    mu_period four = {MU_PERIOD_WORKING_DAYS, 4, 0}, one = {MU_PERIOD_DAYS, 1, 0};
    assert_int_equal(mu_period_end(l.calendar, l.zone, one, utc), at(2026, 7, 12, 22, 0));
    assert_int_equal(mu_period_end(ny.calendar, ny.zone, one, utc), at(2026, 7, 12, 4, 0));
    assert_int_equal(mu_period_end(ny.calendar, ny.zone, four, utc), at(2026, 7, 17, 4, 0));
}

static void months_end_on_the_same_date_or_the_last_day(void **state)
{
    legal l = berlin(state);
    assert_int_equal(due(l, MU_PERIOD_MONTHS, 1, 0, at(2026, 1, 31, 9, 0)), at(2026, 3, 1, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_MONTHS, 1, 0, at(2026, 7, 10, 9, 0)), at(2026, 8, 11, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_MONTHS, 1, MU_EVENT_DAY_COUNTS, at(2026, 7, 10, 9, 0)), at(2026, 8, 10, 0, 0));
}

static void an_end_on_a_day_that_is_no_working_day_moves_on_where_the_rule_says_so(void **state)
{
    legal l = berlin(state);
    assert_int_equal(due(l, MU_PERIOD_DAYS, 1, 0, at(2026, 7, 10, 9, 0)), at(2026, 7, 12, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 1, MU_END_ON_WORKING_DAY, at(2026, 7, 10, 9, 0)), at(2026, 7, 14, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_MONTHS, 1, MU_END_ON_WORKING_DAY, at(2026, 3, 3, 9, 0)), at(2026, 4, 8, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_HOURS, 24, MU_END_ON_WORKING_DAY, at(2026, 7, 10, 9, 0)), at(2026, 7, 11, 9, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 2, MU_TWO_WORKING_DAYS, at(2026, 7, 10, 9, 0)), at(2026, 7, 15, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 4, MU_TWO_WORKING_DAYS, at(2026, 7, 10, 9, 0)), at(2026, 7, 15, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_DAYS, 1, MU_TWO_WORKING_DAYS, at(2026, 7, 10, 9, 0)), at(2026, 7, 12, 0, 0));
}

static void the_rule_of_noon_moves_hours_as_well(void **state)
{
    legal l = berlin(state);
    unsigned noon = MU_NOON_OF_WORKING_DAY;
    assert_int_equal(due(l, MU_PERIOD_HOURS, 72, noon, at(2026, 7, 8, 15, 0)), at(2026, 7, 13, 12, 0));
    assert_int_equal(due(l, MU_PERIOD_HOURS, 72, noon, at(2026, 7, 7, 15, 0)), at(2026, 7, 10, 15, 0));
    assert_int_equal(due(l, MU_PERIOD_HOURS, 24, noon, at(2026, 7, 10, 0, 0)), at(2026, 7, 11, 0, 0));
    assert_int_equal(due(l, MU_PERIOD_MONTHS, 1, noon, at(2026, 3, 3, 9, 0)), at(2026, 4, 7, 12, 0));
    assert_int_equal(due(l, MU_PERIOD_MONTHS, 1, noon, at(2026, 3, 7, 9, 0)), at(2026, 4, 8, 0, 0));
}

static void the_end_of_a_day_is_there_where_midnight_is_not(void **state)
{
    legal l = berlin(state);
    l.zone = mu_zone_load(*state, "Asia/Beirut"); /* 2026-03-29 begins at 01:00 */
    int64_t end = mu_period_end(l.calendar, l.zone, (mu_period){MU_PERIOD_DAYS, 1, 0}, at(2026, 3, 27, 9, 0));
    assert_int_equal(end, at(2026, 3, 28, 22, 0));
    assert_int_equal(mu_zone_local(l.zone, end - 1), at(2026, 3, 29, 0, 0) - 1);
}

static void periods_equal_a_count_by_hand(void **state)
{
    legal l = berlin(state);
    for (uint64_t seed = 0; seed < 2000; seed++) {
        l.calendar = seed % 50 ? l.calendar : some_calendar(*state, seed, day(2026, 6, 1));
        int64_t n = 1 + (int64_t)mu_draw_below(seed, 7, 0, 30), first = day(2026, 5, 1) + (int64_t)(seed % 90);
        int64_t last = first + n;
        while (!mu_calendar_working(l.calendar, last))
            last++;
        int64_t local = first * MU_DAY_MS + (int64_t)mu_draw_below(seed, 8, 0, 86400000);
        assert_int_equal(due(l, MU_PERIOD_DAYS, n, MU_END_ON_WORKING_DAY, local), (last + 1) * MU_DAY_MS);
        int64_t work = counted_by_hand(l.calendar, first, n);
        assert_int_equal(due(l, MU_PERIOD_WORKING_DAYS, n, 0, local), (work + 1) * MU_DAY_MS);
    }
}

static void a_period_of_any_length_has_an_end(void **state)
{
    legal l = berlin(state);
    for (int unit = 0; unit < 4; unit++)
        for (unsigned rules = 0; rules < 32; rules++) {
            mu_period p = {(mu_period_unit)unit, INT64_MAX, rules};
            assert_true(mu_period_end(l.calendar, l.zone, p, INT64_MAX) <= MU_MOMENT_LAST);
            assert_true(mu_period_end(l.calendar, l.zone, p, INT64_MIN) <= MU_MOMENT_LAST);
        }
}

/* ---- turns ---- */

static void a_week_is_a_week_across_a_clock_change(void **state)
{
    mu_zone *z = mu_zone_load(*state, "Europe/Berlin");
    mu_turn week = {MU_TURN_DAYS, 7};
    int64_t from = at(2026, 3, 23, 9, 0), change = mu_turn_begins(from, week, 1);
    assert_int_equal(change, at(2026, 3, 30, 9, 0));
    assert_int_equal(mu_zone_utc(z, change) - mu_zone_utc(z, from), 7 * MU_DAY_MS - 3600000);
    assert_int_equal(mu_turn_index(from, week, change - 1), 0);
    assert_int_equal(mu_turn_index(from, week, change), 1);
    assert_int_equal(mu_turn_index(from, week, from - 1), -1);
    assert_int_equal(mu_turn_index(from, week, from - 7 * MU_DAY_MS), -1);
    assert_int_equal(mu_turn_index(from, week, from - 7 * MU_DAY_MS - 1), -2);
}

static void turns_of_months_take_the_last_day_where_there_is_no_31st(void **state)
{
    (void)state;
    mu_turn month = {MU_TURN_MONTHS, 1}, quarter = {MU_TURN_MONTHS, 3};
    int64_t from = at(2026, 1, 31, 9, 0);
    assert_int_equal(mu_turn_begins(from, month, 1), at(2026, 2, 28, 9, 0));
    assert_int_equal(mu_turn_index(from, month, at(2026, 2, 28, 8, 59)), 0);
    assert_int_equal(mu_turn_index(from, month, at(2026, 2, 28, 9, 0)), 1);
    assert_int_equal(mu_turn_index(from, month, at(2026, 3, 31, 8, 0)), 1);
    assert_int_equal(mu_turn_index(from, month, at(2025, 12, 31, 9, 0)), -1);
    assert_int_equal(mu_turn_index(from, quarter, at(2026, 4, 30, 9, 0)), 1);
    assert_int_equal(mu_turn_index(from, quarter, at(2026, 4, 30, 8, 59)), 0);
}

static void a_moment_lies_between_the_beginnings_of_its_turn_and_the_next(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 20000; i++) {
        int64_t from = at(1970, 1, 1, 0, 0) + (int64_t)mu_draw(3, 1, i) * 600;
        int64_t now = at(1970, 1, 1, 0, 0) + (int64_t)mu_draw(3, 2, i) * 600;
        mu_turn turn = {(mu_turn_unit)(i % 3), 1 + mu_draw_below(3, 3, i, 40)};
        if (turn.unit == MU_TURN_MS)
            turn.count *= 3600000;
        int64_t n = mu_turn_index(from, turn, now);
        assert_true(mu_turn_begins(from, turn, n) <= now);
        assert_true(now < mu_turn_begins(from, turn, n + 1));
    }
    mu_turn huge = {MU_TURN_DAYS, INT64_MAX};
    assert_int_equal(mu_turn_index(0, huge, MU_MOMENT_LAST), 0);
    assert_int_equal(mu_turn_begins(0, huge, INT64_MAX), MU_MOMENT_LAST);
    assert_int_equal(mu_turn_begins(0, huge, INT64_MIN), MU_MOMENT_FIRST);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(every_day_of_ten_thousand_years_is_counted_once),
        T(a_date_that_no_calendar_has_does_not_exist),
        T(weeks_begin_on_monday_before_1970_too),
        T(months_keep_the_day_or_take_the_last),
        T(the_longest_duration_that_can_be_written_does_not_overflow),
        T(working_days_are_what_counting_day_by_day_gives),
        T(a_holiday_counts_once_and_only_on_a_working_day),
        T(days_stop_at_the_ends_of_the_calendar),
        T(hours_hold_their_first_minute_and_not_their_last),
        T(hours_go_over_midnight_and_the_end_of_the_week),
        T(a_holiday_closes_the_range_that_begins_on_it),
        T(the_next_hour_is_what_a_search_by_the_minute_finds),
        T(hours_run_by_the_clock_across_a_clock_change),
        T(the_day_of_the_event_does_not_count),
        T(the_day_is_that_of_the_recipient),
        T(months_end_on_the_same_date_or_the_last_day),
        T(an_end_on_a_day_that_is_no_working_day_moves_on_where_the_rule_says_so),
        T(the_rule_of_noon_moves_hours_as_well),
        T(the_end_of_a_day_is_there_where_midnight_is_not),
        T(periods_equal_a_count_by_hand),
        T(a_period_of_any_length_has_an_end),
        T(a_week_is_a_week_across_a_clock_change),
        T(turns_of_months_take_the_last_day_where_there_is_no_31st),
        T(a_moment_lies_between_the_beginnings_of_its_turn_and_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
