/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sums of products about the mean, of every pair of columns: what regression, importance and
 * correlation need of the rows.
 *
 * In two passes, so that a large mean costs no digits; sums run down the rows in order.
 * A column whose spread is under 1e-14 of its mean is rounding: it does not vary, its own sum is 0.
 * Rows are complete (no NaN). Test: tests/stats/test_comoments.c. */

#include <glib.h>

/* `rows`: n x k, row by row. `times`: how often each row counts; NULL: once. mean: k; products:
 * k x k, symmetric: sum of times (x_i - mean_i) (x_j - mean_j). Returns the number of rows counted;
 * when it is 0 the results are NaN. */
double plx_comoments(const double *rows, const guint32 *times, gsize n, guint k, double *mean,
                     double *products);

/* The same of rows that are counted again and again, in one pass over what was prepared once:
 * several times as fast. */
typedef struct plx_comoment_rows plx_comoment_rows;
plx_comoment_rows *plx_comoment_rows_new(const double *rows, gsize n, guint k);
void plx_comoment_rows_free(plx_comoment_rows *prepared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_comoment_rows, plx_comoment_rows_free)
double plx_comoment_rows_sum(const plx_comoment_rows *prepared, const guint32 *times,
                             double *products);

/* products[i][j] / sqrt(products[i][i] products[j][j]); NaN where a column does not vary. In
 * place. */
void plx_correlation(double *products, guint k);
