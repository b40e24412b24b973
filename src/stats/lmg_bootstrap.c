/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "base/parallel.h"
#include "stats/comoments.h"
#include "stats/doubles.h"
#include "stats/lmg.h"
#include "stats/random.h"

#include <math.h>
#include <string.h>

/* Share of replicates that must have an answer. */
#define ENOUGH 0.95

struct job {
    plx_comoment_rows *rows;
    gsize n;
    guint p;
    guint replicates;
    guint64 seed;
    guint32 *times; /* by thread: n */
    double *result; /* (p + 1) x replicates */
};

static void replicate(gsize index, guint thread, gpointer data)
{
    const struct job *job = data;
    const guint k = job->p + 1;
    struct plx_random random;
    plx_random_seed_stream(&random, job->seed, index);
    guint32 *times = job->times + thread * job->n;
    memset(times, 0, job->n * sizeof *times);
    for (gsize i = 0; i < job->n; i++)
        times[plx_random_below(&random, job->n)]++;
    g_autofree double *products = g_new(double, (gsize)k *k);
    g_autofree double *share = g_new(double, k);
    plx_comoment_rows_sum(job->rows, times, products);
    share[job->p] = plx_lmg(products, job->p, share);
    for (guint j = 0; j < k; j++)
        job->result[(gsize)j * job->replicates + index] = share[j];
}

static int compare_rows(gconstpointer a, gconstpointer b, gpointer k)
{
    const double *x = a;
    const double *y = b;
    for (guint j = 0; j < GPOINTER_TO_UINT(k); j++)
        if (x[j] != y[j])
            return x[j] < y[j] ? -1 : 1;
    return 0;
}

/* Between the two nearest of m sorted values. */
static double quantile(const double *sorted, guint m, double q)
{
    const double place = (m - 1) * q;
    const guint below = (guint)place;
    const double above = sorted[MIN(below + 1, m - 1)];
    return sorted[below] + (place - below) * (above - sorted[below]);
}

static struct plx_interval percentiles(double *values, guint n, double level)
{
    guint m = 0;
    for (guint i = 0; i < n; i++)
        if (!isnan(values[i]))
            values[m++] = values[i];
    if (m < ENOUGH * n || m == 0)
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    qsort(values, m, sizeof *values, plx_doubles_compare);
    return (struct plx_interval){quantile(values, m, (1 - level) / 2),
                                 quantile(values, m, (1 + level) / 2)};
}

void plx_lmg_bootstrap(const double *rows, gsize n, guint p, guint replicates, double level,
                       guint64 seed, guint n_threads, struct plx_interval *ci)
{
    const guint k = p + 1;
    for (guint j = 0; j < k; j++)
        ci[j] = (struct plx_interval){PLX_NAN, PLX_NAN};
    if (n <= k || replicates == 0)
        return;
    g_autofree double *sorted = g_memdup2(rows, n * k * sizeof *rows);
    g_qsort_with_data(sorted, (gint)n, k * sizeof *sorted, compare_rows, GUINT_TO_POINTER(k));
    g_autofree double *result = g_new(double, (gsize)k *replicates);
    g_autoptr(plx_comoment_rows) prepared = plx_comoment_rows_new(sorted, n, k);
    const guint threads = CLAMP(n_threads, 1, PLX_THREADS_MAX);
    g_autofree guint32 *times = g_new(guint32, n * threads);
    struct job job = {prepared, n, p, replicates, seed, times, result};
    plx_parallel_for(threads, replicates, replicate, &job);
    for (guint j = 0; j < k; j++)
        ci[j] = percentiles(result + (gsize)j * replicates, replicates, level);
}
