/* Pushes: whatever a page becomes, its browser has it byte for byte, and what is sent is about as long as what is new. */
#include "server/push.h"

#include "server/browser.h"
#include "test.h"

/* What somebody has, and what was sent to them last. */
typedef struct page {
    mu_buf text;
    mu_version *version;
    size_t sent;
} page;

static void show(page *p, const mu_buf *now)
{
    mu_buf push = {0};
    mu_pen *pen = mu_pen_new(p->version);
    mu_version *to = mu_pen_version(pen, now);
    mu_pen_push(pen, to, now, 12345, &push);
    mu_pen_free(pen);
    assert_memory_equal(push.text, "12345", 5);
    browser_takes(&p->text, push.text, push.len);
    assert_int_equal(p->text.len, now->len);
    if (now->len)
        assert_memory_equal(p->text.text, now->text, now->len);
    mu_version_drop(p->version);
    p->version = to;
    p->sent = push.len;
    mu_buf_free(&push);
}

static void shut(page *p)
{
    mu_version_drop(p->version);
    mu_buf_free(&p->text);
}

static void write_rows(mu_buf *out, int first, int last)
{
    mu_buf_puts(out, "<header class=\"bar\">18:20</header><main id=\"now\"><h1>It</h1><ul>");
    for (int i = first; i <= last; i++)
        mu_buf_printf(out, "<li id=\"r%d\"><p>Message %d, Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x94\xa5</p><p class=\"m\">open</p></li>", i, i);
    mu_buf_puts(out, "</ul></main>");
}

static void only_what_is_new_is_sent(void **state)
{
    page p = {.sent = 0};
    (void)state;
    for (int i = 0; i < 200; i++) {
        mu_buf now = {0};
        write_rows(&now, 200 - i, 200);
        show(&p, &now);
        assert_true(i == 0 || p.sent < 300);
        mu_buf_free(&now);
    }
    for (int i = 0; i < 200; i += 10) { /* and nothing of what goes */
        mu_buf now = {0};
        write_rows(&now, 1, 200 - i);
        show(&p, &now);
        assert_true(p.sent < 400);
        mu_buf_free(&now);
    }
    shut(&p);
}

/* Any cut of any letters: tags, halves of tags, letters of one to four bytes. */
static void write_any(mu_buf *out)
{
    static const char *const bits[] = {"<li>", "<li id=\"x\">", "<p>", "<pre>", "<p class=\"m\">", "</li>", "<", ">", "a", "\xc3\xab", "\xe2\x82\xac", "\xf0\x9f\x94\xa5", "<section", "<tr>", "<form ", "1-2 *3", "\n", " "};
    for (long n = random() % 60; n > 0; n--)
        mu_buf_puts(out, bits[(size_t)random() % (sizeof bits / sizeof *bits)]);
}

static void whatever_a_page_becomes_its_browser_has_it(void **state)
{
    (void)state;
    srandom(29);
    for (int turn = 0; turn < 300; turn++) {
        page p = {.sent = 0};
        mu_buf parts[8] = {{0}};
        for (int step = 0; step < 20; step++) {
            mu_buf now = {0};
            for (int change = 0; change < 2; change++) {
                mu_buf *part = &parts[random() % 8];
                part->len = 0;
                write_any(part);
            }
            for (int i = 0; i < 8; i++)
                mu_buf_add(&now, parts[i].text ? parts[i].text : "", parts[i].len);
            show(&p, &now);
            mu_buf_free(&now);
        }
        for (int i = 0; i < 8; i++)
            mu_buf_free(&parts[i]);
        shut(&p);
    }
}

/* ---- parts ---- */

enum { PARTS = 12 };

/* A page of parts: each is what its two numbers say. Written for a pen, or, without one, whole. */
static int write_parts(mu_buf *out, mu_pen *pen, int64_t parts[][2], int count)
{
    int written = 0;
    mu_buf_puts(out, "<main><ul>");
    for (int i = 0; i < count; i++) {
        if (!mu_pen_part(pen, parts[i], 2, out))
            continue;
        mu_buf_printf(out, "<li>\xf0\x9f\x94\xa5 %d, <p>%d</p></li>", (int)parts[i][0], (int)parts[i][1]);
        mu_pen_end(pen, out);
        written++;
    }
    mu_buf_printf(out, "</ul><p>%d</p></main>", count);
    return written;
}

static int show_parts(page *p, int64_t parts[][2], int count)
{
    mu_buf now = {0}, whole = {0}, push = {0};
    mu_pen *pen = mu_pen_new(p->version);
    int written = write_parts(&now, pen, parts, count);
    mu_version *to = mu_pen_version(pen, &now);
    mu_pen_push(pen, to, &now, 12345, &push);
    mu_pen_free(pen);
    browser_takes(&p->text, push.text, push.len);
    (void)write_parts(&whole, NULL, parts, count);
    assert_string_equal(p->text.text, whole.text);
    mu_version_drop(p->version);
    p->version = to;
    mu_buf_free(&now);
    mu_buf_free(&whole);
    mu_buf_free(&push);
    return written;
}

static void a_part_that_the_browser_has_is_not_written(void **state)
{
    int64_t parts[PARTS][2];
    page p = {.sent = 0};
    int written = 0, shown = 0;
    (void)state;
    srandom(31);
    for (int i = 0; i < PARTS; i++)
        parts[i][0] = parts[i][1] = i;
    assert_int_equal(show_parts(&p, parts, PARTS), PARTS);
    assert_int_equal(show_parts(&p, parts, PARTS), 0);
    for (int turn = 0; turn < 2000; turn++) {
        int count = (int)(random() % (PARTS + 1)), a = (int)(random() % PARTS), b = (int)(random() % PARTS);
        int64_t kept = parts[a][0];
        parts[a][0] = parts[b][0];
        parts[b][0] = kept;
        parts[a][1] = random() % 3;
        written += show_parts(&p, parts, count);
        shown += count;
    }
    assert_true(written * 2 < shown);
    shut(&p);
}

static mu_version *version_of(const mu_buf *text)
{
    mu_pen *pen = mu_pen_new(NULL);
    mu_version *v = mu_pen_version(pen, text);
    mu_pen_free(pen);
    return v;
}

static void versions_are_the_same_where_their_pages_are(void **state)
{
    mu_buf a = {0}, b = {0};
    (void)state;
    write_rows(&a, 1, 9);
    write_rows(&b, 1, 8);
    mu_version *one = version_of(&a), *same = version_of(&a), *other = version_of(&b);
    assert_true(mu_version_same(one, same));
    assert_false(mu_version_same(one, other));
    assert_false(mu_version_same(NULL, one));
    assert_ptr_equal(mu_version_hold(one), one);
    mu_version_drop(one);
    mu_version_drop(one);
    mu_version_drop(same);
    mu_version_drop(other);
    mu_buf_free(&a);
    mu_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_is_new_is_sent), cmocka_unit_test(whatever_a_page_becomes_its_browser_has_it),
                                       cmocka_unit_test(a_part_that_the_browser_has_is_not_written), cmocka_unit_test(versions_are_the_same_where_their_pages_are)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
