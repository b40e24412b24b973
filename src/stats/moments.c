/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"

#include "base/number.h"

#include <math.h>

static const double *scores(const struct plx_distribution *d, double *buffer)
{
    for (guint i = 0; i < d->k; i++)
        buffer[i] = plx_distribution_score(d, i);
    return buffer;
}

double plx_mean(const struct plx_distribution *d)
{
    g_autofree double *a = g_new(double, d->k);
    return plx_linear(d, scores(d, a));
}

double plx_mean_variance(const struct plx_distribution *d)
{
    g_autofree double *a = g_new(double, d->k);
    return plx_linear_variance(d, scores(d, a));
}

double plx_variance(const struct plx_distribution *d)
{
    const double mean = plx_mean(d);
    /* Weighted: Kish's number takes the place of n. */
    const double n = d->m ? d->n : plx_effective_units(d);
    if (isnan(mean) || n <= 1)
        return PLX_NAN;
    double sum = 0;
    for (guint i = 0; i < d->k; i++) {
        const double h = plx_distribution_score(d, i) - mean;
        sum += d->w[i] * h * h;
    }
    return sum / plx_distribution_total(d) * n / (n - 1);
}

double plx_median(const struct plx_distribution *d)
{
    const double total = plx_distribution_total(d);
    double below = 0;
    for (guint i = 0; i < d->k; i++) {
        below += d->w[i];
        if (d->w[i] <= 0 || 2 * below < total)
            continue;
        if (2 * below > total)
            return plx_distribution_score(d, i);
        guint next = i + 1;
        while (next < d->k && d->w[next] <= 0)
            next++;
        return (plx_distribution_score(d, i) + plx_distribution_score(d, next)) / 2;
    }
    return PLX_NAN;
}

double plx_interpolated_median(const struct plx_distribution *d)
{
    const double total = plx_distribution_total(d);
    const double median = plx_median(d);
    double below = 0;
    for (guint i = 0; i < d->k; i++) {
        const double score = plx_distribution_score(d, i);
        if (score == median && d->w[i] > 0)
            return score - 0.5 + (total / 2 - below) / d->w[i];
        below += d->w[i];
    }
    return median;
}

double plx_share_from(const struct plx_distribution *d, double cut)
{
    double sum = 0;
    for (guint i = 0; i < d->k; i++)
        if (plx_distribution_score(d, i) >= cut)
            sum += d->w[i];
    return sum / plx_distribution_total(d);
}

double plx_share_to(const struct plx_distribution *d, double cut)
{
    double sum = 0;
    for (guint i = 0; i < d->k; i++)
        if (plx_distribution_score(d, i) <= cut)
            sum += d->w[i];
    return sum / plx_distribution_total(d);
}

double plx_n_eff(const struct plx_distribution *d)
{
    if (!d->m)
        return plx_effective_units(d);
    g_autofree double *a = g_new(double, d->k);
    return plx_linear_n_eff(d, scores(d, a));
}

double plx_kish(const double *w, gsize n)
{
    double sum = 0;
    double squares = 0;
    for (gsize i = 0; i < n; i++) {
        sum += w[i];
        squares += w[i] * w[i];
    }
    return sum * sum / squares;
}
