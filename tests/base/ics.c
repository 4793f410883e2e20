#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/draw.h"
#include "base/text.h"
#include "test.h"

#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n"
#define TAIL "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n" lines "END:VEVENT\r\n"
#define FILE_OF(lines)                                                                                                 \
    HEAD EVENT(lines)                                                                                                  \
    TAIL

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

static mu_calendar *read_years(void **state, const char *text, int first, int last, mu_ics *out)
{
    mu_calendar *c = mu_calendar_new(*state, MU_SATURDAY_SUNDAY);
    bool ok = mu_calendar_ics(c, *state, text, strlen(text), first, last, out);
    assert_int_equal(ok, out->wrong == NULL);
    assert_int_equal((int)mu_calendar_count(c), out->days);
    return c;
}

static mu_calendar *read_text(void **state, const char *text, mu_ics *out)
{
    return read_years(state, text, 2026, 2028, out);
}

static void expect_days(void **state, const char *text, const int64_t *days, int count)
{
    mu_ics out;
    mu_calendar *c = read_text(state, text, &out);
    assert_null(out.wrong);
    assert_int_equal(out.days, count);
    for (int i = 0; i < count; i++)
        assert_int_equal(mu_calendar_at(c, (size_t)i), days[i]);
}
#define EXPECT(text, ...)                                                                                              \
    expect_days(state, text, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void dates_and_runs_of_days_are_read(void **state)
{
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\nSUMMARY:Christmas\r\n"),
           day(2026, 12, 25));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20261225\r\n"), day(2026, 12, 25));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225\r\n"), day(2026, 12, 25));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n"), day(2026, 12, 25),
           day(2026, 12, 26));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDURATION:P2D\r\n"), day(2026, 12, 25), day(2026, 12, 26));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20251231\r\nDTEND;VALUE=DATE:20260102\r\n"), day(2026, 1, 1));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20281231\r\nDTEND;VALUE=DATE:20290102\r\n"), day(2028, 12, 31));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20260505\r\nRDATE;VALUE=DATE:20270506,20280507\r\n"), day(2026, 5, 5),
           day(2027, 5, 6), day(2028, 5, 7));
}

static void yearly_rules_are_walked_within_the_years_asked_for(void **state)
{
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:19991225\r\nRRULE:FREQ=YEARLY\r\n"), day(2026, 12, 25), day(2027, 12, 25),
           day(2028, 12, 25));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n"), day(2026, 11, 26),
           day(2027, 11, 25), day(2028, 11, 23));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20200525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\n"), day(2026, 5, 25),
           day(2027, 5, 31), day(2028, 5, 29));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;UNTIL=20270101\r\n"), day(2026, 1, 1),
           day(2027, 1, 1));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;UNTIL=20270101T000000Z\r\n"), day(2026, 1, 1),
           day(2027, 1, 1));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n"), day(2026, 1, 1), day(2027, 1, 1));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;UNTIL=20200101\r\n"), day(2026, 1, 1));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\n"), day(2028, 2, 29));
    EXPECT(FILE_OF("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270101,20280101\r\n"),
           day(2026, 1, 1));
}

static void other_parts_of_the_file_do_not_matter(void **state)
{
    static const char *const noise =
        "\xef\xbb\xbf" HEAD "X-WR-CALNAME:Feier\r\n tage\r\nBEGIN:VTIMEZONE\r\nTZID:/etc/passwd\r\nBEGIN:STANDARD\r\n"
        "DTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT(
            "DTSTART;\r\n VALUE=DA\r\n\tTE:2026\r\n 1225\r\nDESCRIPTION:\r\nATTACH:garbage\r\nBEGIN:VALARM\r\n"
            "DURATION:nonsense\r\nEND:VALARM\r\n") "BEGIN:VTODO\r\nRRULE:FREQ=SECONDLY\r\nEND:VTODO\r\n" TAIL "\r\n";
    EXPECT(noise, day(2026, 12, 25));
    EXPECT("begin:vcalendar\nbegin:vevent\ndtstart;value=date:20261225\nend:vevent\nend:vcalendar", day(2026, 12, 25));
    EXPECT(HEAD EVENT("DTSTART;VALUE=DATE:20261225\r\n") EVENT("DTSTART;VALUE=DATE:20261225\r\n") TAIL,
           day(2026, 12, 25));
    EXPECT("\n\n" FILE_OF("DTSTART;VALUE=DATE:20261225\r\n") "\n\n", day(2026, 12, 25));
}

static void a_real_calendar_gives_its_days(void **state)
{
    static char text[1 << 15];
    FILE *f = fopen(CORPORA "/calendars/england-and-wales.ics", "rb");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    static const mu_date of_2022[] = {{2022, 1, 3}, {2022, 4, 15}, {2022, 4, 18}, {2022, 5, 2},   {2022, 6, 2},
                                      {2022, 6, 3}, {2022, 8, 29}, {2022, 9, 19}, {2022, 12, 26}, {2022, 12, 27}};
    enum { DAYS = sizeof of_2022 / sizeof *of_2022 };
    mu_ics out;
    mu_calendar *c = read_years(state, text, 2022, 2022, &out);
    assert_null(out.wrong);
    assert_int_equal(out.days, DAYS);
    for (size_t i = 0; i < DAYS; i++)
        assert_int_equal(mu_calendar_at(c, i), mu_day_of_date(of_2022[i]));
}

