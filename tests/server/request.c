/* Requests that can be read in one way only are read; all others are refused, as soon as it can be known. */
#include <stdlib.h>
#include <string.h>

#include "server/request.h"

#include "test.h"

#define HOST "Host: a\r\n"

static int read_it(const char *text, size_t len, mu_request *r)
{
    static char bytes[1 << 17];
    memcpy(bytes, text, len);
    return mu_request_read(bytes, len, r);
}

static int status(const char *text)
{
    mu_request r;
    int n = read_it(text, strlen(text), &r);
    return n < 0 ? -n : n == 0 ? 0 : 200;
}

static void what_is_read_in_one_way_is_taken(void **state)
{
    mu_request r;
    const char *text = "POST /play/answer?x=1 HTTP/1.1\r\nhOsT: \t a:1 \r\nContent-Length: 3\r\nX-Else: \xc3\xa9\r\nCookie: muster=K; b=2\r\n\r\nabc";
    (void)state;
    assert_int_equal(read_it(text, strlen(text), &r), (int)strlen(text) - 3);
    assert_true(r.post);
    assert_string_equal(r.path, "/play/answer");
    assert_string_equal(r.query, "x=1");
    assert_string_equal(r.header[H_HOST], "a:1");
    assert_int_equal(r.length, 3);
}

static void a_head_that_is_not_whole_waits(void **state)
{
    const char *text = "GET /play HTTP/1.1\r\n" HOST "Accept: */*\r\n\r\n";
    mu_request r;
    (void)state;
    for (size_t n = 0; n < strlen(text); n++)
        assert_int_equal(read_it(text, n, &r), 0);
    assert_int_equal(read_it(text, strlen(text), &r), (int)strlen(text));
}

static void what_could_be_read_in_two_ways_is_refused(void **state)
{
    static const struct { const char *text; int status; } rows[] = {
        {"GET / HTTP/1.1\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST HOST "\r\n", 400}, {"GET / HTTP/1.1\n" HOST "\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST "A: b\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST "A: b\r\n c\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST "A : b\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST ": b\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST "A: b\x01\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST "A: b\rc\r\n\r\n", 400}, {"POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\n", 400}, {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n", 400}, {"POST / HTTP/1.1\r\n" HOST "Content-Length: 65537\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999999\r\n\r\n", 413}, {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 501},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n", 400},
        {"GET / HTTP/1.0\r\n" HOST "\r\n", 505}, {"GET /\r\n", 400}, {"GET  / HTTP/1.1\r\n", 400}, {"GET http://b/ HTTP/1.1\r\n" HOST "\r\n", 400}, {"PUT / HTTP/1.1\r\n" HOST "\r\n", 405},
        {"PRI * HTTP/2.0\r\n\r\n", 505}, {"CONNECT a:1 HTTP/1.1\r\n" HOST "\r\n", 400}, {"GET /\x7f HTTP/1.1\r\n" HOST "\r\n", 400}, {"\x16\x03\x01\x02", 400},
        {"GET / HTTP/1.1\r\n" HOST "Origin: http://a\r\nOrigin: http://a\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n" HOST "Cookie: a\r\nCookie: b\r\n\r\n", 400}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (status(rows[i].text) != rows[i].status)
            fail_msg("row %zu: %d, not %d", i, status(rows[i].text), rows[i].status);
    mu_request r;
    assert_int_equal(read_it("GET / HTTP/1.1\r\n" HOST "A: b\0c\r\n\r\n", 33, &r), -400);
}

/* One less is taken, one more is not. */
static void each_limit_holds_at_its_number(void **state)
{
    mu_buf b = {0};
    (void)state;
    for (int more = 0; more < 2; more++) {
        b.len = 0;
        mu_buf_puts(&b, "GET /");
        for (int i = 1; i < MU_TARGET_MOST + more; i++)
            mu_buf_puts(&b, "a");
        mu_buf_puts(&b, " HTTP/1.1\r\n" HOST "\r\n");
        assert_int_equal(status(b.text), more ? 414 : 200);
        b.len = 0;
        mu_buf_puts(&b, "GET / HTTP/1.1\r\n" HOST);
        for (int i = 1; i < MU_HEADERS_MOST + more; i++)
            mu_buf_puts(&b, "A: b\r\n");
        mu_buf_puts(&b, "\r\n");
        assert_int_equal(status(b.text), more ? 431 : 200);
        b.len = 0;
        mu_buf_puts(&b, "GET / HTTP/1.1\r\n" HOST "A: ");
        for (int i = 4; i < MU_HEADER_MOST + more; i++)
            mu_buf_puts(&b, "a");
        mu_buf_puts(&b, "\r\n\r\n");
        assert_int_equal(status(b.text), more ? 431 : 200);
    }
    mu_buf_free(&b);
}

static void any_bytes_are_refused_or_waited_for(void **state)
{
    mu_request r;
    char bytes[256];
    (void)state;
    srandom(7);
    for (int turn = 0; turn < 200000; turn++) {
        size_t n = (size_t)random() % sizeof bytes;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)(random() % 3 ? "GET / HTTP/1.1\r\nHost: a\r\n\r\n:"[random() % 29] : random());
        int got = read_it(bytes, n, &r);
        assert_true(got <= (int)n);
        assert_true(got >= 0 || (got <= -400 && got >= -505));
    }
}

static bool form(mu_arena *arena, const char *text, mu_form *f)
{
    return mu_form_read(arena, text, strlen(text), f);
}

static void a_form_is_read_strictly(void **state)
{
    mu_arena *arena = mu_arena_new();
    mu_form f;
    (void)state;
    assert_true(form(arena, "a=b+c%21&text=%C3%A9%0D%0Ax&empty=", &f));
    assert_string_equal(mu_form_value(&f, "a"), "b c!");
    assert_string_equal(mu_form_value(&f, "text"), "\xc3\xa9\nx");
    assert_null(mu_form_value(&f, "empty"));
    assert_null(mu_form_value(&f, "role"));
    static const char *const wrong[] = {"a", "a=%", "a=%2", "a=%zz", "a=1&a=2", "a=%ff", "a=%c0%af", "=&=", "a=1&&b=2"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (form(arena, wrong[i], &f))
            fail_msg("%s is taken", wrong[i]);
    assert_true(form(arena, "a=x%E2%80%AEy%00z%1b[2J", &f)); /* invisible controls are left out */
    assert_string_equal(mu_form_value(&f, "a"), "xyz[2J");
    mu_arena_free(arena);
}

static void a_cookie_that_comes_twice_is_none(void **state)
{
    mu_arena *arena = mu_arena_new();
    mu_request r = {.header = {[H_COOKIE] = "a=1; muster=K; b=2"}};
    (void)state;
    assert_string_equal(mu_request_cookie(&r, "muster", arena), "K");
    r.header[H_COOKIE] = "muster=K; muster=L";
    assert_null(mu_request_cookie(&r, "muster", arena));
    r.header[H_COOKIE] = "xmuster=K";
    assert_null(mu_request_cookie(&r, "muster", arena));
    mu_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_in_one_way_is_taken), cmocka_unit_test(a_head_that_is_not_whole_waits), cmocka_unit_test(what_could_be_read_in_two_ways_is_refused),
        cmocka_unit_test(each_limit_holds_at_its_number), cmocka_unit_test(any_bytes_are_refused_or_waited_for), cmocka_unit_test(a_form_is_read_strictly),
        cmocka_unit_test(a_cookie_that_comes_twice_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
