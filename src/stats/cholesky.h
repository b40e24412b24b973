/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cholesky's factor of a symmetric positive definite matrix, for information matrices. Sums in a
 * fixed order. Test: tests/stats/test_cholesky.c. */

#include <glib.h>

/* a (k x k) becomes its lower factor, zeros above. FALSE, and a is spoilt, when it is not positive
 * definite: a pivot under 1e-13 of its diagonal entry, or NaN. */
gboolean plx_cholesky(double *a, guint k);
/* b <- A^-1 b from the factor. */
void plx_cholesky_solve(const double *factor, guint k, double *b);
/* A^-1 from the factor, k x k. */
void plx_cholesky_inverse(const double *factor, guint k, double *inverse);

/* The same for hundreds of rows: faster, rounded otherwise. `a` may hold anything above its
 * diagonal. */
gboolean plx_cholesky_large(double *a, guint k);
void plx_cholesky_large_inverse(const double *factor, guint k, double *inverse);
