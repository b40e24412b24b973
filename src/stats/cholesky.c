/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/cholesky.h"

#include <math.h>
#include <string.h>

#define SINGULAR 1e-13

static double dot(const double *x, const double *y, guint n)
{
    double sum = 0;
    for (guint i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

gboolean plx_cholesky(double *a, guint k)
{
    for (guint i = 0; i < k; i++) {
        double *row = a + (gsize)i * k;
        for (guint j = 0; j < i; j++) {
            const double *above = a + (gsize)j * k;
            row[j] = (row[j] - dot(row, above, j)) / above[j];
        }
        const double pivot = row[i] - dot(row, row, i);
        if (!(pivot > SINGULAR * row[i]) || !(row[i] > 0))
            return FALSE;
        row[i] = sqrt(pivot);
        memset(row + i + 1, 0, (k - i - 1) * sizeof *row);
    }
    return TRUE;
}

void plx_cholesky_solve(const double *factor, guint k, double *b)
{
    for (guint i = 0; i < k; i++)
        b[i] = (b[i] - dot(factor + (gsize)i * k, b, i)) / factor[(gsize)i * k + i];
    for (guint i = k; i-- > 0;) {
        for (guint j = i + 1; j < k; j++)
            b[i] -= factor[(gsize)j * k + i] * b[j];
        b[i] /= factor[(gsize)i * k + i];
    }
}

void plx_cholesky_inverse(const double *factor, guint k, double *inverse)
{
    memset(inverse, 0, (gsize)k * k * sizeof *inverse);
    for (guint j = 0; j < k; j++) {
        inverse[(gsize)j * k + j] = 1;
        plx_cholesky_solve(factor, k, inverse + (gsize)j * k);
    }
}
