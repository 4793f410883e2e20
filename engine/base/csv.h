/* csv.h - cells of a table for spreadsheets (RFC 4180), in which no stranger's text becomes a formula. */
#ifndef MU_BASE_CSV_H
#define MU_BASE_CSV_H

#include "base/text.h"

/* One quoted cell of one line. A text that a spreadsheet would take for a formula (after any space: = + - @ | % and their
 * full-width forms) gets an apostrophe in front; what is unsafe or not UTF-8 is shown as its number. */
void mu_csv_cell(mu_buf *out, const char *text);
/* A row of cells, closed by CR LF. */
void mu_csv_row(mu_buf *out, const char *const *cells, int count);

#endif
