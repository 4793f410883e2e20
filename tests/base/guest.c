/* Guests: what is not there is said, what is loaded is loaded once, and nothing of it comes with the program. */
#include "base/guest.h"

#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"

#define FUNCTIONS(X) X(begin_it) X(end_it)
#define POINTER_TO(f) void (*f)(void);
#define NAME_OF(f) #f,

static struct { FUNCTIONS(POINTER_TO) } odd;

static void test_missing_library(void **state)
{
    (void)state;
    static const char *const names[] = {FUNCTIONS(NAME_OF)};
    assert_false(mu_guest("libmuster-no-such-thing.so.1", names, 2, &odd));
    assert_null(odd.begin_it);
}

/* Half a table would be called. */
static void test_missing_function(void **state)
{
    (void)state;
    static const char *const names[] = {"cos", "is_this_no_function"};
    assert_false(mu_guest("libm.so.6", names, 2, &odd));
    assert_null(odd.begin_it);
    assert_null(odd.end_it);
}

static void test_loaded(void **state)
{
    (void)state;
    static const char *const names[] = {"cos"}, *const others[] = {"no such function either"};
    static struct { double (*cosine)(double x); } m;
    assert_true(mu_guest("libm.so.6", names, 1, &m));
    assert_true(m.cosine(0) == 1);
    assert_true(mu_guest("libm.so.6", others, 1, &m)); /* it is there: nothing is looked up again */
}

static bool is_loaded(const char *library)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_NOLOAD);
    if (handle)
        dlclose(handle);
    return handle != NULL;
}

static void test_on_demand(void **state)
{
    (void)state;
    static const char *const guests[] = {MU_LIBICAL, MU_LIBCURL, MU_LIBWEBSOCKETS, MU_LIBCRYPTO};
    static const char day[] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260704\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    for (size_t i = 0; i < sizeof guests / sizeof *guests; i++)
        assert_false(is_loaded(guests[i]));
    mu_arena *arena = mu_arena_new();
    mu_ics found;
    assert_true(mu_calendar_ics(mu_calendar_new(arena, 0), arena, day, strlen(day), 2026, 2026, &found));
    assert_int_equal(found.days, 1);
    assert_true(is_loaded(MU_LIBICAL));
    mu_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_missing_library), cmocka_unit_test(test_missing_function), cmocka_unit_test(test_loaded),
                                       cmocka_unit_test(test_on_demand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
