/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ordinary least squares with an intercept, by QR (Golub 1965; stats/qr.h), never by the normal
 * equations, which lose half the digits.
 *
 * Assumes for the standard errors: independent rows of one variance. Rows with a NaN are left out.
 * Where there are no more rows than columns, or y does not vary, there is nothing to estimate: all
 * numbers are NaN. A column that is constant or a combination of those before it has a NaN
 * coefficient; the others are as without it. Test: tests/stats/test_ols.c (NIST's Longley). */

#include <glib.h>

typedef struct plx_ols plx_ols;
struct plx_ols {
    gsize n;             /* rows used */
    guint p;             /* columns with the intercept, which is column 0 */
    guint rank;          /* columns that add something, with the intercept */
    double *coefficient; /* p */
    double *se;          /* p: standard errors */
    double *inverse;     /* p x p: (X'X)^-1 */
    double *residual;    /* n */
    double df;           /* n - rank */
    double rss;
    double sigma; /* residual standard deviation */
    double r_squared;
    double adjusted_r_squared;
};

/* `x`: n x p without the intercept, column by column; p may be 0. */
plx_ols *plx_ols_new(const double *x, const double *y, gsize n, guint p);
void plx_ols_free(plx_ols *ols);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_ols, plx_ols_free)

/* F test of what the columns of `large` add to those of `small`, fitted to the same rows. NaN where
 * they add nothing, or `large` fits without rest. */
double plx_ols_f_p(const plx_ols *small, const plx_ols *large);

/* The rows of x (n x p, column by column) and y that have no NaN, with a column of ones before
 * them: `design` is *used x (p + 1), column by column, `response` *used long; both to be freed. */
void plx_complete_rows(const double *x, const double *y, gsize n, guint p, double **design,
                       double **response, gsize *used);
