/* capability.h - what an organisation must be able to do in an incident, and to which of these a gap and an action belong. The
 * names are this program's own, not FEMA's core capabilities; each says the categories of the NIST CSF 2.0 that it stands for. */
#ifndef MU_REPORT_CAPABILITY_H
#define MU_REPORT_CAPABILITY_H

#include "plan/tree.h"

typedef enum mu_capability {
    MU_COMMAND, MU_ASSEMBLY, MU_CONTAINMENT, MU_REGULATORY, MU_CRISIS, MU_EVIDENCE_CAP, MU_RECOVERY, MU_THIRD, MU_UPKEEP, MU_CAPABILITIES
} mu_capability;

/* "Incident declaration and command" */
const char *mu_capability_word(mu_capability capability);
/* "RS.MA, GV.RR" */
const char *mu_capability_csf(mu_capability capability);

/* Of a type of gap: the capability, and what has to change (POETE: planning, organisation, equipment, training, exercises). */
mu_capability mu_capability_of_gap(const char *gap);
const char *mu_element_of_gap(const char *gap);

/* Of an action of the plan, by what the plan says of it, else by its id ("isolate_production"); of an act of people ("declare"). */
mu_capability mu_capability_of_action(const mu_tree *plan, const char *action);

#endif
