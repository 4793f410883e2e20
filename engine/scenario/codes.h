/* codes.h - what the codes of this room's diagnostics mean: MU100 to MU199. A code stays; its wording may change. */
#ifndef MU_SCENARIO_CODES_H
#define MU_SCENARIO_CODES_H

typedef struct mu_code {
    int code; /* the number in MU110 */
    const char *means, *mend;
} mu_code;

extern const mu_code mu_scenario_codes[]; /* in order; ends with code 0 */

#endif
