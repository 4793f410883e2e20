/* blame.h - where a mistake of YAML was made. The parser says where it could not go on, which is lines later where a quote, a
 * bracket or a colon was forgotten; this looks back and names the line that a person would mend. */
#ifndef MU_PLAN_BLAME_H
#define MU_PLAN_BLAME_H

#include "plan/syntax.h"

/* Says it as MU013; where nothing above is to blame, as the library noticed it (syntax.h). `bytes` are the file's. */
void mu_blame(const char *bytes, size_t len, const mu_syntax *syntax, mu_diags *diags);

#endif
