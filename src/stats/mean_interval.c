/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/mean_interval.h"

#include "base/number.h"
#include "stats/bounded.h"
#include "stats/moments.h"

#include <math.h>

static const struct plx_interval none = {PLX_NAN, PLX_NAN};

struct plx_interval plx_mean_interval(const struct plx_distribution *d, double level)
{
    const double mean = plx_mean(d);
    if (d->complete || isnan(mean))
        return (struct plx_interval){mean, mean};
    if (d->units < 2)
        return none;
    const double min = plx_distribution_score(d, 0);
    const double range = plx_distribution_score(d, d->k - 1) - min;
    if (range <= 0)
        return (struct plx_interval){mean, mean};
    const double p = CLAMP((mean - min) / range, 0, 1);
    const double n = plx_effective_units(d);
    const double s2 = plx_mean_variance(d) * n / (range * range);
    /* The variance of an evenly spread answer: (K^2 - 1) / 12 / (K - 1)^2. */
    const double even = (d->k + 1.0) / (12.0 * (d->k - 1.0));
    const double t = plx_t_quantile(level, d->units - 1 + PLX_PSEUDO_DF);
    const double ratio =
        t * t / n * plx_smoothed_spread(s2, n, p, even) / plx_smoothed_binomial(p, n);
    const struct plx_interval ci = plx_score_interval(p, ratio);
    return (struct plx_interval){MIN(min + range * ci.lo, mean), MAX(min + range * ci.hi, mean)};
}

struct plx_interval plx_mean_t_interval(const struct plx_distribution *d, double level)
{
    const double mean = plx_mean(d);
    if (d->complete)
        return (struct plx_interval){mean, mean};
    const double half = plx_t_quantile(level, plx_distribution_df(d)) * sqrt(plx_mean_variance(d));
    return (struct plx_interval){mean - half, mean + half};
}

struct plx_interval plx_mover(double x, struct plx_interval ix, double y, struct plx_interval iy)
{
    const double difference = x - y;
    return (struct plx_interval){difference - hypot(x - ix.lo, iy.hi - y),
                                 difference + hypot(ix.hi - x, y - iy.lo)};
}

struct plx_difference plx_mean_difference(const struct plx_distribution *a,
                                          const struct plx_distribution *b, double level)
{
    const double x = plx_mean(a);
    const double y = plx_mean(b);
    const double vx = plx_mean_variance(a);
    const double vy = plx_mean_variance(b);
    return (struct plx_difference){
        .difference = x - y,
        .se = sqrt(vx + vy),
        .df = plx_welch_df(vx, plx_distribution_df(a), vy, plx_distribution_df(b)),
        .ci = plx_mover(x, plx_mean_interval(a, level), y, plx_mean_interval(b, level))};
}

enum plx_decision plx_decide(struct plx_interval ci, double margin)
{
    if (isnan(ci.lo) || isnan(ci.hi))
        return PLX_DECISION_NONE;
    if (ci.lo > margin)
        return PLX_DECISION_ABOVE;
    if (ci.hi < -margin)
        return PLX_DECISION_BELOW;
    if (ci.lo > -margin && ci.hi < margin)
        return PLX_DECISION_WITHIN;
    return PLX_DECISION_NONE;
}

/* b as it would be with `factor` times its answers. */
static struct plx_interval grown_interval(const struct plx_distribution *b, double factor,
                                          double level, double *storage)
{
    struct plx_distribution grown = *b;
    const guint k = b->k;
    double *w = storage;
    double *w2 = w + k;
    double *m = w2 + k;
    for (guint i = 0; i < k; i++)
        w[i] = b->w[i] * factor;
    for (guint i = 0; b->w2 && i < k; i++)
        w2[i] = b->w2[i] * factor;
    for (guint i = 0; b->m && i < k * k; i++)
        m[i] = b->m[i] * factor;
    grown.w = w;
    grown.w2 = b->w2 ? w2 : NULL;
    grown.m = b->m ? m : NULL;
    grown.units *= factor;
    grown.n *= factor;
    return plx_mean_interval(&grown, level);
}

double plx_answers_needed(const struct plx_distribution *a, const struct plx_distribution *b,
                          double level, double margin)
{
    const double x = plx_mean(a);
    const double y = plx_mean(b);
    const struct plx_interval ia = plx_mean_interval(a, level);
    if (isnan(ia.lo) || isnan(y) || b->units < 2)
        return PLX_NAN;
    if (plx_decide(plx_mover(x, ia, y, plx_mean_interval(b, level)), margin) != PLX_DECISION_NONE)
        return 0;
    const struct plx_interval known = {y, y};
    if (b->complete || plx_decide(plx_mover(x, ia, y, known), margin) == PLX_DECISION_NONE)
        return PLX_INFINITY;
    g_autofree double *storage = g_new(double, 2 * b->k + b->k * b->k);
    double low = 1;
    double high = 2;
    for (; high < 0x1p50; low = high, high *= 2)
        if (plx_decide(plx_mover(x, ia, y, grown_interval(b, high, level, storage)), margin) !=
            PLX_DECISION_NONE)
            break;
    while ((high - low) * b->n > 0.5 && high - low > 1e-9 * high) {
        const double middle = low + (high - low) / 2;
        if (plx_decide(plx_mover(x, ia, y, grown_interval(b, middle, level, storage)), margin) ==
            PLX_DECISION_NONE)
            low = middle;
        else
            high = middle;
    }
    return ceil((high - 1) * b->n);
}
