/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/comoments.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* Squares about the mean below this share of the squares themselves are rounding. */
#define ROUNDING 1e-28

/* upper triangle += times * d d' */
static void add_row(const double *d, double times, guint k, double *products)
{
    for (guint i = 0; i < k; i++) {
        const double scaled = times * d[i];
        double *row = products + (gsize)i * k;
        for (guint j = i; j < k; j++)
            row[j] += scaled * d[j];
    }
}

static double find_mean(const double *rows, const guint32 *times, gsize n, guint k, double *mean)
{
    double total = 0;
    memset(mean, 0, k * sizeof *mean);
    for (gsize i = 0; i < n; i++) {
        const double t = times ? times[i] : 1;
        total += t;
        for (guint j = 0; j < k; j++)
            mean[j] += t * rows[i * k + j];
    }
    for (guint j = 0; j < k; j++)
        mean[j] = total > 0 ? mean[j] / total : PLX_NAN;
    return total;
}

double plx_comoments(const double *rows, const guint32 *times, gsize n, guint k, double *mean,
                     double *products)
{
    const double total = find_mean(rows, times, n, k, mean);
    for (gsize i = 0; i < (gsize)k * k; i++)
        products[i] = total > 0 ? 0 : PLX_NAN;
    if (!(total > 0))
        return 0;
    g_autofree double *d = g_new(double, k);
    for (gsize i = 0; i < n; i++) {
        const double t = times ? times[i] : 1;
        if (t == 0)
            continue;
        for (guint j = 0; j < k; j++)
            d[j] = rows[i * k + j] - mean[j];
        add_row(d, t, k, products);
    }
    for (guint i = 0; i < k; i++) {
        double *own = &products[(gsize)i * k + i];
        if (*own <= ROUNDING * total * mean[i] * mean[i])
            *own = 0;
        for (guint j = 0; j < i; j++)
            products[(gsize)i * k + j] = products[(gsize)j * k + i];
    }
    return total;
}

void plx_correlation(double *products, guint k)
{
    g_autofree double *scale = g_new(double, k);
    for (guint i = 0; i < k; i++) {
        const double own = products[(gsize)i * k + i];
        scale[i] = own > 0 ? sqrt(own) : PLX_NAN;
    }
    for (guint i = 0; i < k; i++)
        for (guint j = 0; j < k; j++)
            products[(gsize)i * k + j] =
                i == j && scale[i] > 0 ? 1 : products[(gsize)i * k + j] / scale[i] / scale[j];
}
