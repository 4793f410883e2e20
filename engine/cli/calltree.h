/* calltree.h - what a call tree leaves behind. */
#ifndef MU_CLI_CALLTREE_H
#define MU_CLI_CALLTREE_H

#include "calltree/result.h"
#include "cli/gate.h"

/* result.json, verified.patch (what the plan may say of whom the check reached as written) and the reports into the folder; the result to stdout, as
 * text or JSON. `plan_path` is how the patch names the plan of which `kept_plan` is the copy. An exit status. */
int mu_calltree_close(const mu_calls *calls, const char *folder, const char *plan_path, const char *kept_plan, int64_t starts, const mu_gate *gate, bool json);
/* What the call tree in a folder came to, in a sentence; NULL where that cannot be read. */
const char *mu_calltree_said(const char *folder, mu_arena *arena);

#endif
