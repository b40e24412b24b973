/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Householder QR of a tall matrix, with columns moved behind where they add nothing.
 *
 * Golub (1965, "Numerical methods for solving linear least squares problems"); columns are moved as
 * in LINPACK's dqrdc2 that R uses: they keep their order, and only a column of which less than
 * PLX_QR_TOLERANCE of its length is left after the columns before it goes to the end. So of two
 * collinear columns the earlier one stays. Sums run down the rows in order.
 * Test: tests/stats/test_ols.c. */

#include <glib.h>

#define PLX_QR_TOLERANCE 1e-10

typedef struct plx_qr plx_qr;

/* `x`: n x p, column by column, copied. */
plx_qr *plx_qr_new(const double *x, gsize n, guint p);
void plx_qr_free(plx_qr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_qr, plx_qr_free)

guint plx_qr_rank(const plx_qr *qr);

/* y <- Q'y (n values). What lies behind the first `rank` of them is the residual's. */
void plx_qr_rotate(const plx_qr *qr, double *y);
/* y <- Qy. */
void plx_qr_rotate_back(const plx_qr *qr, double *y);

/* The p coefficients from Q'y, in the order of `x`; NaN for columns that add nothing. */
void plx_qr_solve(const plx_qr *qr, const double *rotated, double *coefficient);

/* (X'X)^-1, p x p in the order of `x`; NaN in rows and columns that add nothing. */
void plx_qr_inverse(const plx_qr *qr, double *inverse);
