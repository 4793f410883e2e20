/* Who may come in: links work once, sessions end when they are taken back, and a list that is read again is the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "server/seats.h"

#include "test.h"

static char path[] = "/tmp/muster-seats-XXXXXX/seats";

static mu_seats *fresh(void)
{
    const char *why = "";
    snprintf(path, sizeof path, "/tmp/muster-seats-XXXXXX");
    assert_non_null(mkdtemp(path));
    strcat(path, "/seats");
    mu_seats *s = mu_seats_new(path, &why);
    assert_non_null(s);
    return s;
}

static void drop(mu_seats *s)
{
    mu_seats_free(s);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
}

static void a_link_works_once_and_again_only_for_its_own_request(void **state)
{
    char link[MU_TOKEN], session[MU_TOKEN], other[MU_TOKEN];
    mu_seats *s = fresh();
    (void)state;
    int ana = mu_seats_add(s, PART_PLAYER, "person:ana");
    mu_seats_invite(s, ana, link);
    assert_int_equal(strlen(link), 26);
    assert_int_equal(mu_seats_enter(s, link, "r1"), ana);
    mu_seats_join(s, ana, "r1", session);
    assert_int_equal(mu_seats_enter(s, link, "r2"), -1);
    assert_int_equal(mu_seats_enter(s, link, "r1"), ana); /* its answer was lost on the way */
    mu_seats_join(s, ana, "r1", other);
    assert_int_equal(mu_seats_session(s, session), ana);
    assert_int_equal(mu_seats_session(s, other), ana);
    assert_int_equal(mu_seats_session(s, link), -1);
    assert_int_equal(mu_seats_session(s, "short"), -1);
    mu_seats_invite(s, ana, other);
    assert_int_equal(mu_seats_enter(s, link, "r1"), -1); /* the new one takes its place */
    drop(s);
}

static void what_is_taken_back_ends_at_once(void **state)
{
    char link[MU_TOKEN], session[MU_TOKEN];
    mu_seats *s = fresh();
    (void)state;
    int ana = mu_seats_add(s, PART_PLAYER, "person:ana");
    mu_seats_invite(s, ana, link);
    mu_seats_join(s, ana, "r", session);
    mu_seats_revoke(s, ana);
    assert_int_equal(mu_seats_session(s, session), -1);
    assert_int_equal(mu_seats_enter(s, link, "r"), -1);
    assert_true(mu_seat_of(s, ana)->revoked);
    mu_seats_invite(s, ana, link);
    mu_seats_join(s, ana, "r3", session);
    mu_seats_leave(s, session);
    assert_int_equal(mu_seats_session(s, session), -1);
    drop(s);
}