static void an_event_with_a_time_or_a_cancelled_one_is_no_holiday(void **state)
{
    mu_ics out;
    read_text(state, FILE_OF("DTSTART:20261224T140000Z\r\nDTEND:20261224T180000Z\r\n"), &out);
    assert_null(out.wrong);
    assert_int_equal(out.timed, 1);
    assert_int_equal(out.days, 0);
    read_text(state, FILE_OF("DTSTART;VALUE=DATE:20261224\r\nSTATUS:CANCELLED\r\n"), &out);
    assert_null(out.wrong);
    assert_int_equal(out.days, 0);
}

static void what_cannot_be_meant_is_refused_with_its_line(void **state)
{
    static const char *const no[] = {
        "",
        "\r\n",
        "hello",
        "{\"json\": 1}",
        HEAD,
        HEAD "BEGIN:VEVENT\r\n",
        HEAD "END:VEVENT\r\n" TAIL,
        TAIL,
        "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nEND:VEVENT\r\n",
        FILE_OF("SUMMARY:no day\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20260231\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:2026\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:tomorrow\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:18991231\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTSTART;VALUE=DATE:20261226\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261201\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20290101\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDTEND:20261226T120000Z\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDURATION:PT5H\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nDURATION:P9999D\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=DAILY\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;BYHOUR=1,2,3\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;RSCALE=CHINESE\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRRULE:yearly please\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;BYMONTH=13\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nEXRULE:FREQ=YEARLY\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRECURRENCE-ID;VALUE=DATE:20261225\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nEXDATE:20261225T000000\r\n"),
        FILE_OF("DTSTART;VALUE=DATE:20261225\r\nRDATE;VALUE=PERIOD:20261225T000000Z/PT1H\r\n"),
        HEAD "BEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VEVENT\r\n" TAIL,
    };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        mu_ics out;
        read_text(state, no[i], &out);
        if (!out.wrong)
            print_error("taken, with %d days: %s\n", out.days, no[i]);
        assert_non_null(out.wrong);
        assert_int_equal(out.days, 0);
    }
    mu_ics out;
    read_text(state, FILE_OF("DTSTART;VALUE=DATE:20261225\r\nEXRULE:FREQ=YEARLY\r\n"), &out);
    assert_non_null(strstr(out.wrong, "line 8: EXRULE"));
}

/* `count` times `text` between the head and the tail. */
static void read_many(void **state, const char *head, const char *text, int count, const char *tail, mu_ics *out)
{
    mu_buf file = {0};
    mu_buf_puts(&file, head);
    for (int i = 0; i < count; i++)
        mu_buf_puts(&file, text);
    mu_buf_puts(&file, tail);
    read_years(state, file.text, 1900, 9999, out);
    mu_buf_free(&file);
}

static void a_large_or_deep_file_comes_to_an_end(void **state)
{
    static const char *const start = HEAD "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:19000101\r\n";
    mu_ics out;
    read_many(state, HEAD, "BEGIN:X\r\n", 110000, TAIL, &out);
    assert_non_null(out.wrong);
    read_many(state, HEAD, "BEGIN:VEVENT\r\n", 70000, TAIL, &out);
    assert_non_null(out.wrong);
    read_many(state, HEAD, "X-A:0123456789\r\n", 80000, TAIL, &out);
    assert_non_null(strstr(out.wrong, "1 MiB"));
    read_many(state, HEAD, " 123456789012345678901234567890", 33000, TAIL, &out);
    read_many(state, start, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n", 20000, "END:VEVENT\r\n" TAIL, &out);
    read_many(state, start, "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR\r\n", 20000, "END:VEVENT\r\n" TAIL, &out);
    assert_non_null(out.wrong);
    read_many(state, start, "EXDATE;VALUE=DATE:20260101\r\n", 30000, "END:VEVENT\r\n" TAIL, &out);
    assert_non_null(out.wrong);
    read_many(state, HEAD, EVENT("DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=YEARLY\r\n"), 8000, TAIL, &out);
    assert_non_null(out.wrong);
}

static void a_damaged_file_is_refused_or_harmless(void **state)
{
    (void)state;
    static char text[] =
        FILE_OF("DTSTART;VALUE=DATE:20200525\r\nDTEND;VALUE=DATE:20200526\r\nRRULE:FREQ=YEARLY;BYMONTH=5;"
                "BYDAY=-1MO;UNTIL=20300101\r\nEXDATE;VALUE=DATE:20270531\r\n");
    for (uint64_t i = 0; i < 6000; i++) {
        mu_arena *arena = mu_arena_new();
        mu_calendar *c = mu_calendar_new(arena, 0);
        char broken[sizeof text];
        mu_ics out;
        memcpy(broken, text, sizeof text);
        for (uint64_t k = 0; k <= i % 3; k++)
            broken[mu_draw_below(5, k, 2 * i, sizeof text - 1)] = (char)mu_draw_below(5, k, 2 * i + 1, 256);
        size_t len = i % 2 ? sizeof text - 1 : mu_draw_below(5, 9, i, sizeof text);
        mu_calendar_ics(c, arena, broken, len, 2020, 2030, &out);
        mu_arena_free(arena);
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(dates_and_runs_of_days_are_read),
        T(yearly_rules_are_walked_within_the_years_asked_for),
        T(other_parts_of_the_file_do_not_matter),
        T(a_real_calendar_gives_its_days),
        T(an_event_with_a_time_or_a_cancelled_one_is_no_holiday),
        T(what_cannot_be_meant_is_refused_with_its_line),
        T(a_large_or_deep_file_comes_to_an_end),
        T(a_damaged_file_is_refused_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
