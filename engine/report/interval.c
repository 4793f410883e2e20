#include "report/interval.h"

/* P(B <= k) for B binomial in n and p, 0 < p < 1: from the middle outwards, so that nothing underflows that counts. */
static double at_most(int k, int n, double p)
{
    int mode = (int)((n + 1) * p);
    mode = mode > n ? n : mode;
    double all = 1, part = mode <= k ? 1 : 0, up = 1, down = 1;
    for (int i = mode; i < n; i++) {
        up *= (double)(n - i) / (i + 1) * (p / (1 - p));
        all += up;
        part += i + 1 <= k ? up : 0;
    }
    for (int i = mode; i > 0; i--) {
        down *= (double)i / (n - i + 1) * ((1 - p) / p);
        all += down;
        part += i - 1 <= k ? down : 0;
    }
    return part / all;
}

static int percent_of(double p)
{
    return (int)(p * 100 + 0.5);
}

void mu_exact(int k, int n, int *low, int *high)
{
    double a = 0, b = 1, c = 0, d = 1;
    for (int i = 0; i < 60; i++) {
        double m = (a + b) / 2, q = (c + d) / 2;
        if (k > 0 && 1 - at_most(k - 1, n, m) < 0.025)
            a = m;
        else
            b = m;
        if (k < n && at_most(k, n, q) < 0.025)
            d = q;
        else
            c = q;
    }
    *low = k == 0 ? 0 : percent_of(a);
    *high = k == n ? 100 : percent_of(c);
}

bool mu_ranks(int n, int percent, int *low, int *high)
{
    double p = percent / 100.0;
    *low = 0;
    *high = n + 1;
    while (*low < n && at_most(*low, n, p) <= 0.025)
        (*low)++;
    while (*high > 1 && 1 - at_most(*high - 2, n, p) <= 0.025)
        (*high)--;
    return *low >= 1 && *high <= n;
}

bool mu_greatest_bounds(int n, int percent)
{
    double all = 1;
    for (int i = 0; i < n; i++)
        all *= percent / 100.0;
    return all <= 0.05;
}

int mu_rank_of(int n, int percent)
{
    return (n * percent + 99) / 100;
}
