/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/comoments.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* Squares about the mean below this share of the squares themselves are rounding. */
#define ROUNDING 1e-28

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

/* Two columns at once, in the same order on every machine. */
typedef double pair __attribute__((vector_size(16)));

/* sum += s * x x' + t * y y', from the diagonal on; two rows at once, so that the sums are fetched
 * and stored half as often. sum: 2 pairs x pairs. */
static inline void add_two(const pair *x, double s, const pair *y, double t, guint pairs, pair *sum)
{
    for (guint i = 0; i < pairs; i++) {
        const double x0 = s * x[i][0];
        const double x1 = s * x[i][1];
        const double y0 = t * y[i][0];
        const double y1 = t * y[i][1];
        pair *first = sum + (gsize)(2 * i) * pairs;
        pair *second = first + pairs;
        for (guint j = i; j < pairs; j++) {
            first[j] += x0 * x[j] + y0 * y[j];
            second[j] += x1 * x[j] + y1 * y[j];
        }
    }
}

/* Column j of row i of a sum. */
static double entry(const pair *sum, guint pairs, guint i, guint j)
{
    return sum[(gsize)i * pairs + j / 2][j % 2];
}

/* The sum over rows about their mean. */
static void sum_about(const double *rows, const guint32 *times, gsize n, guint k,
                      const double *mean, pair *sum)
{
    const guint pairs = (k + 1) / 2;
    g_autofree pair *room = g_new0(pair, 2 * pairs);
    pair *const row[2] = {room, room + pairs};
    double count[2] = {0};
    for (gsize i = 0; i < n; i++) {
        pair *d = row[i % 2];
        count[i % 2] = times ? times[i] : 1;
        for (guint j = 0; j < k; j++)
            d[j / 2][j % 2] = rows[i * k + j] - mean[j];
        if (i % 2 == 1)
            add_two(row[0], count[0], row[1], count[1], pairs, sum);
    }
    if (n % 2 == 1)
        add_two(row[0], count[0], row[0], 0, pairs, sum);
}

double plx_comoments(const double *rows, const guint32 *times, gsize n, guint k, double *mean,
                     double *products)
{
    const guint pairs = (k + 1) / 2;
    const double total = find_mean(rows, times, n, k, mean);
    g_autofree pair *sum = g_new0(pair, (gsize)(2 * pairs) * pairs);
    if (total > 0)
        sum_about(rows, times, n, k, mean, sum);
    for (guint i = 0; i < k; i++)
        for (guint j = i; j < k; j++) {
            double value = entry(sum, pairs, i, j);
            if (i == j && value <= ROUNDING * total * mean[i] * mean[i])
                value = 0;
            products[(gsize)i * k + j] = products[(gsize)j * k + i] = total > 0 ? value : PLX_NAN;
        }
    return total;
}

/* Rows about the overall mean, then a one, filled up with zero to whole pairs. */
struct plx_comoment_rows {
    gsize n;
    guint k;
    guint pairs;
    pair *cells;    /* n x pairs */
    double *offset; /* k: the mean that was taken off */
};

plx_comoment_rows *plx_comoment_rows_new(const double *rows, gsize n, guint k)
{
    plx_comoment_rows *prepared = g_new0(plx_comoment_rows, 1);
    prepared->n = n;
    prepared->k = k;
    prepared->pairs = (k + 2) / 2;
    prepared->cells = g_new0(pair, n * prepared->pairs + 1);
    prepared->offset = g_new(double, k);
    find_mean(rows, NULL, n, k, prepared->offset);
    for (gsize i = 0; i < n; i++) {
        pair *cells = prepared->cells + i * prepared->pairs;
        for (guint j = 0; j < k; j++)
            cells[j / 2][j % 2] = rows[i * k + j] - prepared->offset[j];
        cells[k / 2][k % 2] = 1;
    }
    return prepared;
}

void plx_comoment_rows_free(plx_comoment_rows *prepared)
{
    if (!prepared)
        return;
    g_free(prepared->cells);
    g_free(prepared->offset);
    g_free(prepared);
}

/* All rows that count. */
static void add_rows(const plx_comoment_rows *prepared, const guint32 *times, pair *sum)
{
    const guint pairs = prepared->pairs;
    const pair *waiting = NULL;
    double waiting_times = 0;
    for (gsize i = 0; i < prepared->n; i++) {
        if (times[i] == 0)
            continue;
        const pair *row = prepared->cells + i * pairs;
        if (waiting) {
            add_two(waiting, waiting_times, row, times[i], pairs, sum);
            waiting = NULL;
        } else {
            waiting = row;
            waiting_times = times[i];
        }
    }
    if (waiting)
        add_two(waiting, waiting_times, waiting, 0, pairs, sum);
}

double plx_comoment_rows_sum(const plx_comoment_rows *prepared, const guint32 *times,
                             double *products)
{
    const guint k = prepared->k;
    const guint pairs = prepared->pairs;
    g_autofree pair *sum = g_new0(pair, (gsize)(2 * pairs) * pairs);
    add_rows(prepared, times, sum);
    const double total = entry(sum, pairs, k, k);
    for (guint i = 0; i < k; i++)
        for (guint j = i; j < k; j++) {
            const double mean = entry(sum, pairs, i, k) / total;
            double value = entry(sum, pairs, i, j) - mean * entry(sum, pairs, j, k);
            const double far = prepared->offset[i] + mean;
            if (i == j && value <= ROUNDING * total * far * far)
                value = 0;
            products[(gsize)i * k + j] = products[(gsize)j * k + i] = total > 0 ? value : PLX_NAN;
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
