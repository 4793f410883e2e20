/* report.h - reports of a drill's folder, for the commands that end with one. */
#ifndef MU_CLI_REPORT_H
#define MU_CLI_REPORT_H

#include "cli/drill.h"
#include "cli/gate.h"
#include "report/write.h"

/* Writes report.html, report.md, report.json and findings.json into FOLDER, each whole or not at all, and shows the summary
 * on stdout. An exit status: 0, 1 where a gap fails the gate (gate.h), 3 where the baseline is none, or 4. */
int mu_report_folder(const char *folder, const mu_tree *plan, mu_journal *journal, int64_t starts_local, const mu_gate *gate);
/* The same; the summary only where it is to be shown. */
int mu_report_files(const char *folder, const mu_tree *plan, mu_journal *journal, int64_t starts_local, const mu_gate *gate, bool shown);

#endif
