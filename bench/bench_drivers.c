/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importance and its bootstrap, on made-up answers of six levels that share a mood.
 * Usage: bench-drivers make P ROWS FILE      doubles, row by row, y last
 *        bench-drivers lmg P ROWS FILE       prints processor seconds (from rows to shares), then
 * the shares bench-drivers boot P ROWS FILE N    prints those of one of N replicates, on one thread
 * bench/drivers.py runs it beside its peer. */
#include "stats/comoments.h"
#include "stats/lmg.h"
#include "stats/random.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Of the processor: what else the machine does counts less. */
static double now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static double level(double x)
{
    return CLAMP((double)(int)(3.5 + x), 1, 6);
}

static double *make_rows(guint p, gsize n)
{
    struct plx_random random;
    plx_random_seed(&random, 1);
    double *rows = g_new(double, n *(p + 1));
    for (gsize i = 0; i < n; i++) {
        const double mood = plx_random_normal(&random);
        double sum = 0;
        for (guint j = 0; j < p; j++) {
            rows[i * (p + 1) + j] = level(0.7 * mood + plx_random_normal(&random));
            sum += rows[i * (p + 1) + j] * (j + 1);
        }
        rows[i * (p + 1) + p] =
            level(mood / 2 + 6 * sum / (3.5 * p * (p + 1)) - 3 + plx_random_normal(&random) / 2);
    }
    return rows;
}

static double *load_rows(const char *path, guint p, gsize n)
{
    g_autoptr(GError) error = NULL;
    char *rows = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &rows, &size, &error))
        g_error("%s", error->message);
    g_assert(size == n * (p + 1) * sizeof(double));
    return (double *)(void *)rows;
}

static void run_lmg(const double *rows, guint p, gsize n)
{
    g_autofree double *mean = g_new(double, p + 1);
    g_autofree double *products = g_new(double, (gsize)(p + 1) * (p + 1));
    g_autofree double *share = g_new(double, p);
    const double start = now();
    plx_comoments(rows, NULL, n, p + 1, mean, products);
    plx_lmg(products, p, share);
    printf("%.6f\n", now() - start);
    for (guint j = 0; j < p; j++)
        printf("%.15g\n", share[j]);
}

static void run_bootstrap(const double *rows, guint p, gsize n, guint replicates)
{
    g_autofree struct plx_interval *ci = g_new(struct plx_interval, p + 1);
    double spent[2];
    for (guint i = 0; i < 2; i++) { /* sorting is done once, however many replicates there are */
        const double start = now();
        plx_lmg_bootstrap(rows, n, p, i == 0 ? 1 : replicates + 1, 0.95, 1, 1, ci);
        spent[i] = now() - start;
    }
    printf("%.6f\n", (spent[1] - spent[0]) / replicates);
    for (guint j = 0; j < p; j++)
        printf("%.15g %.15g\n", ci[j].lo, ci[j].hi);
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 1;
    const guint p = (guint)g_ascii_strtoull(argv[2], NULL, 10);
    const gsize n = g_ascii_strtoull(argv[3], NULL, 10);
    if (strcmp(argv[1], "make") == 0) {
        g_autofree double *rows = make_rows(p, n);
        FILE *out = fopen(argv[4], "wb");
        const gboolean ok = out && fwrite(rows, sizeof *rows, n * (p + 1), out) == n * (p + 1);
        return out && fclose(out) == 0 && ok ? 0 : 1;
    }
    g_autofree double *rows = load_rows(argv[4], p, n);
    if (strcmp(argv[1], "lmg") == 0)
        run_lmg(rows, p, n);
    else if (argc > 5)
        run_bootstrap(rows, p, n, (guint)g_ascii_strtoull(argv[5], NULL, 10));
    return 0;
}
