/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Relative importance: R2 of a regression shared out among its columns.
 *
 * LMG (Lindeman, Merenda and Gold 1980, "Introduction to bivariate and multivariate analysis";
 * Gromping 2006, "Relative importance for linear regression in R"): what a column adds to R2,
 * averaged over all orders in which columns can enter; the Shapley value (1953). Exact, from
 * co-moments, in O(p 2^p): every subset is reached by one elimination more or less.
 *
 * Shares are not negative and sum to R2. They say what goes with y, never what causes it. Collinear
 * columns share what they have in common; a column that does not vary has no share (NaN). Without
 * variation of y all is NaN. Tests: tests/stats/test_lmg.c (swiss, as the R package relaimpo). */

#include "stats/distribution.h"

#include <glib.h>

#define PLX_LMG_MAX 20

/* `products`: (p + 1) x (p + 1) co-moments or covariances, y last; 1 <= p <= PLX_LMG_MAX. Writes p
 * shares, returns R2. */
double plx_lmg(const double *products, guint p, double *share);

/* Percentile intervals (Efron 1979) from `replicates` resamplings of rows. `rows`: n x (p + 1), row
 * by row, y last, complete; a row is what was sampled (a person). Writes p + 1 intervals, the last
 * of R2. The same bytes for any order of rows and number of threads. NaN when there are no more
 * rows than columns and intercept, or more than one replicate in 20 has no answer. */
void plx_lmg_bootstrap(const double *rows, gsize n, guint p, guint replicates, double level,
                       guint64 seed, guint n_threads, struct plx_interval *ci);
