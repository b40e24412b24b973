/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Poisson regression with logarithmic link: log E(y) = offset + x'b (Nelder and Wedderburn 1972,
 * "Generalized linear models"), by reweighted least squares on QR; exp(b) is a rate ratio.
 *
 * `dispersion` is Pearson's chi-squared / df (Wedderburn 1974): multiply standard errors by its
 * root where counts vary more than Poisson (quasi-Poisson). Assumes independent counts. Rows have
 * no NaN. All is NaN when the fit does not settle (only zeros on one side), y is nowhere above 0 or
 * somewhere below it, or there are no more rows than columns; a collinear column has NaN.
 * Test: tests/stats/test_its.c (Sicily), tests/stats/test_poisson.c. */

#include <glib.h>

typedef struct plx_poisson plx_poisson;
struct plx_poisson {
    gsize n;
    guint p;             /* columns with the intercept, which is column 0 */
    double *coefficient; /* p */
    double *se;          /* p; of Poisson counts */
    double df;
    double deviance;
    double dispersion;
};

/* `design`: n x p with the intercept, column by column; `offset`: n, or NULL for 0. */
plx_poisson *plx_poisson_new(const double *design, const double *y, const double *offset, gsize n,
                             guint p);
void plx_poisson_free(plx_poisson *poisson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_poisson, plx_poisson_free)
