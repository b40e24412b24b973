/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ols.h"

#include "base/number.h"
#include "stats/doubles.h"
#include "stats/qr.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

void plx_ols_free(plx_ols *ols)
{
    if (!ols)
        return;
    g_free(ols->coefficient);
    g_free(ols->se);
    g_free(ols->inverse);
    g_free(ols->residual);
    g_free(ols);
}

static gboolean row_complete(const double *x, const double *y, gsize n, guint p, gsize i)
{
    for (guint j = 0; j < p; j++)
        if (isnan(x[(gsize)j * n + i]))
            return FALSE;
    return !isnan(y[i]);
}

void plx_complete_rows(const double *x, const double *y, gsize n, guint p, double **design,
                       double **response, gsize *used)
{
    gsize m = 0;
    for (gsize i = 0; i < n; i++)
        m += row_complete(x, y, n, p, i) ? 1 : 0;
    double *a = g_new(double, m *(p + 1) + 1);
    double *b = g_new(double, m + 1);
    gsize row = 0;
    for (gsize i = 0; i < n; i++) {
        if (!row_complete(x, y, n, p, i))
            continue;
        a[row] = 1;
        for (guint j = 0; j < p; j++)
            a[(gsize)(j + 1) * m + row] = x[(gsize)j * n + i];
        b[row++] = y[i];
    }
    *design = a;
    *response = b;
    *used = m;
}

static double squares_about_mean(const double *y, gsize n)
{
    double mean = 0;
    for (gsize i = 0; i < n; i++)
        mean += y[i] / (double)n;
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += (y[i] - mean) * (y[i] - mean);
    return sum;
}

static gboolean constant(const double *y, gsize n)
{
    for (gsize i = 1; i < n; i++)
        if (y[i] != y[0])
            return FALSE;
    return TRUE;
}

static void fit(plx_ols *ols, const plx_qr *qr, const double *y)
{
    const gsize n = ols->n;
    g_autofree double *rotated = g_memdup2(y, n * sizeof *y);
    plx_qr_rotate(qr, rotated);
    plx_qr_solve(qr, rotated, ols->coefficient);
    plx_qr_inverse(qr, ols->inverse);
    ols->rss = 0;
    for (gsize i = ols->rank; i < n; i++)
        ols->rss += rotated[i] * rotated[i];
    ols->df = (double)(n - ols->rank);
    ols->sigma = sqrt(ols->rss / ols->df);
    const double total = squares_about_mean(y, n);
    ols->r_squared = 1 - ols->rss / total;
    ols->adjusted_r_squared = 1 - (ols->rss / ols->df) / (total / (double)(n - 1));
    for (guint j = 0; j < ols->p; j++)
        ols->se[j] = ols->sigma * sqrt(ols->inverse[(gsize)j * ols->p + j]);
    memset(rotated, 0, ols->rank * sizeof *rotated);
    plx_qr_rotate_back(qr, rotated);
    memcpy(ols->residual, rotated, n * sizeof *rotated);
}

plx_ols *plx_ols_new(const double *x, const double *y, gsize n, guint p)
{
    plx_ols *ols = g_new0(plx_ols, 1);
    g_autofree double *design = NULL;
    g_autofree double *response = NULL;
    plx_complete_rows(x, y, n, p, &design, &response, &ols->n);
    ols->p = p + 1;
    ols->coefficient = plx_doubles_nan(ols->p);
    ols->se = plx_doubles_nan(ols->p);
    ols->inverse = plx_doubles_nan((gsize)ols->p * ols->p);
    ols->residual = plx_doubles_nan(ols->n);
    ols->df = ols->rss = ols->sigma = ols->r_squared = ols->adjusted_r_squared = PLX_NAN;
    if (ols->n == 0)
        return ols;
    g_autoptr(plx_qr) qr = plx_qr_new(design, ols->n, ols->p);
    ols->rank = plx_qr_rank(qr);
    if (ols->n > ols->p && !constant(response, ols->n))
        fit(ols, qr, response);
    return ols;
}

double plx_ols_f_p(const plx_ols *small, const plx_ols *large)
{
    const double added = (double)large->rank - (double)small->rank;
    if (!(added > 0) || !(large->df > 0) || !(large->rss > 0) || small->n != large->n)
        return PLX_NAN;
    const double f = (small->rss - large->rss) / added / (large->rss / large->df);
    return gsl_cdf_fdist_Q(MAX(f, 0), added, large->df);
}
