/* format.h - programme.yaml, format 1, as a table of the same kind as a plan's: which key stands where and what it holds. */
#ifndef MU_PROGRAMME_FORMAT_H
#define MU_PROGRAMME_FORMAT_H

#include "plan/fields.h"

extern const mu_field mu_programme_fields[]; /* ends with in == NULL; the rows of one struct stand together */

#endif
