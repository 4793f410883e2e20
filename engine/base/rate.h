/* rate.h - how sure a share of a few is, and the difference of two of them. Whole numbers throughout, so that every machine agrees:
 * millionths, where percent is not said. */
#ifndef MU_BASE_RATE_H
#define MU_BASE_RATE_H

#include <stdint.h>

typedef struct mu_interval {
    int64_t low, high;
} mu_interval;

/* The 95 % interval of k of n (E. B. Wilson, 1927); n is at least 1. */
mu_interval mu_rate(int64_t k, int64_t n);
/* The same in whole percent, rounded once. */
mu_interval mu_rate_percent(int64_t k, int64_t n);
/* The 95 % interval of k1/n1 - k2/n2 (R. G. Newcombe, 1998, method 10); both n are at least 1. */
mu_interval mu_rate_difference(int64_t k1, int64_t n1, int64_t k2, int64_t n2);

#endif
