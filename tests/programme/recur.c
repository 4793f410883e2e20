/* Recurrences: every rule of libical's own table comes out as the table says, hostile rules are refused, and none runs without end. */
#include "programme/recur.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "test.h"

enum { LINE = 1 << 16 };

static int64_t moment(const char *s)
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    int read = sscanf(s, "%4d%2d%2dT%2d%2d%2d", &year, &month, &day, &hour, &minute, &second);
    assert_true(read == 3 || read == 6);
    return mu_day_of_date((mu_date){year, month, day}) * MU_DAY_MS + ((hour * 60 + minute) * 60 + second) * INT64_C(1000);
}

/* The instances from `from` on are those that the table lists, and no other. */
static void one_rule(const char *rule, const char *start, const char *from, char *instances)
{
    const char *why = NULL;
    mu_arena *arena = mu_arena_new();
    mu_recur *r = mu_recur_open(arena, rule, moment(start), &why);
    int64_t local, first = from ? moment(from) : INT64_MIN;
    if (!r)
        fail_msg("%s: %s", rule, why);
    for (char *word = strtok(instances, ","); word; word = strtok(NULL, ",")) {
        bool more;
        while ((more = mu_recur_next(r, &local)) && local < first)
            continue;
        if (!more || local != moment(word))
            fail_msg("%s from %s: %s is expected", rule, start, word);
    }
    if (strstr(rule, "COUNT=") || strstr(rule, "UNTIL="))
        assert_false(mu_recur_next(r, &local));
    mu_recur_close(r);
    mu_arena_free(arena);
}

static void libicals_table_comes_out_as_it_says(void **state)
{
    (void)state;
    static char line[LINE], rule[LINE], start[LINE], from[LINE], instances[LINE];
    FILE *f = fopen(CORPORA "/ical/icalrecur_test.out", "r");
    int rules = 0;
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "RRULE:", 6) == 0) {
            snprintf(rule, sizeof rule, "%s", line + 6);
            *from = '\0';
        } else if (strncmp(line, "DTSTART:", 8) == 0) {
            snprintf(start, sizeof start, "%s", line + 8);
        } else if (strncmp(line, "START-AT:", 9) == 0) {
            snprintf(from, sizeof from, "%s", line + 9);
        } else if (strncmp(line, "INSTANCES:", 10) == 0) {
            snprintf(instances, sizeof instances, "%s", line + 10);
            one_rule(rule, start, *from ? from : NULL, instances);
            rules++;
        }
    }
    fclose(f);
    assert_int_equal(rules, 70);
}

/* ---- libical's calendar of rules, each with how many events it has ---- */

/* As far as libical's own test looks: the last second that 32 bits hold. */
#define LAST "20380119T031407"

typedef struct event {
    char rule[256], start[64], except[64], except_rules[4][256], name[256];
    int except_count, expected;
} event;

/* A line without its folds (RFC 5545, 3.1); false at the end. */
static bool unfolded(FILE *f, char *line, size_t size)
{
    if (!fgets(line, (int)size, f))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    for (int next; (next = fgetc(f)) != EOF;) {
        if (next != ' ' && next != '\t') {
            (void)ungetc(next, f);
            break;
        }
        size_t len = strlen(line);
        if (!fgets(line + len, (int)(size - len), f))
            break;
        line[strcspn(line, "\r\n")] = '\0';
    }
    return true;
}

/* What stands behind the first colon of a line with this name, with or without parameters; NULL for another line. */
static const char *value_of(const char *line, const char *name)
{
    size_t len = strlen(name);
    const char *colon = strchr(line, ':');
    return colon && strncmp(line, name, len) == 0 && (line[len] == ':' || line[len] == ';') ? colon + 1 : NULL;
}

static void take(event *e, const char *line)
{
    const char *v;
    if ((v = value_of(line, "RRULE")))
        snprintf(e->rule, sizeof e->rule, "%s", v);
    else if ((v = value_of(line, "DTSTART")))
        snprintf(e->start, sizeof e->start, "%s", v);
    else if ((v = value_of(line, "EXDATE")))
        snprintf(e->except, sizeof e->except, "%s", v);
    else if ((v = value_of(line, "EXRULE")))
        snprintf(e->except_rules[e->except_count++], sizeof e->except_rules[0], "%s", v);
    else if ((v = value_of(line, "DESCRIPTION")))
        snprintf(e->name, sizeof e->name, "%s", v);
    else if ((v = value_of(line, "X-EXPECT-NUMEVENTS")))
        e->expected = atoi(v);
}

static bool comes_at(const char *rule, int64_t start, int64_t at)
{
    const char *why;
    int64_t local = INT64_MIN;
    mu_arena *arena = mu_arena_new();
    mu_recur *r = mu_recur_open(arena, rule, start, &why);
    assert_non_null(r);
    while (local < at && mu_recur_next(r, &local))
        continue;
    mu_recur_close(r);
    mu_arena_free(arena);
    return local == at;
}

