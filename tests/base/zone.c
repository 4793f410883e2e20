#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/draw.h"
#include "base/tzrule.h"
#include "test.h"

static const char *const names[] = {
    "Europe/Dublin",      "Africa/Casablanca", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata",
    "Pacific/Apia",       "America/St_Johns",  "Antarctica/Troll",    "Asia/Tehran",      "America/Sao_Paulo",
    "Pacific/Kiritimati", "America/Havana",    "Asia/Gaza",           "Etc/GMT+12",       "UTC",
};
enum { NAMES = sizeof names / sizeof *names };

static int64_t at(int year, int month, int day, int hour, int minute)
{
    return mu_day_of_date((mu_date){year, month, day}) * MU_DAY_MS + hour * 3600000 + minute * 60000;
}

/* A moment of 1970 to 2100, to the millisecond. */
static int64_t moment(uint64_t purpose, uint64_t index)
{
    uint64_t wide = (uint64_t)mu_draw(7, purpose, 2 * index) << 32 | mu_draw(7, purpose, 2 * index + 1);
    return (int64_t)(wide % (uint64_t)at(2100, 1, 1, 0, 0));
}

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

static mu_zone *zone(void **state, const char *name)
{
    mu_zone *z = mu_zone_load(*state, name);
    assert_non_null(z);
    return z;
}

static void a_zone_says_its_offset_and_abbreviation(void **state)
{
    mu_zone *z = zone(state, "America/New_York");
    mu_zone_span winter = mu_zone_at(z, at(2026, 1, 15, 12, 0)), far = mu_zone_at(z, at(2525, 7, 15, 12, 0));
    assert_int_equal(winter.offset_ms, -5 * 3600000);
    assert_string_equal(winter.abbreviation, "EST");
    assert_false(winter.dst);
    assert_int_equal(winter.from_ms, at(2025, 11, 2, 6, 0));
    assert_int_equal(winter.until_ms, at(2026, 3, 8, 7, 0));
    assert_int_equal(far.offset_ms, -4 * 3600000);
    assert_string_equal(far.abbreviation, "EDT");
    assert_string_equal(mu_zone_name(z), "America/New_York");
    assert_int_equal(mu_zone_at(zone(state, "Europe/Dublin"), at(2026, 7, 1, 0, 0)).offset_ms, 3600000);
    assert_int_equal(mu_zone_at(zone(state, "Asia/Kolkata"), at(2026, 7, 1, 0, 0)).offset_ms, 330 * 60000);
}

static void a_reading_in_a_gap_moves_forward_by_the_gap(void **state)
{
    mu_zone *ny = zone(state, "America/New_York"), *howe = zone(state, "Australia/Lord_Howe");
    mu_zone *apia = zone(state, "Pacific/Apia"), *beirut = zone(state, "Asia/Beirut");
    assert_int_equal(mu_zone_local(ny, mu_zone_utc(ny, at(2026, 3, 8, 2, 30))), at(2026, 3, 8, 3, 30));
    assert_int_equal(mu_zone_utc(ny, at(2026, 3, 8, 1, 59)), at(2026, 3, 8, 6, 59));
    assert_int_equal(mu_zone_utc(ny, at(2026, 3, 8, 3, 0)), at(2026, 3, 8, 7, 0));
    assert_int_equal(mu_zone_local(howe, mu_zone_utc(howe, at(2026, 10, 4, 2, 10))), at(2026, 10, 4, 2, 40));
    assert_int_equal(mu_zone_local(apia, mu_zone_utc(apia, at(2011, 12, 30, 12, 0))), at(2011, 12, 31, 12, 0));
    assert_int_equal(mu_zone_local(beirut, mu_zone_utc(beirut, at(2026, 3, 29, 0, 0))), at(2026, 3, 29, 1, 0));
}

static void of_a_reading_shown_twice_the_first_is_meant(void **state)
{
    mu_zone *ny = zone(state, "America/New_York"), *howe = zone(state, "Australia/Lord_Howe");
    assert_int_equal(mu_zone_utc(ny, at(2026, 11, 1, 1, 30)), at(2026, 11, 1, 5, 30));
    assert_int_equal(mu_zone_utc(ny, at(2026, 11, 1, 2, 0)), at(2026, 11, 1, 7, 0));
    assert_int_equal(mu_zone_local(ny, at(2026, 11, 1, 6, 30)), at(2026, 11, 1, 1, 30));
    assert_int_equal(mu_zone_utc(howe, at(2026, 4, 5, 1, 45)), at(2026, 4, 4, 14, 45));
}

