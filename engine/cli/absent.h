/* absent.h - what commands that ask for absences read of a command line: kinds, costs of changes, how many. */
#ifndef MU_CLI_ABSENT_H
#define MU_CLI_ABSENT_H

#include "absence/needs.h"
#include "base/text.h"

#define MU_ABSENT_KINDS "--with takes people, sites, channels, externals, dependencies, with commas between them"
#define MU_ABSENT_COSTS "--cost takes deputy=2: a kind of change (deputy, access, account, authority, way, sooner) and a whole number from 1 to 1000"

/* One value of --with; cut apart. Adds to *kinds; false where a word is none. */
bool mu_absent_kinds(char *value, unsigned *kinds);
/* One value of --cost: "deputy=2,way=3"; cut apart. */
bool mu_absent_costs(char *value, int *costs);
/* From 1 to 64. */
bool mu_absent_order(const char *text, unsigned *order);
/* " --with people,sites"; nothing where it is every kind. */
void mu_absent_with(mu_buf *out, unsigned kinds);
/* " --cost deputy=3", where a cost is not 1. */
void mu_absent_cost(mu_buf *out, const int *costs);

#endif
