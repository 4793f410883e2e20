/* measured.h - what drills with people have measured of how they behave. */
#ifndef MU_CLI_MEASURED_H
#define MU_CLI_MEASURED_H

#include "base/text.h"
#include "store/past.h"

/* Adds an assumptions file: `own`, the path of one, or NULL, with what was measured put over it. Returns how many values were measured: where it is 0 nothing is added.
 * -1 after diagnostics where `own` cannot be read. */
int mu_measured_file(const mu_past *past, const char *own, mu_arena *arena, mu_buf *out);

#endif
