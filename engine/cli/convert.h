/* convert.h - documents that other programs make from ours: a word document by pandoc from the Markdown, a PDF by weasyprint from the
 * page. Both are asked for only here; without them the program says what to install, and what can be had without. */
#ifndef MU_CLI_CONVERT_H
#define MU_CLI_CONVERT_H

#include "cli/made.h"

/* The format that a document is made from: md for docx, html for pdf; NULL where we write it ourselves. */
const char *mu_converted_from(const char *format);
/* 0; 4, after words on stderr, where the program is not there or fails. The date inside is the drill's own STARTEX.
 * The bytes that it was made with are rewritten for paper. */
int mu_convert(mu_made *made, const char *format, mu_buf *out);

#endif