static void there_and_back_is_the_same_moment_or_the_first_of_two(void **state)
{
    for (int n = 0; n < NAMES; n++) {
        mu_zone *z = zone(state, names[n]);
        for (uint64_t i = 0; i < 4000; i++) {
            int64_t utc = moment(mu_purpose("there and back", names[n]), i);
            /* every other one close to a change */
            mu_zone_span span = mu_zone_at(z, utc);
            if (i % 2 && span.until_ms < MU_MOMENT_LAST)
                utc = span.until_ms + (int64_t)mu_draw_below(7, 1, i, 10800000) - 5400000;
            int64_t local = mu_zone_local(z, utc), back = mu_zone_utc(z, local);
            assert_int_equal(mu_zone_local(z, back), local);
            assert_true(back == utc || (back < utc && utc - back <= MU_DAY_MS));
            assert_true(back == utc || mu_zone_at(z, back).offset_ms > mu_zone_at(z, utc).offset_ms);
        }
    }
}

static void a_gap_never_answers_with_an_earlier_reading(void **state)
{
    for (int n = 0; n < NAMES; n++) {
        mu_zone *z = zone(state, names[n]);
        for (uint64_t i = 0; i < 2000; i++) {
            int64_t local = moment(mu_purpose("gap", names[n]), i), utc = mu_zone_utc(z, local);
            int64_t moved = mu_zone_local(z, utc) - local;
            assert_true(moved >= 0);
            if (moved) { /* by what the clock was set forward */
                mu_zone_span span = mu_zone_at(z, utc);
                assert_int_equal(moved, span.offset_ms - mu_zone_at(z, span.from_ms - 1).offset_ms);
            }
        }
    }
}

static void spans_follow_each_other_without_a_hole(void **state)
{
    for (int n = 0; n < NAMES; n++) {
        mu_zone *z = zone(state, names[n]);
        int64_t utc = MU_MOMENT_FIRST;
        int count = 0;
        while (utc < at(2200, 1, 1, 0, 0) && count++ < 2000) {
            mu_zone_span span = mu_zone_at(z, utc), end = mu_zone_at(z, span.until_ms - 1);
            assert_int_equal(span.from_ms, utc);
            assert_true(span.until_ms > utc);
            assert_int_equal(end.from_ms, utc);
            assert_int_equal(end.offset_ms, span.offset_ms);
            utc = span.until_ms;
        }
    }
}

static void what_is_no_name_of_the_database_is_no_zone(void **state)
{
    static const char *const no[] = {
        "",
        "Mars/Olympus",
        "localtime",
        "posixrules",
        "right/UTC",
        "zone.tab",
        "tzdata.zi",
        "Europe",
        "Europe/",
        "/etc/localtime",
        "../zoneinfo/UTC",
        "Europe/../UTC",
        "Europe//Berlin",
        "./UTC",
        "UTC\n",
        "Europe/Berlin ",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        ":UTC",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_null(mu_zone_load(*state, no[i]));
    assert_null(mu_zone_load(*state, NULL));
}

static void the_environment_has_no_say(void **state)
{
    int64_t utc = at(2026, 7, 1, 12, 0);
    setenv("TZ", "Asia/Tokyo", 1);
    setenv("TZDIR", "/nonexistent", 1);
    assert_int_equal(mu_zone_at(zone(state, "Europe/Berlin"), utc).offset_ms, 7200000);
    unsetenv("TZ");
    unsetenv("TZDIR");
}

static void a_zone_is_loaded_once_by_name(void **state)
{
    mu_zones *zones = mu_zones_new(*state);
    mu_zone *berlin = mu_zones_get(zones, "Europe/Berlin");
    assert_non_null(berlin);
    assert_ptr_equal(mu_zones_get(zones, "Europe/Berlin"), berlin);
    assert_null(mu_zones_get(zones, "Europe/Bärlin"));
    assert_null(mu_zones_get(zones, "Europe/Bärlin"));
}

static void any_number_of_milliseconds_has_an_answer(void **state)
{
    static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1,  MU_MOMENT_FIRST - 1, MU_MOMENT_FIRST, -1,
                                   0,         MU_MOMENT_LAST, MU_MOMENT_LAST + 1,  INT64_MAX - 1,   INT64_MAX};
    for (int n = 0; n < NAMES; n++) {
        mu_zone *z = zone(state, names[n]);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            int64_t local = mu_zone_local(z, ends[i]), utc = mu_zone_utc(z, ends[i]);
            assert_in_range(local - MU_MOMENT_FIRST, 0, MU_MOMENT_LAST - MU_MOMENT_FIRST);
            assert_in_range(utc - MU_MOMENT_FIRST, 0, MU_MOMENT_LAST - MU_MOMENT_FIRST);
        }
    }
}

