/* tried.h - whether a run exercised a gap: whether it came into the case in which the gap shows itself.
 *
 * That a role was looked for says nothing of its deputy while the one who stands first is there. So each type of gap has a
 * condition; an item of the improvement plan closes only by a later run that met it, and in which the gap did not appear. */
#ifndef MU_REPORT_TRIED_H
#define MU_REPORT_TRIED_H

#include "report/model.h"

/* The first event of the run that met the condition of this type of gap at this place; 0 where none did. */
uint32_t mu_tried(const mu_report *report, const char *gap, const char *subject);
/* The condition, as the end of "it closes by a later run in which ...". */
const char *mu_tried_words(const char *gap);

#endif
