/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same in blocks, for matrices of hundreds of rows: all three steps are products of rows with
 * rows, which a small kernel does with sixteen sums in registers. */
#include "stats/cholesky.h"

#include <math.h>
#include <string.h>

#define SINGULAR 1e-13
#define BLOCK 64
#define LANES 4

/* n rows of d numbers, laid out as the kernel eats them: four rows side by side. */
static void pack(const double *y, gsize stride, gsize n, gsize d, double *packed)
{
    for (gsize j = 0; j < n; j += LANES)
        for (gsize t = 0; t < d; t++)
            for (gsize lane = 0; lane < LANES; lane++)
                *packed++ = j + lane < n ? y[(j + lane) * stride + t] : 0;
}

/* Two numbers in one register. Each sum keeps its own order, so this rounds as one by one does. */
typedef double two __attribute__((vector_size(2 * sizeof(double))));

static void four_by_four(const double *const x[LANES], const double *packed, gsize d,
                         double sum[LANES][LANES])
{
    two s[LANES][2] = {{{0}}};
    for (gsize t = 0; t < d; t++, packed += LANES) {
        const two low = {packed[0], packed[1]};
        const two high = {packed[2], packed[3]};
#pragma GCC unroll 4
        for (guint a = 0; a < LANES; a++) {
            const two each = {x[a][t], x[a][t]};
            s[a][0] += each * low;
            s[a][1] += each * high;
        }
    }
#pragma GCC unroll 4
    for (guint a = 0; a < LANES; a++)
#pragma GCC unroll 4
        for (guint b = 0; b < LANES; b++)
            sum[a][b] = s[a][b / 2][b % 2];
}

/* c (m x n) -= x y' for m rows of x and n packed rows of y, d numbers long. */
static void subtract(double *c, gsize c_stride, const double *x, gsize x_stride,
                     const double *packed, gsize m, gsize n, gsize d)
{
    for (gsize j = 0; j < n; j += LANES)
        for (gsize i = 0; i < m; i += LANES) {
            const double *rows[LANES];
            double sum[LANES][LANES];
            for (gsize a = 0; a < LANES; a++)
                rows[a] = x + MIN(i + a, m - 1) * x_stride;
            four_by_four(rows, packed + j * d, d, sum);
            for (gsize a = 0; a < MIN(LANES, m - i); a++)
                for (gsize b = 0; b < MIN(LANES, n - j); b++)
                    c[(i + a) * c_stride + j + b] -= sum[a][b];
        }
}

static double *new_packed(gsize k)
{
    return g_new(double, (k + LANES) * BLOCK);
}

/* row <- row L'^-1 for one block of the factor. */
static void solve_row(double *row, const double *factor, gsize k, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        double sum = 0;
        for (gsize t = 0; t < i; t++)
            sum += row[t] * factor[i * k + t];
        row[i] = (row[i] - sum) / factor[i * k + i];
    }
}

/* One block on the diagonal; `diagonal`: what it was before anything was taken off. */
static gboolean factor_block(double *a, gsize k, gsize n, const double *diagonal)
{
    for (gsize i = 0; i < n; i++) {
        double *row = a + i * k;
        solve_row(row, a, k, i);
        double pivot = row[i];
        for (gsize t = 0; t < i; t++)
            pivot -= row[t] * row[t];
        if (!(pivot > SINGULAR * diagonal[i]) || !(diagonal[i] > 0))
            return FALSE;
        row[i] = sqrt(pivot);
    }
    return TRUE;
}

gboolean plx_cholesky_large(double *a, guint size)
{
    const gsize k = size;
    g_autofree double *packed = new_packed(k);
    g_autofree double *diagonal = g_new(double, k + 1);
    for (gsize i = 0; i < k; i++)
        diagonal[i] = a[i * k + i];
    for (gsize from = 0; from < k; from += BLOCK) {
        const gsize n = MIN(BLOCK, k - from);
        const gsize next = from + n;
        if (!factor_block(a + from * k + from, k, n, diagonal + from))
            return FALSE;
        for (gsize i = next; i < k; i++)
            solve_row(a + i * k + from, a + from * k + from, k, n);
        for (gsize at = next; at < k; at += BLOCK) {
            const gsize width = MIN(BLOCK, k - at);
            pack(a + at * k + from, k, width, n, packed);
            subtract(a + at * k + at, k, a + at * k + from, k, packed, k - at, width, n);
        }
    }
    for (gsize i = 0; i < k; i++)
        memset(a + i * k + i + 1, 0, (k - i - 1) * sizeof *a);
    return TRUE;
}

/* x <- L'^-1, upper: block column by block column, from those before it. */
static void invert_factor(const double *factor, gsize k, double *x)
{
    g_autofree double *packed = new_packed(k);
    memset(x, 0, k * k * sizeof *x);
    for (gsize from = 0; from < k; from += BLOCK) {
        const gsize n = MIN(BLOCK, k - from);
        for (gsize t = 0; t < from; t += BLOCK) {
            pack(factor + from * k + t, k, n, BLOCK, packed);
            subtract(x + from, k, x + t, k, packed, t + BLOCK, n, BLOCK);
        }
        for (gsize i = 0; i < n; i++)
            x[(from + i) * k + from + i] = 1;
        for (gsize i = 0; i < from + n; i++)
            solve_row(x + i * k + from, factor + from * k + from, k, n);
    }
}

void plx_cholesky_large_inverse(const double *factor, guint size, double *inverse)
{
    const gsize k = size;
    g_autofree double *packed = new_packed(k);
    g_autofree double *x = g_new(double, k *k + 1);
    invert_factor(factor, k, x);
    memset(inverse, 0, k * k * sizeof *inverse);
    for (gsize t = 0; t < k; t += BLOCK) {
        const gsize d = MIN(BLOCK, k - t);
        for (gsize j = 0; j < t + d; j += BLOCK) {
            const gsize width = MIN(BLOCK, t + d - j);
            pack(x + j * k + t, k, width, d, packed);
            subtract(inverse + j * k + j, k, x + j * k + t, k, packed, t + d - j, width, d);
        }
    }
    for (gsize i = 0; i < k; i++)
        for (gsize j = 0; j <= i; j++)
            inverse[j * k + i] = inverse[i * k + j] = -inverse[i * k + j];
}
