/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ttest.h"

#include "base/number.h"
#include "stats/moments.h"

#include <math.h>

static void finish(struct plx_ttest *t, double mu, double level)
{
    t->statistic = t->se > 0 ? (t->estimate - mu) / t->se : PLX_NAN;
    t->p = plx_t_two_sided(t->statistic, t->df);
    const double half = plx_t_quantile(level, t->df) * t->se;
    t->ci = (struct plx_interval){t->estimate - half, t->estimate + half};
}

struct plx_ttest plx_ttest_one(const struct plx_distribution *d, double mu, double level)
{
    struct plx_ttest t = {.estimate = plx_mean(d),
                          .sd = sqrt(plx_variance(d)),
                          .se = sqrt(plx_mean_variance(d)),
                          .df = plx_distribution_df(d)};
    finish(&t, mu, level);
    return t;
}

struct plx_ttest plx_welch(const struct plx_distribution *a, const struct plx_distribution *b,
                           double level)
{
    const double va = plx_mean_variance(a);
    const double vb = plx_mean_variance(b);
    struct plx_ttest t = {.estimate = plx_mean(a) - plx_mean(b),
                          .sd = PLX_NAN,
                          .se = sqrt(va + vb),
                          .df =
                              plx_welch_df(va, plx_distribution_df(a), vb, plx_distribution_df(b))};
    finish(&t, 0, level);
    return t;
}

void plx_pair_differences(const double *table, guint kx, guint ky, double *out)
{
    for (guint i = 0; i < kx + ky - 1; i++)
        out[i] = 0;
    for (guint i = 0; i < kx; i++)
        for (guint j = 0; j < ky; j++)
            out[i + (ky - 1) - j] += table[i * ky + j];
}
