/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/whitehead.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

void plx_whitehead_shift(const double *p, guint k, double log_odds_ratio, double *out)
{
    double below = 0;
    double before = 0;
    for (guint i = 0; i < k; i++) {
        below += p[i];
        /* as odds / (1 + odds), which does not overflow at the last level */
        const double scaled = below * exp(log_odds_ratio);
        const double shifted = i + 1 == k ? 1 : scaled / (scaled + MAX(0, 1 - below));
        out[i] = shifted - before;
        before = shifted;
    }
}

double plx_whitehead_total(const double *p, guint k, double log_odds_ratio, double alpha,
                           double power)
{
    g_autofree double *other = g_new(double, k + 1);
    plx_whitehead_shift(p, k, log_odds_ratio, other);
    double cubes = 0;
    for (guint i = 0; i < k; i++)
        cubes += pow((p[i] + other[i]) / 2, 3);
    const double z = gsl_cdf_ugaussian_Pinv(1 - alpha / 2) + gsl_cdf_ugaussian_Pinv(power);
    const double rest = log_odds_ratio * log_odds_ratio * (1 - cubes);
    return rest > 1e-14 ? 12 * z * z / rest : PLX_NAN;
}
