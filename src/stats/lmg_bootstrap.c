/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "stats/bootstrap.h"
#include "stats/comoments.h"
#include "stats/lmg.h"

/* Share of replicates that must have an answer. */
#define ENOUGH 0.95

struct job {
    plx_comoment_rows *rows;
    guint p;
};

static void shares(const guint32 *times, guint thread, double *out, gpointer data)
{
    (void)thread;
    const struct job *job = data;
    const guint k = job->p + 1;
    g_autofree double *products = g_new(double, (gsize)k *k);
    plx_comoment_rows_sum(job->rows, times, products);
    out[job->p] = plx_lmg(products, job->p, out);
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

void plx_lmg_bootstrap(const double *rows, gsize n, guint p, guint replicates, double level,
                       guint64 seed, guint n_threads, struct plx_interval *ci)
{
    const guint k = p + 1;
    for (guint j = 0; j < k; j++)
        ci[j] = (struct plx_interval){PLX_NAN, PLX_NAN};
    if (n <= k)
        return;
    g_autofree double *sorted = g_memdup2(rows, n * k * sizeof *rows);
    g_qsort_with_data(sorted, (gint)n, k * sizeof *sorted, compare_rows, GUINT_TO_POINTER(k));
    g_autoptr(plx_comoment_rows) prepared = plx_comoment_rows_new(sorted, n, k);
    struct job job = {prepared, p};
    plx_bootstrap(&(struct plx_bootstrap){.how = {PLX_BOOTSTRAP_PERCENTILE, replicates, level, seed,
                                                  n_threads},
                                          .units = n,
                                          .statistics = k,
                                          .enough = ENOUGH,
                                          .statistic = shares,
                                          .data = &job},
                  ci);
}
