/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Standard errors of least squares for a series whose residuals depend on those before.
 *
 * Newey and West (1987, "A simple, positive semi-definite, heteroskedasticity and autocorrelation
 * consistent covariance matrix", Econometrica 55): Bartlett weights 1 - l / (lag + 1), times
 * n / (n - p) for the parameters spent. Lag 0 is White's (1980) with the same factor (HC1).
 * Assumes rows in order of time, equally far apart. Test: tests/stats/test_newey_west.c. */

#include <glib.h>

/* `design`: n x p with the intercept, column by column; `inverse`: (X'X)^-1. Writes p x p; NaN
 * where `inverse` is, and throughout when n <= p. */
void plx_newey_west(const double *design, const double *residual, const double *inverse, gsize n,
                    guint p, guint lag, double *covariance);

/* floor(4 (n / 100)^(2/9)) (Newey and West 1994). */
guint plx_newey_west_lag(gsize n);
