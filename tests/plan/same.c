/* Which gaps of two lists are the same: by their ids, and where an id moved by what they say. */
#include "plan/same.h"

#include <stdint.h>

#include "test.h"

#define NOWHERE SIZE_MAX
enum { MOST = 4 };

static void expect(const mu_said *own, const mu_said *other, const size_t *wanted)
{
    size_t which[MOST], n = 0, m = 0;
    while (n < MOST && own[n].id)
        n++;
    while (m < MOST && other[m].id)
        m++;
    mu_same_gaps(own, n, other, m, which);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(which[i], wanted[i]);
}

#define SAID(id, subject, text) {id, "COM-02", subject, text}

static void an_id_goes_before_words(void **state)
{
    (void)state;
    const mu_said own[MOST] = {SAID("a", "person:ana", "old"), SAID("b", "person:ben", "old")}, other[MOST] = {SAID("b", "person:ana", "old"), SAID("a", "person:ben", "new")};
    expect(own, other, (const size_t[]){1, 0});
}

static void where_an_id_moved_the_same_words_of_the_same_subject_are_the_same(void **state)
{
    (void)state;
    const mu_said own[MOST] = {SAID("x", "person:ana", "old"), SAID("y", "person:ben", "old"), SAID("z", "person:eva", "old")};
    const mu_said other[MOST] = {SAID("1", "person:eva", "older"), SAID("2", "person:ben", "old"), {"3", "COM-01", "person:ana", "old"}};
    expect(own, other, (const size_t[]){NOWHERE, 1, NOWHERE});
}

static void what_has_its_own_in_the_other_list_is_nobody_elses(void **state)
{
    (void)state;
    const mu_said own[MOST] = {SAID("a", "plan", "old"), SAID("b", "plan", "old")}, other[MOST] = {SAID("a", "plan", "old")};
    expect(own, other, (const size_t[]){0, NOWHERE});
    expect(other, own, (const size_t[]){0});
}

static void several_that_say_the_same_are_paired_in_their_order_and_each_once(void **state)
{
    (void)state;
    const mu_said own[MOST] = {SAID("a", "plan", "old"), SAID("b", "plan", "old"), SAID("c", "plan", "old")}, other[MOST] = {SAID("x", "plan", "old"), SAID("y", "plan", "old"), SAID("x", "plan", "old")};
    expect(own, other, (const size_t[]){1, 2, NOWHERE});
    const mu_said ids_alone[MOST] = {{.id = "b"}, {.id = "q"}};
    expect(own, ids_alone, (const size_t[]){NOWHERE, 0, NOWHERE});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_goes_before_words),
        cmocka_unit_test(where_an_id_moved_the_same_words_of_the_same_subject_are_the_same),
        cmocka_unit_test(what_has_its_own_in_the_other_list_is_nobody_elses),
        cmocka_unit_test(several_that_say_the_same_are_paired_in_their_order_and_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
