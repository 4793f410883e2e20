/* WebSocket frames: short texts of a client are read, everything else is refused; what a server sends has the right head. */
#include <stdlib.h>
#include <string.h>

#include "server/frame.h"

#include "test.h"

static int read_it(const char *bytes, size_t len, mu_frame *f)
{
    static char copy[8192];
    memcpy(copy, bytes, len);
    return mu_frame_read(copy, len, f);
}

static void a_masked_text_is_read_once_it_is_whole(void **state)
{
    static const char text[] = "\x81\x84\x01\x02\x03\x04" "r\x67\x66\x6a"; /* "seen" */
    mu_frame f;
    (void)state;
    for (size_t n = 0; n < 10; n++)
        assert_int_equal(read_it(text, n, &f), 0);
    assert_int_equal(read_it(text, 10, &f), 10);
    assert_int_equal(f.opcode, MU_FRAME_TEXT);
    assert_memory_equal(f.text, "seen", 4);
}

static void what_no_client_of_ours_sends_is_refused(void **state)
{
    static const struct { const char *bytes; int code; } rows[] = {
        {"\x81\x04seen", -1002}, {"\x01\x84", -1002}, {"\x80\x80", -1002}, {"\xc1\x84", -1002}, {"\x82\x84", -1003}, {"\x83\x84", -1002}, {"\x89\xfe", -1002}, {"\x81\xff", -1009}};
    mu_frame f;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(read_it(rows[i].bytes, 2, &f), rows[i].code);
    assert_int_equal(read_it("\x81\xfe\x10\x01" "aaaa", 8, &f), -1009); /* 4097 bytes */
    assert_int_equal(read_it("\x81\xfe\x10\x00" "aaaa", 8, &f), 0);
}

static void heads_say_how_long(void **state)
{
    static const struct { size_t len; const char *head; size_t n; } rows[] = {
        {0, "\x81\x00", 2}, {125, "\x81\x7d", 2}, {126, "\x81\x7e\x00\x7e", 4}, {65535, "\x81\x7e\xff\xff", 4}, {65536, "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mu_buf out = {0};
        mu_frame_head(&out, MU_FRAME_TEXT, rows[i].len);
        assert_int_equal(out.len, rows[i].n);
        assert_memory_equal(out.text, rows[i].head, rows[i].n);
        mu_buf_free(&out);
    }
}

static void any_bytes_end_within_what_came(void **state)
{
    char bytes[64];
    mu_frame f;
    (void)state;
    srandom(11);
    for (int turn = 0; turn < 300000; turn++) {
        size_t n = (size_t)random() % sizeof bytes;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)random();
        int got = read_it(bytes, n, &f);
        assert_true(got <= (int)n);
        if (got > 0)
            assert_true(f.len < n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_masked_text_is_read_once_it_is_whole), cmocka_unit_test(what_no_client_of_ours_sends_is_refused),
                                       cmocka_unit_test(heads_say_how_long), cmocka_unit_test(any_bytes_end_within_what_came)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
