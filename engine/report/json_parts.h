/* json_parts.h - what the writers of the report's JSON share: members of an object, each with its comma behind it. */
#ifndef MU_REPORT_JSON_PARTS_H
#define MU_REPORT_JSON_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* A text; null where it is NULL. */
void mu_json_member(mu_buf *out, const char *key, const char *text);
/* A number of 0 or more, a moment or a length: null where it never came, which is below 0. */
void mu_json_number(mu_buf *out, const char *key, int64_t value);
void mu_json_flag(mu_buf *out, const char *key, bool yes);
/* The last member of a row, and the row's end: its events without zeros, neighbours once. */
void mu_json_events(mu_buf *out, const uint32_t *list, int count);

#define MU_JSON_LIST(name, list, count, one)                 \
    do {                                                     \
        mu_buf_puts(out, "\n \"" name "\": [");              \
        for (int mu_i = 0; mu_i < (count); mu_i++) {         \
            mu_buf_puts(out, mu_i ? ",\n  " : "\n  ");       \
            one(out, &(list)[mu_i]);                         \
        }                                                    \
        mu_buf_puts(out, "\n ],");                           \
    } while (0)

#endif
