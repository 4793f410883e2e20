/* explain_law.h - the table of law and the closed lists, for people. */
#ifndef MU_CLI_EXPLAIN_LAW_H
#define MU_CLI_EXPLAIN_LAW_H

#include "cli/describe.h"

/* Tells one row, "EU-DORA-IM"; false where the table has none. */
bool mu_explain_rule(mu_buf *out, const char *id);
/* The words of the closed lists, and what a notice must hold: a row each. */
void mu_list_words_of_law(mu_sheet *sheet);

#endif
