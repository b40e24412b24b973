/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/brunner_munzel.h"

#include "base/number.h"

#include <math.h>

void plx_placements(const struct plx_distribution *other, double *out)
{
    const double total = plx_distribution_total(other);
    double below = 0;
    for (guint i = 0; i < other->k; i++) {
        out[i] = (below + other->w[i] / 2) / total;
        below += other->w[i];
    }
}

struct plx_brunner_munzel plx_brunner_munzel(const struct plx_distribution *x,
                                             const struct plx_distribution *y, double level)
{
    g_assert(x->k == y->k);
    g_autofree double *placement = g_new(double, x->k);
    struct plx_brunner_munzel r = {
        .statistic = PLX_NAN, .df = PLX_NAN, .p = PLX_NAN, .ci = {PLX_NAN, PLX_NAN}};
    plx_placements(y, placement);
    r.variance_x = plx_linear_variance(x, placement);
    plx_placements(x, placement);
    r.variance_y = plx_linear_variance(y, placement);
    r.p_hat = plx_linear(y, placement);
    const double variance = r.variance_x + r.variance_y;
    if (!(variance > PLX_NO_VARIANCE))
        return r;
    r.statistic = (r.p_hat - 0.5) / sqrt(variance);
    r.df = plx_welch_df(r.variance_x, plx_distribution_df(x), r.variance_y, plx_distribution_df(y));
    r.p = plx_t_two_sided(r.statistic, r.df);
    const double half = plx_t_quantile(level, r.df) * sqrt(variance);
    r.ci = (struct plx_interval){r.p_hat - half, r.p_hat + half};
    return r;
}
