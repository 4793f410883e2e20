/* What is of this machine alone, and what only looks like it. */
#include "base/loopback.h"

#include "test.h"

static void addresses_of_this_machine_alone(void **state)
{
    (void)state;
    static const char *const own[] = {"127.0.0.1", "127.0.0.2", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1"};
    static const char *const other[] = {"0.0.0.0", "::", "128.0.0.1", "192.0.2.7", "localhost", "127.1", "127.0.0.1.example.org", "::2", "::ffff:192.0.2.7", ""};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        assert_true(mu_loopback(own[i]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (mu_loopback(other[i]))
            fail_msg("%s is not this machine alone", other[i]);
}

static void places_that_pass_no_network(void **state)
{
    (void)state;
    static const char *const own[] = {"http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1:1/x?y", "http://127.8.8.8/", "http://[::1]", "http://[::1]:8080/x"};
    static const char *const other[] = {"https://localhost", "http://localhost.example.org", "http://127.0.0.1.example.org", "http://localhost@example.org", "http://127.0.0.1:80@example.org/",
                                        "http://[::1]example.org", "http://[::1", "http://[localhost]", "http://[::2]", "http://", "", "http:///localhost", "http://example.org/localhost"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!mu_loopback_url(own[i]))
            fail_msg("%s passes no network", own[i]);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (mu_loopback_url(other[i]))
            fail_msg("%s may pass one", other[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_of_this_machine_alone),
        cmocka_unit_test(places_that_pass_no_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
