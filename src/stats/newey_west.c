/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/newey_west.h"

#include "base/number.h"

#include <math.h>

/* Entry (a, b) of sum_t e_t e_(t-lag) x_t x_(t-lag)'. */
static double lagged(const double *design, const double *residual, gsize n, guint a, guint b,
                     gsize lag)
{
    double sum = 0;
    for (gsize t = lag; t < n; t++)
        sum += residual[t] * design[a * n + t] * residual[t - lag] * design[b * n + t - lag];
    return sum;
}

static double meat(const double *design, const double *residual, gsize n, guint a, guint b,
                   guint lag)
{
    double sum = lagged(design, residual, n, a, b, 0);
    for (guint l = 1; l <= lag && l < n; l++)
        sum += (1 - l / (lag + 1.0)) *
               (lagged(design, residual, n, a, b, l) + lagged(design, residual, n, b, a, l));
    return sum;
}

void plx_newey_west(const double *design, const double *residual, const double *inverse, gsize n,
                    guint p, guint lag, double *covariance)
{
    g_autofree double *middle = g_new0(double, (gsize)p *p);
    guint used = 0;
    for (guint a = 0; a < p; a++) {
        used += isnan(inverse[(gsize)a * p + a]) ? 0 : 1;
        for (guint b = 0; b < p; b++)
            middle[(gsize)a * p + b] = meat(design, residual, n, a, b, lag);
    }
    const double factor = n > used ? (double)n / (double)(n - used) : PLX_NAN;
    for (guint a = 0; a < p; a++)
        for (guint b = 0; b < p; b++) {
            double sum = isnan(inverse[(gsize)a * p + b]) ? PLX_NAN : 0;
            for (guint c = 0; c < p; c++)
                for (guint d = 0; d < p; d++)
                    if (!isnan(inverse[(gsize)c * p + c]) && !isnan(inverse[(gsize)d * p + d]))
                        sum += inverse[(gsize)a * p + c] * middle[(gsize)c * p + d] *
                               inverse[(gsize)d * p + b];
            covariance[(gsize)a * p + b] = factor * sum;
        }
}

guint plx_newey_west_lag(gsize n)
{
    return (guint)floor(4 * pow((double)n / 100, 2.0 / 9));
}
