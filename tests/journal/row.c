/* Events stand in a row, each as long as its kind: every field of each is what was given, however many there are. */
#include "test.h"

#include "journal/journal.h"

enum { MANY = 20000 };

static int fields_of(mu_kind_of_event kind)
{
    int n = 0;
    while (n < MU_FIELDS && mu_event_kinds[kind].fields[n].key)
        n++;
    return n;
}

static mu_kind_of_event kind_of(int i, int round)
{
    return (mu_kind_of_event)(1 + (i * 7 + round) % (EV_KINDS - 1));
}

/* Every third gives all of its fields but the last two. */
static int given_of(int i, int round)
{
    int fields = fields_of(kind_of(i, round));
    return i % 3 || fields < 2 ? fields : fields - 2;
}

static void write_all(mu_journal *j, int round)
{
    for (int i = 0; i < MANY; i++) {
        mu_event *e = mu_journal_begin(j, kind_of(i, round), given_of(i, round), i, -1);
        for (int f = 0; f < given_of(i, round); f++)
            e->arg[f] = i * 100 + f + 1;
        mu_journal_enter(j, e);
        assert_int_equal(e->n, i + 1);
    }
}

static void each_is_what_was_given(void **state)
{
    (void)state;
    mu_journal *j = mu_journal_new();
    for (int round = 0; round < 2; round++) { /* the second time in the row of the first, and each kind elsewhere */
        mu_journal_clear(j);
        write_all(j, round);
        assert_int_equal(mu_journal_count(j), MANY);
        for (int i = 0; i < MANY; i++) {
            const mu_event *e = mu_journal_event(j, (size_t)i + 1);
            assert_int_equal(e->kind, kind_of(i, round));
            assert_int_equal(e->t, i);
            for (int f = 0; f < fields_of(e->kind); f++)
                assert_int_equal(e->arg[f], f < given_of(i, round) ? i * 100 + f + 1 : 0);
        }
    }
    mu_journal_free(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_is_what_was_given)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
