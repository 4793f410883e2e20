/* odds.h - how likely each need, and something of the plan, fails, when each that can be absent is so by a chance of its own,
 * independent of the others: exact by a decision diagram, or where that is out of reach an interval from samples. */
#ifndef MU_ABSENCE_ODDS_H
#define MU_ABSENCE_ODDS_H

#include "absence/needs.h"

typedef struct mu_chance_is {
    double chance;
    double half;   /* half the width of the interval of 99%; 0 where it is exact */
} mu_chance_is;

typedef struct mu_odds {
    const mu_chance_is *needs;  /* by need */
    mu_chance_is plan;          /* that one fails which holds with nobody absent */
    bool exact;                 /* all of them */
    const double *absent;       /* by element */
    uint64_t samples;           /* of the intervals */
    const char *note;           /* why not all are exact; NULL */
} mu_odds;

/* Called before sampling begins, with why. */
typedef void (*mu_odds_say)(void *self, const char *why);

/* `most` nodes of a diagram. Owned by the house's arena. */
mu_odds *mu_odds_of(const mu_needs *needs, const double *absent, size_t most, mu_odds_say say, void *self);

#endif
