/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/share.h"

#include "base/number.h"
#include "stats/bounded.h"
#include "stats/mean_interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const struct plx_interval none = {PLX_NAN, PLX_NAN};

static struct plx_interval wilson_cc(double x, double n, double z)
{
    const double p = x / n;
    const double q = 1 - p;
    const double z2 = z * z;
    const double denominator = 2 * (n + z2);
    const double lo_root = z2 - 2 - 1 / n + 4 * p * (n * q + 1);
    const double hi_root = z2 + 2 - 1 / n + 4 * p * (n * q - 1);
    struct plx_interval ci = {0, 1};
    if (x > 0)
        ci.lo = MAX(0, (2 * x + z2 - 1 - z * sqrt(MAX(lo_root, 0))) / denominator);
    if (x < n)
        ci.hi = MIN(1, (2 * x + z2 + 1 + z * sqrt(MAX(hi_root, 0))) / denominator);
    return ci;
}

struct plx_interval plx_wilson(double x, double n, double level, gboolean cc)
{
    if (!(n > 0) || !(x >= 0) || !(x <= n))
        return none;
    g_assert(level > 0 && level < 1);
    const double z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
    return cc ? wilson_cc(x, n, z) : plx_score_interval(x / n, z * z / n);
}

/* How many units the answers that `a` marks come from: Kish's number of them, (sum of x_u)^2 / sum
 * of x_u^2. */
static double units_behind(const struct plx_distribution *d, const double *a)
{
    double sum = 0;
    double squares = 0;
    for (guint i = 0; i < d->k; i++) {
        sum += a[i] * d->w[i];
        for (guint j = 0; j < d->k; j++)
            squares += a[i] * a[j] * d->m[(gsize)i * d->k + j];
    }
    return squares > 0 ? sum * sum / squares : 0;
}

/* The design effect. The fewer units the rarer kind of answers comes from, the less they tell
 * whether units repeat themselves (from one none at all), and the more it is taken as if they did:
 * one unit's worth of n / units, as at p = 0 and 1. */
static double design_effect(const struct plx_distribution *d, const double *a)
{
    g_autofree double *others = g_new(double, d->k);
    for (guint i = 0; i < d->k; i++)
        others[i] = 1 - a[i];
    const double units = MIN(units_behind(d, a), units_behind(d, others));
    const double most = d->n / plx_effective_units(d);
    const double seen = d->n / plx_linear_n_eff(d, a);
    return seen < most ? (units * seen + most) / (units + 1) : seen;
}

/* Few clusters tell little about their own variance: Korn and Graubard (1998) shrink n_eff by
 * (t_{n-1} / t_{units-1})^2. */
static double cluster_n_eff(const struct plx_distribution *d, const double *a, double p,
                            double level)
{
    if (p <= 0 || p >= 1)
        return MIN(plx_linear_n_eff(d, a), d->units);
    const double ratio =
        plx_t_quantile(level, MAX(d->n, d->units) - 1) / plx_t_quantile(level, d->units - 1);
    return d->n / design_effect(d, a) * ratio * ratio;
}

struct plx_share plx_share(const struct plx_distribution *d, guint from, guint to, double level)
{
    const double total = plx_distribution_total(d);
    if (!(total > 0))
        return (struct plx_share){PLX_NAN, PLX_NAN, none};
    double part = 0;
    g_autofree double *a = g_new0(double, d->k);
    for (guint i = from; i <= to && i < d->k; i++) {
        part += d->w[i];
        a[i] = 1;
    }
    const double p = CLAMP(part / total, 0, 1);
    if (d->complete)
        return (struct plx_share){p, d->n, {p, p}};
    if (d->m && d->units < 2)
        return (struct plx_share){p, PLX_NAN, none};
    double n_eff = d->n;
    if (d->m) {
        n_eff = cluster_n_eff(d, a, p, level);
    } else if (d->w2) {
        n_eff = plx_effective_units(d);
    }
    return (struct plx_share){p, n_eff, plx_wilson(p * n_eff, n_eff, level, FALSE)};
}

struct plx_interval plx_newcombe(double x1, double n1, double x2, double n2, double level,
                                 gboolean cc)
{
    return plx_mover(x1 / n1, plx_wilson(x1, n1, level, cc), x2 / n2,
                     plx_wilson(x2, n2, level, cc));
}

struct plx_interval plx_share_difference(struct plx_share a, struct plx_share b)
{
    return plx_mover(a.p, a.ci, b.p, b.ci);
}

struct plx_interval plx_share_against(struct plx_share a, double fixed)
{
    return (struct plx_interval){a.ci.lo - fixed, a.ci.hi - fixed};
}
