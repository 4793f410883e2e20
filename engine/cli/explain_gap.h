/* explain_gap.h - the types of gap, for people. */
#ifndef MU_CLI_EXPLAIN_GAP_H
#define MU_CLI_EXPLAIN_GAP_H

#include "base/text.h"

/* Tells one type, however it is written: rol-08 is ROL-08. False where there is none. */
bool mu_explain_gap(mu_buf *out, const char *id);
/* All of them: a line each in a terminal; in Markdown whole, each under its own heading. */
void mu_list_gaps(mu_buf *out, bool markdown);

#endif
