/* auditor.h - the sections that only an auditor's report has. */
#ifndef MU_REPORT_AUDITOR_H
#define MU_REPORT_AUDITOR_H

#include "report/aar.h"

void mu_aar_criteria(mu_doc *doc, const mu_aar *aar);
void mu_aar_independence(mu_doc *doc, const mu_aar *aar);
void mu_aar_exceptions(mu_doc *doc, const mu_aar *aar);
void mu_aar_controls(mu_doc *doc, const mu_aar *aar);
void mu_aar_findings(mu_doc *doc, const mu_aar *aar);
void mu_aar_log(mu_doc *doc, const mu_aar *aar);

#endif
