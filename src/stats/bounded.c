/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bounded.h"

#include "base/number.h"

#include <math.h>

/* The smaller root of theta^2 (1 + ratio) - theta (2 p + ratio) + p^2, as product / larger root:
 * no cancellation. */
static double lower(double p, double ratio)
{
    const double root = sqrt(ratio * ratio + 4 * ratio * p * (1 - p));
    const double denominator = 2 * p + ratio + root;
    return denominator > 0 ? 2 * p * p / denominator : 0;
}

struct plx_interval plx_score_interval(double p, double ratio)
{
    if (isnan(p) || isnan(ratio))
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    if (isinf(ratio))
        return (struct plx_interval){0, 1};
    const struct plx_interval ci = {lower(p, ratio), 1 - lower(1 - p, ratio)};
    return (struct plx_interval){MIN(ci.lo, p), MAX(ci.hi, p)}; /* rounding must not lose p */
}

double plx_smoothed_spread(double s2, double n, double p, double even)
{
    const double c = PLX_PSEUDO_ANSWERS;
    const double centre = (p - 0.5) * (p - 0.5);
    const double spread = ((n - 1) * s2 + c * even + c * n / (n + c) * centre) / (n - 1 + c);
    const double most = plx_smoothed_binomial(p, n) * n / MAX(n - 1, 1e-9);
    return MIN(spread, most); /* nothing between 0 and 1 varies more */
}

double plx_smoothed_binomial(double p, double n)
{
    const double c = PLX_PSEUDO_ANSWERS;
    const double centre = (n * p + c / 2) / (n + c);
    return centre * (1 - centre);
}
