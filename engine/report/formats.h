/* formats.h - findings for other programs, one writer a format. The same findings give the same bytes.
 *
 * JUnit: one test case a type of gap that is looked for, so that what held is seen as well (schema: the xunit plugin's
 * junit-10.xsd). GitHub: workflow commands, one annotation a finding. OSCAL: a plan of action and milestones, version
 * 1.1.2 (NIST). CSV: one row a finding. SARIF has its own header.
 *
 * What is wrong with the input is an annotation in GitHub, an error in JUnit, a result in SARIF; OSCAL and CSV have no place
 * for it, and are not written where nothing was judged. */
#ifndef MU_REPORT_FORMATS_H
#define MU_REPORT_FORMATS_H

#include "analysis/run.h"

/* What the findings are of. */
typedef struct mu_about {
    const char *title, *version, *hash; /* of the plan */
    const char *mode;                   /* "paper", "model", "facilitated" */
    const char *zone;                   /* of the organisation */
    int64_t at;                         /* local milliseconds as of which it was judged: no clock is read here */
    const mu_diag *wrong;               /* what is wrong with the input itself, in the order in which it is shown */
    size_t wrong_count;
    bool unjudged;                      /* so much that no gap was looked for: no findings does not mean none */
} mu_about;

void mu_write_junit(mu_buf *out, const mu_findings *findings, const mu_about *about, mu_arena *arena);
void mu_write_github(mu_buf *out, const mu_findings *findings, const mu_about *about, mu_arena *arena);
void mu_write_oscal(mu_buf *out, const mu_findings *findings, const mu_about *about, mu_arena *arena);
void mu_write_gaps_csv(mu_buf *out, const mu_findings *findings, const mu_about *about, mu_arena *arena);

#endif
