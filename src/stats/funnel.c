/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/funnel.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* P(X <= x); 0 below 0. */
static double cumulated(double x, double n, double target)
{
    return x < 0 ? 0 : gsl_cdf_binomial_P((unsigned)x, target, (unsigned)n);
}

/* The smallest whole number with P(X <= r) >= q, less what it overshoots. */
static double quantile(double n, double target, double q)
{
    double below = -1;
    double r = n;
    while (r - below > 1) {
        const double middle = floor((below + r) / 2);
        if (cumulated(middle, n, target) >= q)
            r = middle;
        else
            below = middle;
    }
    const double up_to = cumulated(r, n, target);
    return r - (up_to - q) / (up_to - cumulated(r - 1, n, target));
}

struct plx_interval plx_funnel_share(double n, double target, double level)
{
    if (!(n >= 1) || n != floor(n) || n > G_MAXINT32 || !(target >= 0 && target <= 1))
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    if (target == 0 || target == 1)
        return (struct plx_interval){target, target};
    const double tail = (1 - level) / 2;
    /* the upper limit as the lower one of the answers of the other kind */
    return (struct plx_interval){MAX(0, quantile(n, target, tail) / n),
                                 1 - MAX(0, quantile(n, 1 - target, tail) / n)};
}

struct plx_interval plx_funnel_mean(double n, double target, double sd, double level)
{
    if (!(n > 0) || !(sd > 0))
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    const double distance = gsl_cdf_ugaussian_Pinv((1 + level) / 2) * sd / sqrt(n);
    return (struct plx_interval){target - distance, target + distance};
}
