/* codes.h - what the codes of diagnostics about plans and assumptions mean: MU001 to MU099. A code stays; its wording may
 * change. */
#ifndef MU_PLAN_CODES_H
#define MU_PLAN_CODES_H

typedef struct mu_plan_code {
    int code;
    const char *means, *mend;
} mu_plan_code;

extern const mu_plan_code mu_plan_codes[]; /* in order; ends with code 0 */

enum { MU_CODE_UNREAD = 1, MU_CODE_DANGLING = 23, MU_CODE_QUESTION = 35 };

#endif
