#include "base/rate.h"

#define ONE INT64_C(1000000)

static int64_t root_of(int64_t square)
{
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 31; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= square)
            root += bit;
    return root;
}

/* In parts of `whole`; z squared is 3.8416. */
static mu_interval share(int64_t k, int64_t n, int64_t whole)
{
    int64_t root = root_of(38416 * (38416 + 40000 * k * (n - k) / n)), a = 20000 * k + 38416, d = 2 * (10000 * n + 38416);
    return (mu_interval){(whole * (a - root) + d / 2) / d, (whole * (a + root) + d / 2) / d};
}

mu_interval mu_rate(int64_t k, int64_t n)
{
    return share(k, n, ONE);
}

mu_interval mu_rate_percent(int64_t k, int64_t n)
{
    return share(k, n, 100);
}

mu_interval mu_rate_difference(int64_t k1, int64_t n1, int64_t k2, int64_t n2)
{
    mu_interval a = mu_rate(k1, n1), b = mu_rate(k2, n2);
    int64_t p = ONE * k1 / n1, q = ONE * k2 / n2;
    return (mu_interval){p - q - root_of((p - a.low) * (p - a.low) + (b.high - q) * (b.high - q)), p - q + root_of((a.high - p) * (a.high - p) + (q - b.low) * (q - b.low))};
}
