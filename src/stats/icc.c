/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/icc.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static gboolean is_complete(const double *row, gsize k)
{
    for (gsize j = 0; j < k; j++)
        if (isnan(row[j]))
            return FALSE;
    return TRUE;
}

static int compare_rows(gconstpointer a, gconstpointer b, gpointer judges)
{
    const double *one = a;
    const double *other = b;
    for (gsize j = 0; j < *(const gsize *)judges; j++)
        if (one[j] != other[j])
            return one[j] < other[j] ? -1 : 1;
    return 0;
}

/* The complete rows, *n of them, sorted: no sum depends on the order of targets. */
static double *sorted_rows(const double *data, gsize targets, gsize k, gsize *n)
{
    double *rows = g_new(double, targets *k + 1);
    for (gsize i = 0; i < targets; i++)
        if (is_complete(data + i * k, k))
            memcpy(rows + (*n)++ * k, data + i * k, k * sizeof *rows);
    if (*n > 0 && k > 0)
        g_qsort_with_data(rows, (gint)*n, k * sizeof *rows, compare_rows, &k);
    return rows;
}

struct squares {
    double target;
    double judge;
    double total;
};

/* Sums of squares about means: two passes, for values far from 0. */
static struct squares sum_squares(const double *data, gsize targets, gsize k)
{
    struct squares s = {0};
    g_autofree double *column = g_new0(double, k);
    const double n = (double)targets;
    double mean = 0;
    for (gsize i = 0; i < targets; i++)
        for (gsize j = 0; j < k; j++)
            column[j] += data[i * k + j] / n;
    for (gsize j = 0; j < k; j++)
        mean += column[j] / (double)k;
    for (gsize j = 0; j < k; j++)
        s.judge += n * (column[j] - mean) * (column[j] - mean);
    for (gsize i = 0; i < targets; i++) {
        double sum = 0;
        for (gsize j = 0; j < k; j++) {
            const double off = data[i * k + j] - mean;
            s.total += off * off;
            sum += off;
        }
        s.target += sum * sum / (double)k;
    }
    return s;
}

static double of_mean(double icc, double k)
{
    return icc * k / (1 + icc * (k - 1));
}

static void estimate(struct plx_icc *r, double n, double k)
{
    const double b = r->between;
    const double w = r->within;
    const double e = r->error;
    r->icc[PLX_ICC_1_1] = (b - w) / (b + (k - 1) * w);
    r->icc[PLX_ICC_2_1] = (b - e) / (b + (k - 1) * e + k * (r->judge - e) / n);
    r->icc[PLX_ICC_3_1] = (b - e) / (b + (k - 1) * e);
    r->icc[PLX_ICC_1_K] = (b - w) / b;
    r->icc[PLX_ICC_2_K] = (b - e) / (b + (r->judge - e) / n);
    r->icc[PLX_ICC_3_K] = (b - e) / b;
    for (guint f = 0; f < PLX_ICC_FORMS; f++)
        if (!isfinite(r->icc[f]))
            r->icc[f] = PLX_NAN;
}

/* One judge and k judges, from an F with these degrees of freedom. */
static void f_intervals(double f, double df1, double df2, double k, double level,
                        struct plx_interval *one, struct plx_interval *all)
{
    if (!(f > 0) || !isfinite(f))
        return;
    const double p = (1 + level) / 2;
    const double lo = f / gsl_cdf_fdist_Pinv(p, df1, df2);
    const double hi = f * gsl_cdf_fdist_Pinv(p, df2, df1);
    *one = (struct plx_interval){(lo - 1) / (lo + k - 1), (hi - 1) / (hi + k - 1)};
    *all = (struct plx_interval){1 - 1 / lo, 1 - 1 / hi};
}

/* Case 2: Satterthwaite's degrees of freedom for judges and error together. */
static void case_2_intervals(struct plx_icc *r, double n, double k, double level)
{
    const double f = r->judge / r->error;
    const double icc = r->icc[PLX_ICC_2_1];
    if (!isfinite(f) || isnan(icc))
        return;
    const double rest = n * (1 + (k - 1) * icc) - k * icc;
    const double top = k * icc * f + rest;
    const double df =
        (k - 1) * (n - 1) * top * top / ((n - 1) * k * k * icc * icc * f * f + rest * rest);
    if (!(df > 0) || !isfinite(df))
        return;
    const double p = (1 + level) / 2;
    const double fu = gsl_cdf_fdist_Pinv(p, n - 1, df);
    const double fl = gsl_cdf_fdist_Pinv(p, df, n - 1);
    const double others = k * r->judge + (k * n - k - n) * r->error;
    const struct plx_interval one = {
        n * (r->between - fu * r->error) / (fu * others + n * r->between),
        n * (fl * r->between - r->error) / (others + n * fl * r->between)};
    r->ci[PLX_ICC_2_1] = one;
    r->ci[PLX_ICC_2_K] = (struct plx_interval){of_mean(one.lo, k), of_mean(one.hi, k)};
}

struct plx_icc plx_icc(const double *data, gsize targets, gsize judges, double level)
{
    struct plx_icc r = {.judges = judges,
                        .between = PLX_NAN,
                        .within = PLX_NAN,
                        .judge = PLX_NAN,
                        .error = PLX_NAN};
    for (guint f = 0; f < PLX_ICC_FORMS; f++) {
        r.icc[f] = PLX_NAN;
        r.ci[f] = (struct plx_interval){PLX_NAN, PLX_NAN};
    }
    g_autofree double *rows = sorted_rows(data, targets, judges, &r.targets);
    if (r.targets < 2 || judges < 2)
        return r;
    const double n = (double)r.targets;
    const double k = (double)judges;
    const struct squares s = sum_squares(rows, r.targets, judges);
    r.between = s.target / (n - 1);
    r.within = MAX(0, s.total - s.target) / (n * (k - 1));
    r.judge = s.judge / (k - 1);
    /* What rounding leaves of nothing is nothing. */
    const double error = s.total - s.target - s.judge;
    r.error = error > 1e-13 * s.total ? error / ((n - 1) * (k - 1)) : 0;
    if (!(s.total > 0))
        return r;
    estimate(&r, n, k);
    f_intervals(r.between / r.within, n - 1, n * (k - 1), k, level, &r.ci[PLX_ICC_1_1],
                &r.ci[PLX_ICC_1_K]);
    f_intervals(r.between / r.error, n - 1, (n - 1) * (k - 1), k, level, &r.ci[PLX_ICC_3_1],
                &r.ci[PLX_ICC_3_K]);
    case_2_intervals(&r, n, k, level);
    return r;
}
