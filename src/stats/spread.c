/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spread.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct plx_spread plx_spread_compare(double variance_a, double df_a, double variance_b, double df_b,
                                     double kurtosis, double level)
{
    struct plx_spread r = {PLX_NAN, {PLX_NAN, PLX_NAN}, PLX_NAN};
    if (!(variance_a > 0 && variance_b > 0 && df_a > 0 && df_b > 0 && kurtosis > 1))
        return r;
    const double f = variance_a / variance_b;
    const double a = df_a * 2 / (kurtosis - 1);
    const double b = df_b * 2 / (kurtosis - 1);
    const double p = (1 + level) / 2;
    r.ratio = sqrt(f);
    r.ci.lo = sqrt(f / plx_f_quantile(p, a, b));
    r.ci.hi = sqrt(f * plx_f_quantile(p, b, a));
    r.p = gsl_cdf_fdist_Q(f, a, b);
    return r;
}
