/* browser.h - what the script of a page makes of a push: it counts as a script counts its texts. */
#ifndef TEST_SERVER_BROWSER_H
#define TEST_SERVER_BROWSER_H

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* The byte at which so many units of UTF-16 are over; beyond the end: the end. */
static const char *browser_at(const char *text, const char *end, unsigned long units)
{
    for (; text < end && (units || ((unsigned char)*text & 0xc0) == 0x80); text++) {
        unsigned char c = (unsigned char)*text;
        units -= c >= 0xf0 ? 2 : (c & 0xc0) != 0x80;
    }
    return text;
}

/* `page` becomes what the push makes of it. */
static void browser_takes(mu_buf *page, const char *push, size_t len)
{
    const char *feed = memchr(push, '\n', len), *news = feed + 1, *end = push + len, *has = page->text ? page->text : "", *has_end = has + page->len;
    mu_buf next = {0};
    char *op = strchr(push, ' ');
    while (op && op < feed) {
        if (op[1] == '*') {
            const char *to = browser_at(news, end, strtoul(op + 2, &op, 10));
            mu_buf_add(&next, news, (size_t)(to - news));
            news = to;
        } else {
            const char *from = browser_at(has, has_end, strtoul(op + 1, &op, 10)), *to = browser_at(has, has_end, strtoul(op + 1, &op, 10));
            mu_buf_add(&next, from, (size_t)(to - from));
        }
    }
    mu_buf_free(page);
    *page = next;
}

#endif
