/* flow_parts.h - the inside of flow.h, for its two files. */
#ifndef MU_ANALYSIS_FLOW_PARTS_H
#define MU_ANALYSIS_FLOW_PARTS_H

#include "analysis/flow.h"
#include "analysis/run_rules.h"

/* Fills in the calls of all ladders, and the levels that were taken down. */
void mu_climbs_of(mu_trial *trial, mu_flows *out);

#endif
