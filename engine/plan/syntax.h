/* syntax.h - what is wrong where YAML itself cannot be read, in words for a person. */
#ifndef MU_PLAN_SYNTAX_H
#define MU_PLAN_SYNTAX_H

#include "base/diag.h"

typedef struct mu_syntax {
    const char *problem; /* as the YAML library says it */
    mu_mark at;          /* where it noticed */
    mu_mark began;       /* where what it was reading began; line 0 where it says none */
} mu_syntax;

/* Says it as MU013, where the library noticed it or where it began. */
void mu_say_syntax(mu_diags *diags, const mu_syntax *wrong);

#endif
