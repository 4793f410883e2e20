/* explain_law.h - the table of law and the closed lists, for people. */
#ifndef MU_CLI_EXPLAIN_LAW_H
#define MU_CLI_EXPLAIN_LAW_H

#include <stdbool.h>

/* Prints one row, "EU-DORA-IM"; false where the table has none. */
bool mu_explain_rule(const char *id);
/* All rows, a line each. */
void mu_list_rules(void);
/* The words of the closed lists, and what a notice must hold. */
void mu_list_words_of_law(void);

#endif
