/* report.h - reports of a drill's folder, for the commands that end with one. */
#ifndef MU_CLI_REPORT_H
#define MU_CLI_REPORT_H

#include "cli/drill.h"
#include "report/write.h"

/* Writes report.html, report.md, report.json and findings.json into FOLDER, each whole or not at all, and shows the summary
 * on stdout. `worst` is the weight of the worst finding, -1 for none. An exit status: 0 or 4. */
int mu_report_folder(const char *folder, const mu_tree *plan, mu_journal *journal, int64_t starts_local, int *worst);

#endif
