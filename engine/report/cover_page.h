/* cover_page.h - what the parts of the coverage page share. */
#ifndef MU_REPORT_COVER_PAGE_H
#define MU_REPORT_COVER_PAGE_H

#include "report/cover.h"
#include "report/page.h"

/* From the top of a page to its heading; what follows stands in its header, behind which comes <main>. */
void mu_cover_begin(mu_buf *out, mu_arena *arena, const char *kind, const char *organisation, const char *question);
void mu_cover_end(mu_buf *out, const char *foot);
/* A line of the plan with its number. */
void mu_cover_line(mu_buf *out, const mu_tree *plan, const mu_mark *at, mu_arena *arena);
/* Requirements against people: who is first, who follows, on whom alone it stands. */
void mu_cover_matrix(mu_buf *out, const mu_cover_page *page);
/* Hours that are uncovered: a week hour by hour, the whole stretch day by day, and a table of both. */
void mu_cover_strips(mu_buf *out, const mu_cover_page *page);

#endif
