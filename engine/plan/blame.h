/* blame.h - where a mistake of YAML was made. The parser says where it could not go on, which is lines later where a quote, a
 * bracket or a colon was forgotten; this looks back and names the line that a person would mend. */
#ifndef MU_PLAN_BLAME_H
#define MU_PLAN_BLAME_H

#include "base/diag.h"

typedef struct mu_syntax {
    const char *problem, *context; /* the parser's words; context may be NULL */
    int line, column;              /* where it stopped, from 1 */
    int context_line, context_column;
} mu_syntax;

/* Says it as MU013. `name` and `bytes` are the file's. */
void mu_blame(const char *name, const char *bytes, size_t len, const mu_syntax *syntax, mu_diags *diags);

#endif
