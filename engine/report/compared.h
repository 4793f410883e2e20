/* compared.h - what was compared, covered and held, for the formats that share it. */
#ifndef MU_REPORT_COMPARED_H
#define MU_REPORT_COMPARED_H

#include "report/model.h"

/* `"communication": [...], "escalation": [...], "climbs": [...], "jumped": [...], "levels": [...], "coverage": [...],
 * "held": [...],`: members of an object that the caller opens and closes. */
void mu_compared_json(mu_buf *out, const mu_report *report);
/* The same as sections of plain sentences, each given to `line` (level 0: a heading, 1: a sentence, 2: an item). */
void mu_compared_text(const mu_report *report, void (*line)(void *self, int level, const char *text), void *self);

#endif
