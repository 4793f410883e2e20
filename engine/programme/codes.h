/* codes.h - what the codes of diagnostics about programmes mean: MU200 to MU219. A code stays; its wording may change. */
#ifndef MU_PROGRAMME_CODES_H
#define MU_PROGRAMME_CODES_H

typedef struct mu_programme_code {
    int code;
    const char *means, *mend;
} mu_programme_code;

extern const mu_programme_code mu_programme_codes[]; /* in order; ends with code 0 */

#endif
