/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Krippendorff's alpha and the interval of a gap, each with its bootstrap, on made-up answers.
 * Usage: bench-stats make alpha|gap|people FILE    signed bytes
 *        bench-stats alpha|gap|people FILE REPLICATES
 * prints processor seconds from the answers in memory to the interval, on one thread, then estimate
 * and limits. FILE of alpha: 4 observers by 100,000 units, levels 1 to 6, 0 = missing. Of gap: per
 * answer 0 or 1 (whose it is), then its level. Of people: per person whose he is and four levels.
 * bench/stats.py runs it beside its peers. */
#include "base/number.h"
#include "stats/alpha.h"
#include "stats/bootstrap.h"
#include "stats/random.h"
#include "stats/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { UNITS = 100000, OBSERVERS = 4, ANSWERS = 100000, EACH = 4, LEVELS = 6, CELLS = 12 };

/* Of the processor: what else the machine does counts less. */
static double now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static gint8 level(double x)
{
    return (gint8)CLAMP((int)(3.5 + x), 1, LEVELS);
}

static void make(const char *what, GByteArray *out)
{
    struct plx_random random;
    plx_random_seed(&random, 1);
    const gboolean alpha = strcmp(what, "alpha") == 0, people = strcmp(what, "people") == 0;
    const guint each = alpha ? OBSERVERS : people ? EACH : 1;
    const guint rows = alpha ? UNITS : ANSWERS / each;
    for (guint i = 0; i < rows; i++) {
        const gint8 whose = i % 5 == 0;
        const double mood = plx_random_normal(&random) + (alpha ? 0 : 0.4 * whose);
        if (!alpha)
            g_byte_array_append(out, (const guint8 *)&whose, 1);
        for (guint j = 0; j < each; j++) {
            const gboolean missing = alpha && plx_random_below(&random, 10) == 0;
            const gint8 x = missing ? 0 : level(mood + 0.7 * plx_random_normal(&random));
            g_byte_array_append(out, (const guint8 *)&x, 1);
        }
    }
}

static void print(double seconds, double estimate, struct plx_interval ci)
{
    printf("%.6f\n%.15g\n%.15g\n%.15g\n", seconds, estimate, ci.lo, ci.hi);
}

static void run_alpha(const gint8 *answer, guint replicates)
{
    g_autofree double *data = g_new(double, (gsize)OBSERVERS *UNITS);
    for (gsize u = 0; u < UNITS; u++)
        for (gsize o = 0; o < OBSERVERS; o++)
            data[o * UNITS + u] = answer[u * OBSERVERS + o] ? answer[u * OBSERVERS + o] : PLX_NAN;
    const double start = now();
    const struct plx_alpha alpha = plx_alpha(data, OBSERVERS, UNITS, PLX_ALPHA_ORDINAL);
    const struct plx_interval ci =
        plx_alpha_bootstrap(data, OBSERVERS, UNITS, PLX_ALPHA_ORDINAL, 0.95, replicates, 1);
    print(now() - start, alpha.alpha, ci);
}

/* Of the totals of both sides' levels. */
static double gap_of(const double *w, guint k, gpointer data)
{
    double sum[2] = {0}, n[2] = {0};
    (void)data;
    for (guint i = 0; i < k; i++) {
        sum[i / LEVELS] += w[i] * (i % LEVELS + 1);
        n[i / LEVELS] += w[i];
    }
    return n[0] > 0 && n[1] > 0 ? sum[1] / n[1] - sum[0] / n[0] : PLX_NAN;
}

static void run_gap(const gint8 *answer, guint replicates)
{
    const struct plx_bootstrap_how how = {PLX_BOOTSTRAP_PERCENTILE, replicates, 0.95, 1, 1};
    guint32 counts[CELLS] = {0};
    double w[CELLS];
    const double start = now();
    for (guint i = 0; i < ANSWERS; i++)
        counts[answer[2 * i] * LEVELS + answer[2 * i + 1] - 1]++;
    for (guint i = 0; i < CELLS; i++)
        w[i] = counts[i];
    const struct plx_interval ci = plx_bootstrap_counts(counts, CELLS, gap_of, NULL, &how);
    print(now() - start, gap_of(w, CELLS, NULL), ci);
}

static void run_people(const gint8 *answer, guint replicates)
{
    const struct plx_bootstrap_how how = {PLX_BOOTSTRAP_PERCENTILE, replicates, 0.95, 1, 1};
    const double start = now();
    g_autoptr(plx_units) units = plx_units_new(CELLS, 0);
    for (guint i = 0; i < ANSWERS / EACH; i++) {
        const gint8 *person = answer + (gsize)i * (1 + EACH);
        double w[CELLS] = {0};
        for (guint j = 0; j < EACH; j++)
            w[person[0] * LEVELS + person[1 + j] - 1]++;
        plx_units_add(units, w, EACH, 1);
    }
    const double estimate = gap_of(plx_units_distribution(units)->w, CELLS, NULL);
    const struct plx_interval ci = plx_bootstrap_units(units, gap_of, NULL, &how);
    print(now() - start, estimate, ci);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 1;
    g_autoptr(GError) error = NULL;
    if (strcmp(argv[1], "make") == 0) {
        g_autoptr(GByteArray) out = g_byte_array_new();
        make(argv[2], out);
        if (!g_file_set_contents(argv[3], (const char *)out->data, out->len, &error))
            g_error("%s", error->message);
        return 0;
    }
    g_autofree char *answers = NULL;
    if (!g_file_get_contents(argv[2], &answers, NULL, &error))
        g_error("%s", error->message);
    const gint8 *answer = (const gint8 *)answers;
    const guint replicates = (guint)strtoul(argv[3], NULL, 10);
    if (strcmp(argv[1], "alpha") == 0)
        run_alpha(answer, replicates);
    else if (strcmp(argv[1], "gap") == 0)
        run_gap(answer, replicates);
    else
        run_people(answer, replicates);
    return 0;
}
