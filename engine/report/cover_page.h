/* cover_page.h - what the parts of the coverage page share. */
#ifndef MU_REPORT_COVER_PAGE_H
#define MU_REPORT_COVER_PAGE_H

#include "report/cover.h"
#include "report/page.h"

/* Requirements against people: who is first, who follows, on whom alone it stands. */
void mu_cover_matrix(mu_buf *out, const mu_cover_page *page);
/* Hours that are uncovered: a week hour by hour, the whole stretch day by day, and a table of both. */
void mu_cover_strips(mu_buf *out, const mu_cover_page *page);

#endif
