/* odds.h - how likely each need, and something of the plan, fails, when each that can be absent is so by a chance of its own,
 * independent of the others: exact by a decision diagram, or where that is out of reach an interval from samples. */
#ifndef MU_ABSENCE_ODDS_H
#define MU_ABSENCE_ODDS_H

#include "absence/cuts.h"
#include "absence/needs.h"

typedef struct mu_chance_is {
    double chance;
    double half;   /* half the width of the interval of 99%; 0 where it is exact */
} mu_chance_is;

typedef struct mu_odds {
    const mu_chance_is *needs;  /* by need */
    mu_chance_is plan;          /* that one fails which is not left out */
    const bool *left_out;       /* by need: it fails with nobody absent, of a stretch at every moment */
    bool exact;                 /* all of them */
    const double *absent;       /* by element */
    uint64_t samples;           /* of the intervals */
    const char *note;           /* why not all are exact; NULL */
    int64_t from, until;        /* of a stretch: UTC; else both 0 */
    const double *away;         /* of a stretch, by element: the share of it in which a person is on leave or off hours */
} mu_odds;

typedef struct mu_odds_options {
    const double *absent; /* by element, from 0 to 1 */
    size_t most;          /* nodes of a diagram */
    void (*say)(void *self, const char *why); /* called before sampling begins, with why */
    mu_cuts_watch watch;
    void *self;           /* of both */
} mu_odds_options;

/* As at the moment of the needs. Owned by the house's arena. */
mu_odds *mu_odds_of(const mu_needs *needs, const mu_odds_options *options);
/* At a moment of [from, until) of which any is as likely: who is on leave, off hours or not in turn then is not there, and each is
 * absent by its chance besides. What is needed is held against those who are there at once, as in hours.h. NULL with *why where
 * something is more than can be judged. */
mu_odds *mu_odds_over(const mu_needs *needs, const mu_needs_options *asked, int64_t from, int64_t until, const mu_odds_options *options, const char **why);

#endif
