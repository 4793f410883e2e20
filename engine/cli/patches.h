/* patches.h - how patches of plans name their files, and how they come into a report. */
#ifndef MU_CLI_PATCHES_H
#define MU_CLI_PATCHES_H

#include "amend/amend.h"
#include "report/model.h"

/* The path of a file as `git apply` and `patch -p1` find it from here; where it does not lie below, its name alone. The second
 * argument of a mu_file_name; `self` is not used. */
const char *mu_diff_name(const void *self, const char *file);
/* Fills the patches of a drill's findings; files are called as the report calls them. */
void mu_patch_report(const mu_report *report, const mu_tree *plan, mu_findings *findings, int64_t now);

#endif
