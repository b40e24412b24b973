/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kappa.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const struct plx_kappa none = {PLX_NAN, PLX_NAN, PLX_NAN,           PLX_NAN,
                                      PLX_NAN, 0,       {PLX_NAN, PLX_NAN}};

/* How far i and j agree: 1 = the same, 0 = at both ends. */
static double agreement(enum plx_kappa_weights weights, gsize i, gsize j, gsize k)
{
    if (weights == PLX_KAPPA_NONE || k < 2)
        return i == j ? 1 : 0;
    const double gap = fabs((double)i - (double)j) / ((double)k - 1);
    return weights == PLX_KAPPA_LINEAR ? 1 - gap : 1 - gap * gap;
}

/* Fleiss, Cohen and Everitt: the variance (times n) of kappa, and at kappa 0. */
static void variances(const double *p, const double *row, const double *column, gsize k,
                      enum plx_kappa_weights weights, const struct plx_kappa *r, double *at_kappa,
                      double *at_zero)
{
    double there = 0;
    double zero = 0;
    for (gsize i = 0; i < k; i++)
        for (gsize j = 0; j < k; j++) {
            double mean = 0; /* of the row's and the column's agreement by chance */
            for (gsize l = 0; l < k; l++)
                mean +=
                    column[l] * agreement(weights, i, l, k) + row[l] * agreement(weights, l, j, k);
            const double v = agreement(weights, i, j, k);
            const double off = v - mean * (1 - r->kappa);
            there += p[i * k + j] * off * off;
            zero += row[i] * column[j] * (v - mean) * (v - mean);
        }
    const double rest = (1 - r->expected) * (1 - r->expected);
    const double centre = r->kappa - r->expected * (1 - r->kappa);
    *at_kappa = MAX(0, there - centre * centre) / rest;
    *at_zero = MAX(0, zero - r->expected * r->expected) / rest;
}

struct plx_kappa plx_kappa_cohen(const double *table, gsize k, enum plx_kappa_weights weights,
                                 double level)
{
    struct plx_kappa r = none;
    g_autofree double *p = g_new0(double, k *k + 1);
    g_autofree double *row = g_new0(double, k + 1);
    g_autofree double *column = g_new0(double, k + 1);
    double n = 0;
    for (gsize i = 0; i < k * k; i++)
        n += table[i];
    if (!(n > 0))
        return r;
    for (gsize i = 0; i < k * k; i++) {
        p[i] = table[i] / n;
        row[i / k] += p[i];
        column[i % k] += p[i];
    }
    double observed = 0;
    double expected = 0;
    for (gsize i = 0; i < k; i++)
        for (gsize j = 0; j < k; j++) {
            observed += p[i * k + j] * agreement(weights, i, j, k);
            expected += row[i] * column[j] * agreement(weights, i, j, k);
        }
    r.n = n;
    r.observed = observed;
    r.expected = expected;
    if (!(1 - expected > 1e-14))
        return r;
    r.kappa = (observed - expected) / (1 - expected);
    double at_kappa = 0;
    double at_zero = 0;
    variances(p, row, column, k, weights, &r, &at_kappa, &at_zero);
    r.se = sqrt(at_kappa / n);
    r.z = at_zero > 0 ? r.kappa / sqrt(at_zero / n) : PLX_NAN;
    const double reach = gsl_cdf_ugaussian_Pinv((1 + level) / 2) * r.se;
    r.ci = (struct plx_interval){r.kappa - reach, MIN(1, r.kappa + reach)};
    return r;
}

/* Raters of every subject; 0 when they differ. */
static double same_raters(const double *counts, gsize subjects, gsize k)
{
    double raters = 0;
    for (gsize i = 0; i < subjects; i++) {
        double sum = 0;
        for (gsize j = 0; j < k; j++)
            sum += counts[i * k + j];
        if (isnan(sum) || (i > 0 && sum != raters))
            return 0;
        raters = sum;
    }
    return raters;
}

struct plx_kappa plx_kappa_fleiss(const double *counts, gsize subjects, gsize k)
{
    struct plx_kappa r = none;
    const double m = same_raters(counts, subjects, k);
    if (m < 2)
        return r;
    const double n = (double)subjects;
    double pairs = 0; /* that agree */
    double expected = 0;
    double skew = 0;
    for (gsize j = 0; j < k; j++) {
        double total = 0;
        for (gsize i = 0; i < subjects; i++) {
            const double x = counts[i * k + j];
            pairs += x * (x - 1);
            total += x;
        }
        const double p = total / (n * m);
        expected += p * p;
        skew += p * (1 - p) * (1 - 2 * p);
    }
    const double spread = 1 - expected;
    r.n = n;
    r.observed = pairs / (n * m * (m - 1));
    r.expected = expected;
    if (!(spread > 1e-14))
        return r;
    r.kappa = (r.observed - expected) / spread;
    const double variance = 2 * (spread * spread - skew) / (n * m * (m - 1) * spread * spread);
    r.se = variance > 0 ? sqrt(variance) : PLX_NAN;
    r.z = r.kappa / r.se;
    return r;
}
