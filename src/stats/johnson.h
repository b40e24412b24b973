/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Relative weights: R2 shared out by way of the nearest uncorrelated columns.
 *
 * Johnson (2000, "A heuristic method for estimating the relative weight of predictor variables in
 * multiple regression", Multivariate Behavioral Research 35), the same numbers as Genizi (1993).
 * With R = V D V', L = V sqrt(D) V', b = L^-1 r: weight j is the sum over k of L_jk^2 b_k^2. Close
 * to LMG at a fraction of the work, for any number of columns. Weights are not negative and sum to
 * R2. Where a column does not vary or is a combination of others, or y does not vary, all is NaN:
 * use LMG there. Test: tests/stats/test_johnson.c (swiss). */

#include <glib.h>

/* `products`: (p + 1) x (p + 1) co-moments or covariances, y last, p >= 1. Writes p weights,
 * returns R2. */
double plx_johnson(const double *products, guint p, double *weight);
