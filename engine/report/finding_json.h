/* finding_json.h - findings as JSON: the document that `muster check`, `muster run` and other tools share. */
#ifndef MU_REPORT_FINDING_JSON_H
#define MU_REPORT_FINDING_JSON_H

#include "analysis/paper.h"

/* One finding as an object. */
void mu_finding_json(mu_buf *out, const mu_finding *finding, mu_arena *arena);
/* `"findings": [...], "causes": [...], "suppressions": [...]`: members of an object that the caller opens and closes. */
void mu_findings_json(mu_buf *out, const mu_findings *findings, mu_arena *arena);

#endif
