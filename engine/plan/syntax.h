/* syntax.h - what is wrong where YAML itself cannot be read, in words for a person, at the line that the person must mend. */
#ifndef MU_PLAN_SYNTAX_H
#define MU_PLAN_SYNTAX_H

#include "base/diag.h"

typedef struct mu_syntax {
    const char *problem; /* as the YAML library says it */
    mu_mark at;          /* where it noticed */
    mu_mark began;       /* where what it was reading began; line 0 where it says none */
    mu_mark quoted;      /* the last quoted text of several lines before it, and the line on which that ended; line 0 for none */
    int quoted_ends;
} mu_syntax;

void mu_say_syntax(mu_diags *diags, const mu_syntax *wrong);

#endif