/* ---- a file of a stranger ---- */

/* A small file, put together by hand: two changes, two kinds, a rule. */
static size_t small_file(unsigned char *to)
{
    static const unsigned char header[44] = {'T', 'Z', 'i', 'f', '2', [35] = 2, [39] = 2, [43] = 8};
    static const unsigned char empty[44] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 4};
    static const unsigned char first[] = {0, 0, 0, 0, 0, 0, 'U', 'T', 'C', 0};
    static const unsigned char second[] = {
        0,   0,   0,    0,    0,   0,   0x10, 0, 0,    0,    0, 0, 0, 0, 0x20, 0, /* at */
        1,   0,                                                                   /* into */
        0,   0,   0x0e, 0x10, 0,   0,   0,    0, 0x1c, 0x20, 1, 4,                /* kinds */
        'A', 'A', 'A',  0,    'B', 'B', 'B',  0,                                  /* names */
    };
    static const char footer[] = "\nAAA-1BBB,M3.5.0,M10.5.0/3\n";
    size_t len = 0;
#define PUT(from, n) (memcpy(to + len, from, n), len += (n))
    PUT(empty, 44);
    PUT(first, sizeof first);
    PUT(header, 44);
    PUT(second, sizeof second);
    PUT(footer, sizeof footer - 1);
    return len;
}

static void use(const mu_zone *z)
{
    for (uint64_t i = 0; z && i < 3; i++) {
        int64_t utc = moment(99, i);
        mu_zone_span span = mu_zone_at(z, utc);
        assert_true(span.from_ms <= utc && utc < span.until_ms && strlen(span.abbreviation) >= 3);
        (void)mu_zone_utc(z, utc);
    }
}

static void a_small_file_is_read(void **state)
{
    unsigned char file[256];
    mu_zone *z = mu_zone_read(*state, "small", file, small_file(file));
    assert_non_null(z);
    assert_int_equal(mu_zone_at(z, 0).offset_ms, 3600000);
    assert_int_equal(mu_zone_at(z, 0x1000 * 1000).offset_ms, 7200000);
    assert_string_equal(mu_zone_at(z, 0x1000 * 1000).abbreviation, "BBB");
    assert_int_equal(mu_zone_at(z, at(2026, 7, 1, 0, 0)).offset_ms, 7200000);
    use(z);
}

static void a_file_with_one_byte_wrong_is_no_zone(void **state)
{
    static const struct {
        int at;
        unsigned char to;
    } wrong[] = {
        {0, 't'},   {4, 0},     {4, '1'},    {4, '5'},   {35, 1},    {36, 0xff}, /* first header */
        {54, 't'},  {58, 0},    {77, 1},     {81, 1},    {85, 1},    {89, 3},     {93, 0},   {93, 3},   {97, 7},
        {97, 0},    {98, 0x40}, {106, 0x10}, {114, 2},   {112, 0},   {117, 0x7f}, {120, 2},   {121, 9}, {121, 7},
        {131, ' '}, {128, 0},   {128, '\n'}, {135, 'x'}, {136, ' '}, {137, 0},    {162, ' '},
    };
    unsigned char file[256];
    size_t len = small_file(file);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        unsigned char was = file[wrong[i].at];
        assert_int_not_equal(was, wrong[i].to);
        file[wrong[i].at] = wrong[i].to;
        mu_zone *z = mu_zone_read(*state, "small", file, len);
        if (z)
            print_error("byte %d as %d was taken\n", wrong[i].at, wrong[i].to);
        assert_null(z);
        file[wrong[i].at] = was;
    }
}

