/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/distribution.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct plx_distribution plx_distribution_counts(const double *counts, guint k, double first)
{
    double n = 0;
    for (guint i = 0; i < k; i++)
        n += counts[i];
    return (struct plx_distribution){.k = k, .first = first, .w = counts, .units = n, .n = n};
}

double plx_distribution_score(const struct plx_distribution *d, guint value)
{
    return d->score ? d->score[value] : d->first + value;
}

double plx_distribution_total(const struct plx_distribution *d)
{
    double total = 0;
    for (guint i = 0; i < d->k; i++)
        total += d->w[i];
    return total;
}

double plx_linear(const struct plx_distribution *d, const double *a)
{
    double sum = 0;
    for (guint i = 0; i < d->k; i++)
        sum += a[i] * d->w[i];
    return sum / plx_distribution_total(d);
}

/* h' M h, the units' own contributions squared and summed. */
static double quadratic_form(const struct plx_distribution *d, const double *a, double theta)
{
    double sum = 0;
    if (!d->m) {
        const double *w2 = d->w2 ? d->w2 : d->w;
        for (guint i = 0; i < d->k; i++)
            sum += w2[i] * (a[i] - theta) * (a[i] - theta);
        return sum;
    }
    for (guint i = 0; i < d->k; i++) {
        double row = 0;
        for (guint j = 0; j < d->k; j++)
            row += d->m[i * d->k + j] * (a[j] - theta);
        sum += row * (a[i] - theta);
    }
    return MAX(sum, 0); /* M is positive semi-definite; rounding is not */
}

/* sum W_k h_k^2 */
static double spread(const struct plx_distribution *d, const double *a, double theta)
{
    double sum = 0;
    for (guint i = 0; i < d->k; i++)
        sum += d->w[i] * (a[i] - theta) * (a[i] - theta);
    return sum;
}

double plx_linear_variance(const struct plx_distribution *d, const double *a)
{
    const double theta = plx_linear(d, a);
    if (isnan(theta))
        return PLX_NAN;
    if (d->complete)
        return 0;
    if (d->units < 2)
        return PLX_NAN;
    const double total = plx_distribution_total(d);
    return d->units / (d->units - 1) * quadratic_form(d, a, theta) / (total * total);
}

double plx_effective_units(const struct plx_distribution *d)
{
    const double total = plx_distribution_total(d);
    double squares = 0; /* sum over units of (unit's total weight)^2 */
    if (d->m) {
        for (guint i = 0; i < d->k * d->k; i++)
            squares += d->m[i];
    } else {
        for (guint i = 0; i < d->k; i++)
            squares += d->w2 ? d->w2[i] : d->w[i];
    }
    return total * total / squares;
}

double plx_linear_n_eff(const struct plx_distribution *d, const double *a)
{
    if (!d->m && !d->w2)
        return d->n;
    const double theta = plx_linear(d, a);
    if (isnan(theta))
        return PLX_NAN;
    const double variation = spread(d, a, theta);
    const double form = quadratic_form(d, a, theta);
    const double total = plx_distribution_total(d);
    /* Below the rounding of the sums there is no spread to speak of. */
    double scale = 0;
    for (guint i = 0; i < d->k; i++)
        scale = MAX(scale, a[i] * a[i]);
    if (variation <= 1e-12 * total * scale || form <= 1e-12 * total * scale)
        return MIN(plx_effective_units(d), d->units);
    const double n_eff = total * variation / form;
    return d->m ? MIN(n_eff, d->n) : n_eff;
}

double plx_distribution_df(const struct plx_distribution *d)
{
    return d->complete ? PLX_INFINITY : MAX(d->units - 1, 0);
}

double plx_welch_df(double v1, double df1, double v2, double df2)
{
    const double sum = v1 + v2;
    if (isnan(sum))
        return PLX_NAN;
    double denominator = 0;
    if (v1 > 0)
        denominator += v1 * v1 / df1;
    if (v2 > 0)
        denominator += v2 * v2 / df2;
    if (sum > 0)
        return sum * sum / denominator; /* infinite when only sides without error are left */
    return isinf(df1) ? df2 : isinf(df2) ? df1 : df1 + df2;
}

double plx_t_quantile(double level, double df)
{
    g_assert(level > 0 && level < 1);
    if (isnan(df) || df <= 0)
        return PLX_NAN;
    const double tail = (1 - level) / 2;
    return isinf(df) ? gsl_cdf_ugaussian_Qinv(tail) : gsl_cdf_tdist_Qinv(tail, df);
}

/* GSL's own quantile gives up at thousands of degrees of freedom; its probabilities do not. */
double plx_f_quantile(double p, double df1, double df2)
{
    g_assert(p > 0 && p < 1);
    if (!(df1 > 0) || !(df2 > 0))
        return PLX_NAN;
    double low = -700, high = 700; /* logarithms */
    for (guint step = 0; step < 80 && low < high; step++) {
        const double middle = (low + high) / 2;
        *(gsl_cdf_fdist_P(exp(middle), df1, df2) < p ? &low : &high) = middle;
    }
    return exp((low + high) / 2);
}

double plx_t_two_sided(double t, double df)
{
    if (isnan(t) || isnan(df) || df <= 0)
        return PLX_NAN;
    const double x = fabs(t);
    if (isinf(x))
        return 0;
    return 2 * (isinf(df) ? gsl_cdf_ugaussian_Q(x) : gsl_cdf_tdist_Q(x, df));
}
