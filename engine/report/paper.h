/* paper.h - a page made ready for a printer that is no browser.
 *
 * Such a program (weasyprint) reads each picture by itself: the page's style sheet does not reach into it, and colours that have
 * names there are not known. So every picture gets its rules with it, in the colours of paper. */
#ifndef MU_REPORT_PAPER_H
#define MU_REPORT_PAPER_H

#include "base/text.h"

/* Rewrites a page of ours (mu_doc_html, mu_write_html) in place. */
void mu_page_for_paper(mu_buf *page);

#endif
