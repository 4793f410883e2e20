/* interval.h - what few observations can carry (doctrine: how to score honestly). Everything at 95 %; additions, products and
 * quotients only, so that every machine agrees. */
#ifndef MU_REPORT_INTERVAL_H
#define MU_REPORT_INTERVAL_H

#include <stdbool.h>

/* Clopper and Pearson's exact interval for k of n, in whole percent; n is not 0. */
void mu_exact(int k, int n, int *low, int *high);

/* The ranks (from 1) of the ordered values between which a percentile of the population lies, whatever its distribution. False where
 * n cannot carry it: below 6 for the median, below 36 for P90. */
bool mu_ranks(int n, int percent, int *low, int *high);

/* True where the greatest of n values is an upper bound of the percentile, one-sided: from 29 on for P90. */
bool mu_greatest_bounds(int n, int percent);

/* The rank of the percentile itself: the least value that at least so many percent do not exceed. */
int mu_rank_of(int n, int percent);

#endif
