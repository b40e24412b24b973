/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/superiority.h"

#include "base/number.h"
#include "stats/bounded.h"

#include <math.h>

/* Variance of p_hat from one side, smoothed for few units; a placement spread evenly over 0..1 has
 * variance 1/12. */
static double smoothed_variance(const struct plx_distribution *d, double variance, double p)
{
    if (d->complete)
        return 0;
    const double n = plx_effective_units(d);
    return plx_smoothed_spread(variance * n, n, p, 1.0 / 12) / n;
}

static struct plx_interval interval_from(const struct plx_distribution *a,
                                         const struct plx_distribution *b,
                                         const struct plx_brunner_munzel *bm, double level)
{
    const double p = bm->p_hat;
    if (isnan(p) || isnan(bm->variance_x + bm->variance_y))
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    if (a->complete && b->complete)
        return (struct plx_interval){p, p};
    const double va = smoothed_variance(a, bm->variance_y, p);
    const double vb = smoothed_variance(b, bm->variance_x, p);
    const double df = plx_welch_df(va, plx_distribution_df(a) + PLX_PSEUDO_DF, vb,
                                   plx_distribution_df(b) + PLX_PSEUDO_DF);
    const double t = plx_t_quantile(level, df);
    const double n = a->complete   ? plx_effective_units(b)
                     : b->complete ? plx_effective_units(a)
                                   : MIN(plx_effective_units(a), plx_effective_units(b));
    return plx_score_interval(CLAMP(p, 0, 1), t * t * (va + vb) / plx_smoothed_binomial(p, n));
}

static struct plx_superiority describe(const struct plx_distribution *a,
                                       const struct plx_distribution *b, double level)
{
    const struct plx_brunner_munzel bm = plx_brunner_munzel(b, a, level);
    return (struct plx_superiority){.p_hat = bm.p_hat,
                                    .ci = interval_from(a, b, &bm, level),
                                    .delta = 2 * bm.p_hat - 1,
                                    .se = sqrt(bm.variance_x + bm.variance_y),
                                    .statistic = bm.statistic,
                                    .df = bm.df,
                                    .p = bm.p,
                                    .p_method = isnan(bm.p) ? PLX_P_NONE : PLX_P_T};
}

struct plx_interval plx_superiority_interval(const struct plx_distribution *a,
                                             const struct plx_distribution *b, double level)
{
    const struct plx_brunner_munzel bm = plx_brunner_munzel(b, a, level);
    return interval_from(a, b, &bm, level);
}

static gboolean is_small(const struct plx_distribution *a, const struct plx_distribution *b)
{
    return MIN(a->units, b->units) < PLX_SMALL_UNITS;
}

/* Without any spread t has nothing to divide by, but the permutation p is plain: when all agree
 * every division looks the same, and when two unanimous groups differ only the observed division
 * (and its mirror image in equal groups) is as extreme. */
static gboolean without_spread(const struct plx_distribution *a, const struct plx_distribution *b,
                               struct plx_superiority *s)
{
    if (!(s->se * s->se <= PLX_NO_VARIANCE))
        return FALSE;
    const double divisions = plx_divisions(a->units + b->units, MIN(a->units, b->units));
    const double extreme = a->units == b->units ? 2 : 1;
    s->p = fabs(s->p_hat - 0.5) < 0.25 ? 1 : extreme / divisions; /* p_hat is 0, 1/2 or 1 */
    s->p_method = PLX_P_EXACT;
    return TRUE;
}

struct plx_superiority plx_superiority(const struct plx_distribution *a,
                                       const struct plx_distribution *b, double level, guint64 seed)
{
    struct plx_superiority s = describe(a, b, level);
    if (a->complete || b->complete || without_spread(a, b, &s) || !is_small(a, b))
        return s;
    if (!a->w2 && !b->w2 && !a->m && !b->m)
        s.p_method = plx_permutation_counts(b, a, PLX_EXACT_TABLES, PLX_PERMUTATIONS, seed, &s.p);
    return s;
}

struct plx_superiority plx_superiority_units(plx_units *a, plx_units *b, double level, guint64 seed)
{
    const struct plx_distribution *da = plx_units_distribution(a);
    const struct plx_distribution *db = plx_units_distribution(b);
    const gboolean plain = !da->w2 && !db->w2 && !da->m && !db->m;
    if (plain)
        return plx_superiority(da, db, level, seed);
    struct plx_superiority s = describe(da, db, level);
    if (da->complete || db->complete || without_spread(da, db, &s))
        return s;
    if (is_small(da, db))
        s.p_method = plx_permutation_units(b, a, PLX_PERMUTATIONS, seed, &s.p);
    return s;
}