static int count_of(const event *e)
{
    const char *why = "";
    int64_t local, start = moment(e->start), last = moment(LAST);
    int n = 0;
    mu_arena *arena = mu_arena_new();
    mu_recur *r = mu_recur_open(arena, e->rule, start, &why);
    if (!r)
        fail_msg("%s: %s", e->rule, why);
    while (mu_recur_next(r, &local) && local <= last) {
        bool left_out = *e->except && moment(e->except) == local;
        for (int i = 0; i < e->except_count; i++)
            left_out = left_out || comes_at(e->except_rules[i], start, local);
        n += !left_out;
    }
    mu_recur_close(r);
    mu_arena_free(arena);
    return n;
}

static void each_event_of_libicals_calendar_comes_as_often_as_it_says(void **state)
{
    (void)state;
    static char line[LINE];
    FILE *f = fopen(CORPORA "/ical/recur.txt", "r");
    event e = {.expected = -1};
    int events = 0;
    assert_non_null(f);
    while (unfolded(f, line, sizeof line)) {
        if (strcmp(line, "BEGIN:VEVENT") == 0) {
            e = (event){.expected = -1};
        } else if (strcmp(line, "END:VEVENT") == 0) {
            assert_true(e.expected >= 0);
            if (count_of(&e) != e.expected)
                fail_msg("%s: %s from %s comes %d times, and %d times is expected", e.name, e.rule, e.start, count_of(&e), e.expected);
            events++;
        } else {
            take(&e, line);
        }
    }
    fclose(f);
    assert_int_equal(events, 57);
}

/* The last of that calendar, which stands there as a comment, is to choke a reader. */
static void a_month_that_is_none_is_refused(void **state)
{
    (void)state;
    const char *why = NULL;
    mu_arena *arena = mu_arena_new();
    assert_null(mu_recur_open(arena, "FREQ=YEARLY;BYDAY=SU;BYMONTH=0;COUNT=100", moment("20020101T090000"), &why));
    assert_non_null(why);
    mu_arena_free(arena);
}

static void what_is_no_rule_is_refused_with_a_reason(void **state)
{
    (void)state;
    static const char *const rules[] = {"", "FREQ", "FREQ=", "FREQ=QUARTERLY", "FREQ=MONTHLY;BYDAY=XX", "BYDAY=MO;FREQ=WEEKLY", "freq=daily", "FREQ=DAILY;INTERVAL=0",
                                        "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY\nSUMMARY:x", "FREQ=YEARLY;RSCALE=CHINESE", "FREQ=DAILY;X=1",
                                        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;UNTIL=never"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        mu_arena *arena = mu_arena_new();
        const char *why = NULL;
        if (mu_recur_open(arena, rules[i], moment("20260101T100000"), &why))
            fail_msg("\"%s\" is taken for a rule", rules[i]);
        assert_non_null(why);
        mu_arena_free(arena);
    }
}

static void a_rule_that_never_comes_ends(void **state)
{
    (void)state;
    static const char *const rules[] = {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=20200101"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        mu_arena *arena = mu_arena_new();
        const char *why = NULL;
        int64_t local;
        mu_recur *r = mu_recur_open(arena, rules[i], moment("20260101T100000"), &why);
        if (r && mu_recur_next(r, &local))
            fail_msg("%s comes", rules[i]);
        if (r)
            mu_recur_close(r);
        mu_arena_free(arena);
    }
}

static void more_than_once_a_day_is_known(void **state)
{
    (void)state;
    static const struct { const char *rule; bool often; } rules[] = {{"FREQ=DAILY", false}, {"FREQ=MONTHLY;BYDAY=1TU", false}, {"FREQ=HOURLY", true}, {"FREQ=SECONDLY", true},
                                                                     {"FREQ=DAILY;BYHOUR=9,17", true}, {"FREQ=WEEKLY;BYMINUTE=30", true}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        mu_arena *arena = mu_arena_new();
        const char *why;
        mu_recur *r = mu_recur_open(arena, rules[i].rule, moment("20260101T100000"), &why);
        assert_non_null(r);
        assert_int_equal(mu_recur_often(r), rules[i].often);
        mu_recur_close(r);
        mu_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(libicals_table_comes_out_as_it_says),
        cmocka_unit_test(each_event_of_libicals_calendar_comes_as_often_as_it_says),
        cmocka_unit_test(a_month_that_is_none_is_refused),
        cmocka_unit_test(what_is_no_rule_is_refused_with_a_reason),
        cmocka_unit_test(a_rule_that_never_comes_ends),
        cmocka_unit_test(more_than_once_a_day_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
