/* sarif.h - findings in the format of code review tools, SARIF 2.1.0. */
#ifndef MU_REPORT_SARIF_H
#define MU_REPORT_SARIF_H

#include "report/formats.h"

void mu_write_sarif(mu_buf *out, const mu_findings *findings, const mu_about *about);
/* A path as a quoted relative reference. */
void mu_uri(mu_buf *out, const char *path);

#endif