static size_t real_file(const char *name, unsigned char *to, size_t size)
{
    char path[128] = "/usr/share/zoneinfo/";
    FILE *f = fopen(strcat(path, name), "rb");
    assert_non_null(f);
    size_t len = fread(to, 1, size, f);
    fclose(f);
    return len;
}

static void a_file_cut_off_or_longer_is_no_zone(void **state)
{
    static unsigned char file[8192];
    size_t len = real_file("Europe/Dublin", file, sizeof file - 1);
    for (size_t cut = 0; cut < len; cut++)
        assert_null(mu_zone_read(*state, "cut", file, cut));
    assert_null(mu_zone_read(*state, "longer", file, len + 1));
}

static void a_flipped_bit_is_refused_or_harmless(void **state)
{
    (void)state;
    static unsigned char file[8192];
    size_t len = real_file("America/New_York", file, sizeof file);
    for (size_t bit = 0; bit < len * 8; bit++) {
        mu_arena *arena = mu_arena_new();
        file[bit / 8] ^= (unsigned char)(1u << bit % 8);
        use(mu_zone_read(arena, "flipped", file, len));
        file[bit / 8] ^= (unsigned char)(1u << bit % 8);
        mu_arena_free(arena);
    }
}

static void a_rule_is_read_whole_or_not(void **state)
{
    static const char *const yes[] = {
        "UTC0",
        "<+0530>-5:30",
        "IST-1GMT0,M10.5.0,M3.5.0/1",
        "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
        "EST5EDT,J60,J300/167",
        "XXX3EDT4,0/0,J365/23",
        "AAA-24:59:59",
        "AAA1BBB,M1.1.0/-167,365/+0:00:01",
    };
    static const char *const no[] = {
        "",
        "U",
        "UT0",
        "UTC",
        "UTC0 ",
        "UTC25",
        "UTC0:60",
        "UTC0:00:60",
        "<UTC0",
        "<UT>0",
        "A1C0",
        "EST5EDT",
        "EST5EDT,M3.2.0",
        "EST5EDT,M3.2.0,",
        "EST5EDT,M0.2.0,M11.1.0",
        "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M3.0.0,M11.1.0",
        "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,J0,J300",
        "EST5EDT,J366,J300",
        "EST5EDT,366,300",
        "EST5EDT,M3.2.0/168,M11.1.0",
        "EST5EDT,M3.2.0,M11.1.0x",
        "EST5EDT,M3.2.0,M11.1.0,M1.1.1",
        "UTC00000",
        "\nUTC0",
        "EST5EDT;M3.2.0,M11.1.0",
        "AAAAAAAAAAAAAAAAAAAA0",
        "EST5EDT,M3.2,M11.1.0",
        "EST--5",
        "EST5EDT,-1,5",
    };
    (void)state;
    mu_tz_rule rule;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(mu_tz_rule_read(yes[i], &rule));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(mu_tz_rule_read(no[i], &rule));
}

static void a_rule_may_mean_daylight_all_year(void **state)
{
    (void)state;
    mu_tz_rule rule;
    assert_true(mu_tz_rule_read("XXX3EDT4,0/0,J365/23", &rule));
    for (int month = 1; month <= 12; month++) {
        mu_tz_span span = mu_tz_rule_at(&rule, at(2027, month, 1, 2, 0) / 1000);
        assert_int_equal(span.which, 1);
    }
    assert_int_equal(rule.offset[1], -4 * 3600);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_zone_says_its_offset_and_abbreviation),
        T(a_reading_in_a_gap_moves_forward_by_the_gap),
        T(of_a_reading_shown_twice_the_first_is_meant),
        T(there_and_back_is_the_same_moment_or_the_first_of_two),
        T(a_gap_never_answers_with_an_earlier_reading),
        T(spans_follow_each_other_without_a_hole),
        T(what_is_no_name_of_the_database_is_no_zone),
        T(the_environment_has_no_say),
        T(a_zone_is_loaded_once_by_name),
        T(any_number_of_milliseconds_has_an_answer),
        T(a_small_file_is_read),
        T(a_file_with_one_byte_wrong_is_no_zone),
        T(a_file_cut_off_or_longer_is_no_zone),
        T(a_flipped_bit_is_refused_or_harmless),
        T(a_rule_is_read_whole_or_not),
        T(a_rule_may_mean_daylight_all_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
