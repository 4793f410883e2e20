/* describe.h - what the program knows by tables, as tables for a person: every key of a plan, every word of a scenario, every
 * kind of event, every code. The terminal shows them in columns; the pages of docs/ hold them in Markdown. */
#ifndef MU_CLI_DESCRIBE_H
#define MU_CLI_DESCRIBE_H

#include "base/text.h"

typedef struct mu_list {
    const char *name, *what;
    void (*write)(mu_buf *out, bool markdown);
} mu_list;

extern const mu_list mu_lists[]; /* ends with name == NULL */

/* ---- for those that write one ---- */

enum { MU_CELLS = 3 };

/* A table of up to three columns, gathered first, so that its columns are as wide as what they hold. */
typedef struct mu_sheet {
    char *cells[512][MU_CELLS];
    int rows, columns;
} mu_sheet;

/* The headings of the columns; the third may be NULL. */
void mu_sheet_begin(mu_sheet *sheet, const char *a, const char *b, const char *c);
/* Copies three texts; the third may be NULL where there are two columns. */
void mu_sheet_row(mu_sheet *sheet, const char *a, const char *b, const char *c);
/* Writes it and frees it. */
void mu_sheet_write(mu_sheet *sheet, mu_buf *out, bool markdown);
/* A heading: "## text" in Markdown, the text itself in a terminal. */
void mu_sheet_title(mu_buf *out, bool markdown, const char *text);

void mu_list_format(mu_buf *out, bool markdown);
void mu_list_programme(mu_buf *out, bool markdown);
void mu_list_scenario(mu_buf *out, bool markdown);

#endif
