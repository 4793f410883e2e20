/* schema.h - format 1 as a table: which key stands where, what may stand behind it, what it means. The tree is the
 * model: reading fills in `value` and `ref` of each node, and says everything that is wrong. */
#ifndef MU_PLAN_SCHEMA_H
#define MU_PLAN_SCHEMA_H

#include "plan/tree.h"

/* Durations are milliseconds; "3 business days" and "12 months" have no fixed length and keep
 * their unit. */
typedef enum mu_unit { MU_MS, MU_DAYS, MU_BUSINESS_DAYS, MU_MONTHS } mu_unit;

typedef struct mu_duration {
    mu_unit unit;
    int64_t count; /* milliseconds, days, business days or months */
} mu_duration;

/* "15m", "3 business days"; false where the text is no duration. */
bool mu_duration_read(const char *text, mu_duration *out);
/* Nominal milliseconds: a business day counts as a day, a month as 30 days. */
int64_t mu_duration_ms(mu_duration d);
/* "2026-03-09" as days since 1970-01-01; false where there is no such day. */
bool mu_date_read(const char *text, int64_t *days);
/* "2026-03-09 17:40" (seconds allowed) as milliseconds of local time since 1970-01-01 00:00. */
bool mu_time_read(const char *text, int64_t *ms);
/* A moment and a duration later, both in milliseconds; months are those of the calendar, the last day where the month
 * is shorter. Business days count as days here: only an obligation knows its holidays. */
int64_t mu_time_add(int64_t ms, mu_duration d);
/* "mon-fri 09:00-17:30": minutes of the week from Monday 00:00, [from, to). Writes up to `most` ranges; returns how
 * many, 0 where the text is no such thing. */
int mu_hours_read(const char *text, int ranges[][2], int most);
/* Of "role:commander/2", the second in the line of that role, the 2; 0 where a reference counts no place. */
size_t mu_place_in_line(const char *ref);

/* Reads the whole tree by the table. Everything wrong goes to `diags`; a reference that nothing answers is also
 * counted (check reports it as HYG-05 and goes on, run refuses). */
void mu_schema_read(mu_tree *tree, mu_diags *diags);
/* The same, where the tree is legible (tree.h) and none of its files could not be opened: else what stands in those would be called
 * missing. `tree` may be NULL. */
void mu_schema_read_legible(mu_tree *tree, mu_diags *diags);

/* Another format that is a table of the same kind. */
typedef struct mu_schema {
    const struct mu_field *fields; /* fields.h */
    const char *what; /* a file of it in messages: "plan", "programme" */
    const char *page; /* muster explain ...: "plan-format" */
} mu_schema;
/* Reads a tree by that table; it declares no kinds of things, so none of its rows is a reference. */
void mu_schema_read_by(mu_tree *tree, const mu_schema *schema, mu_diags *diags);

#endif