static void the_code_of_the_table_is_read_as_people_type_it(void **state)
{
    char code[MU_TOKEN], typed[2 * MU_TOKEN], next[MU_TOKEN];
    mu_seats *s = fresh();
    (void)state;
    mu_seats_code(s, code);
    assert_int_equal(strlen(code), 8);
    snprintf(typed, sizeof typed, "%.4s-%.22s", code, code + 4);
    for (char *p = typed; *p; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    assert_true(mu_seats_at_table(s, typed));
    assert_false(mu_seats_at_table(s, ""));
    mu_seats_code(s, next);
    assert_false(mu_seats_at_table(s, code));
    drop(s);
}

/* Also where a crash cut the last line off; and no secret is in the file. */
static void a_list_that_is_read_again_is_the_same(void **state)
{
    char link[MU_TOKEN], session[MU_TOKEN], code[MU_TOKEN];
    const char *why = "";
    mu_seats *s = fresh();
    (void)state;
    int ana = mu_seats_add(s, PART_PLAYER, "person:ana"), kim = mu_seats_add(s, PART_EVALUATOR, "Kim, of the audit\n+ 9 4 x");
    mu_seats_invite(s, kim, link);
    mu_seats_code(s, code);
    mu_seats_invite(s, ana, session);
    mu_seats_join(s, ana, "r", session);
    mu_seats_ready(s, ana);
    assert_int_equal(mu_seats_flush(s), MU_SEATS_WRITTEN);
    mu_seats_free(s);
    FILE *f = fopen(path, "a");
    assert_non_null(f);
    assert_true(fputs("x 0", f) > 0 && fclose(f) == 0);
    mu_buf text = {0};
    assert_true(mu_buf_read(&text, path, 1 << 16));
    assert_null(strstr(text.text, link));
    assert_null(strstr(text.text, session));
    assert_null(strstr(text.text, code));
    mu_buf_free(&text);
    s = mu_seats_resume(path, &why);
    assert_non_null(s);
    assert_int_equal(mu_seats_count(s), 2);
    assert_int_equal(mu_seats_session(s, session), ana);
    assert_true(mu_seat_of(s, ana)->ready);
    assert_int_equal(mu_seats_enter(s, link, "r"), kim);
    assert_string_equal(mu_seat_of(s, kim)->who, "Kim, of the audit");
    assert_true(mu_seats_at_table(s, code));
    drop(s);
}

static void links_end_with_the_exercise_and_who_is_in_stays(void **state)
{
    char link[MU_TOKEN], session[MU_TOKEN], code[MU_TOKEN], late[MU_TOKEN];
    const char *why = "";
    mu_seats *s = fresh();
    (void)state;
    int ana = mu_seats_add(s, PART_PLAYER, "person:ana"), ben = mu_seats_add(s, PART_PLAYER, "person:ben");
    mu_seats_invite(s, ana, link);
    mu_seats_join(s, ana, "r", session);
    mu_seats_invite(s, ben, link);
    mu_seats_code(s, code);
    mu_seats_expire(s);
    assert_int_equal(mu_seats_enter(s, link, "r2"), -1);
    assert_false(mu_seats_at_table(s, code));
    assert_false(mu_seat_of(s, ben)->invited);
    assert_int_equal(mu_seats_session(s, session), ana);
    mu_seats_invite(s, ben, late); /* for the hot wash */
    mu_seats_expire(s);            /* once: what was made after the end is good */
    assert_int_equal(mu_seats_flush(s), MU_SEATS_WRITTEN);
    mu_seats_free(s);
    s = mu_seats_resume(path, &why);
    assert_non_null(s);
    mu_seats_expire(s);
    assert_int_equal(mu_seats_enter(s, link, "r2"), -1);
    assert_int_equal(mu_seats_enter(s, late, "r3"), ben);
    assert_int_equal(mu_seats_session(s, session), ana);
    drop(s);
}

/* However often somebody comes in, the list can be read again, and their latest screens are good. */
static void a_seat_has_so_many_screens_and_the_oldest_gives_way(void **state)
{
    char first[MU_TOKEN], other[MU_TOKEN], session[MU_TOKEN];
    const char *why = "";
    mu_seats *s = fresh();
    (void)state;
    int ana = mu_seats_add(s, PART_PLAYER, "person:ana"), ben = mu_seats_add(s, PART_PLAYER, "person:ben");
    mu_seats_join(s, ben, "b", other);
    mu_seats_join(s, ana, "a", first);
    for (int i = 0; i < 5000; i++) {
        mu_seats_join(s, ana, "a", session);
        assert_int_equal(mu_seats_session(s, session), ana);
        assert_int_equal(mu_seats_session(s, first), i < 15 ? ana : -1);
    }
    assert_int_equal(mu_seats_flush(s), MU_SEATS_WRITTEN);
    mu_seats_free(s);
    s = mu_seats_resume(path, &why);
    assert_non_null(s);
    assert_int_equal(mu_seats_session(s, session), ana);
    assert_int_equal(mu_seats_session(s, other), ben);
    assert_int_equal(mu_seats_session(s, first), -1);
    drop(s);
}

/* Killed before the first line was whole, at any of its bytes: it is begun anew. Anything else is no list of ours. */
static void a_list_that_hardly_began_begins_anew(void **state)
{
    static const char head[] = "muster.seats/1\n";
    const char *why = "";
    (void)state;
    for (size_t n = 0; n < sizeof head; n++) {
        mu_seats *s = fresh();
        mu_seats_free(s);
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        assert_true(fwrite(head, 1, n, f) == n && fclose(f) == 0);
        s = n ? mu_seats_resume(path, &why) : mu_seats_new(path, &why);
        assert_non_null(s);
        (void)mu_seats_add(s, PART_PLAYER, "person:ana");
        assert_int_equal(mu_seats_flush(s), MU_SEATS_WRITTEN);
        mu_seats_free(s);
        assert_null(mu_seats_new(path, &why));
        s = mu_seats_resume(path, &why);
        assert_int_equal(s ? mu_seats_count(s) : -1, 1);
        drop(s);
    }
}

static void a_second_program_is_kept_out(void **state)
{
    const char *why = "";
    mu_seats *s = fresh();
    (void)state;
    assert_int_equal(mu_seats_flush(s), MU_SEATS_WRITTEN);
    assert_null(mu_seats_resume(path, &why));
    assert_string_equal(why, "another muster is at work on this drill");
    drop(s);
}

static void so_many_and_no_more_in_a_while(void **state)
{
    mu_seats *s = fresh();
    (void)state;
    for (int i = 0; i < 20; i++)
        assert_true(mu_seats_often(s, "seat 1", 20, 10000, 5000));
    assert_false(mu_seats_often(s, "seat 1", 20, 10000, 14999));
    assert_true(mu_seats_often(s, "seat 2", 20, 10000, 14999));
    assert_true(mu_seats_often(s, "seat 1", 20, 10000, 15000));
    assert_false(mu_seats_tired(s, "seat 1", 20, 10000, 15000));
    drop(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_works_once_and_again_only_for_its_own_request), cmocka_unit_test(what_is_taken_back_ends_at_once), cmocka_unit_test(the_code_of_the_table_is_read_as_people_type_it),
        cmocka_unit_test(a_list_that_is_read_again_is_the_same), cmocka_unit_test(links_end_with_the_exercise_and_who_is_in_stays),
        cmocka_unit_test(a_seat_has_so_many_screens_and_the_oldest_gives_way), cmocka_unit_test(a_list_that_hardly_began_begins_anew), cmocka_unit_test(a_second_program_is_kept_out), cmocka_unit_test(so_many_and_no_more_in_a_while)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
