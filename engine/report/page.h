/* page.h - what the parts of the HTML page share. */
#ifndef MU_REPORT_PAGE_H
#define MU_REPORT_PAGE_H

#include "report/write.h"

/* <tag attributes>text</tag>; `attributes` is ours, `text` a stranger's. */
void mu_element(mu_buf *out, const char *tag, const char *attributes, const char *text);
/* A section with its heading; `id` names both. */
void mu_section(mu_buf *out, const char *id, const char *title, const char *sub);
/* A state: its shape and its word, and what it is by ("late", "12 min"). */
void mu_state_mark(mu_buf *out, mu_state state, const char *by);
/* "#43", a link to its line of the timeline where it has one. 0 is nothing. */
void mu_ref(mu_buf *out, const mu_report *report, uint32_t event);

/* A table whose cells know their heads, so that a narrow screen can say them beside each cell. */
typedef struct mu_page_sheet {
    mu_buf *out;
    const char *const *heads; /* ends with NULL */
    int column;
} mu_page_sheet;
mu_page_sheet mu_page_sheet_begin(mu_buf *out, const char *caption, const char *const *heads);
void mu_page_sheet_row(mu_page_sheet *sheet);
/* The first cell of a row is its head. */
void mu_page_cell(mu_page_sheet *sheet, const char *text);
/* A cell with a second, smaller line; nothing where that is "". */
void mu_page_cell_two(mu_page_sheet *sheet, const char *text, const char *small);
/* Opens a cell whose content the caller writes; mu_page_cell_end closes it. */
void mu_page_cell_begin(mu_page_sheet *sheet);
void mu_page_cell_end(mu_page_sheet *sheet);
/* A row across all columns. */
void mu_page_sheet_band(mu_page_sheet *sheet, const char *text);
void mu_page_sheet_end(mu_page_sheet *sheet);

void mu_page_run(mu_buf *out, const mu_report *report);  /* what happened, clocks, who was asked, actions, decisions */
void mu_page_happened(mu_buf *out, const mu_report *report); /* of these what an after-action report does not tell in its own tables */
void mu_page_asked(mu_buf *out, const mu_report *report);    /* who was asked, actions */
void mu_page_gaps(mu_buf *out, const mu_report *report); /* gaps, what held */
void mu_page_compared(mu_buf *out, const mu_report *report); /* communication and ladders beside the plan, coverage */
void mu_page_ladders(mu_buf *out, const mu_report *report); /* of these the ladders, and the levels */

#endif
