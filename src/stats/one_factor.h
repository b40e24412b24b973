/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One common factor behind correlations: what all columns share.
 *
 * Minimum residuals (Harman and Jones 1966, "Factor analysis by minimizing residuals (minres)"):
 * loadings l with the least sum over pairs of weight (r_ij - l_i l_j)^2. Diagonals play no part, so
 * a loading is that of the column's common part alone; with three columns it is the triad
 * sqrt(r_12 r_13 / r_23) of Spearman (1904). A pair of weight 0 plays no part either: pairs that
 * were hardly answered together, or that share more than the factor.
 *
 * Assumes linear relations. Loadings stay within PLX_LOADING_MAX; their sum is not negative. A
 * column without pairs has no loading (NaN). Test: tests/stats/test_one_factor.c. */

#include <glib.h>

#define PLX_LOADING_MAX 0.995

/* `r`, `weight`: p x p, symmetric; weights not negative, NaN correlations have weight 0. Writes p
 * loadings. FALSE when fewer than three columns have pairs or it does not settle: all NaN. */
gboolean plx_one_factor(const double *r, const double *weight, guint p, double *loading);

/* The loading g on the factor of one more column, from its correlations r with the p others: least
 * sum of weight_j (r_j - g l_j)^2 over those with a weight; `without` (or -1) is passed over. NaN
 * when nothing carries it. May lie beyond 1. */
double plx_factor_loading(const double *r, const double *weight, const double *loading, guint p,
                          gint without);
