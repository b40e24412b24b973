/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/alpha.h"

#include "base/number.h"
#include "stats/bootstrap.h"
#include "stats/doubles.h"

#include <math.h>
#include <stdlib.h>

/* Share of replicates that must have an answer. */
#define ENOUGH 0.5

/* Units with at least two values, sorted; values are codes into `value`. */
struct coded {
    double *value; /* distinct, rising */
    gsize k;
    double *unit; /* `units` rows of `width` codes, rising, NaN at the end */
    gsize units;
    gsize width;
};

static void coded_clear(struct coded *c)
{
    g_free(c->value);
    g_free(c->unit);
}

static gsize in_unit(const struct coded *c, gsize u)
{
    gsize m = 0;
    while (m < c->width && !isnan(c->unit[u * c->width + m]))
        m++;
    return m;
}

static gsize distinct(double *value, gsize n)
{
    gsize k = 0;
    qsort(value, n, sizeof *value, plx_doubles_compare);
    for (gsize i = 0; i < n; i++)
        if (k == 0 || value[i] != value[k - 1])
            value[k++] = value[i];
    return k;
}

static int compare_units(gconstpointer a, gconstpointer b, gpointer width)
{
    const double *x = a;
    const double *y = b;
    for (gsize i = 0; i < GPOINTER_TO_SIZE(width); i++) {
        /* the shorter unit first */
        const double xi = isnan(x[i]) ? -1 : x[i];
        const double yi = isnan(y[i]) ? -1 : y[i];
        if (xi != yi)
            return xi < yi ? -1 : 1;
    }
    return 0;
}

static struct coded encode(const double *data, gsize observers, gsize units)
{
    struct coded c = {.value = g_new(double, observers *units + 1),
                      .unit = plx_doubles_nan(observers * units),
                      .width = observers};
    gsize n = 0;
    for (gsize u = 0; u < units && observers > 1; u++) {
        double *row = c.unit + c.units * observers;
        gsize m = 0;
        for (gsize o = 0; o < observers; o++)
            if (!isnan(data[o * units + u]))
                row[m++] = data[o * units + u];
        if (m < 2) {
            row[0] = PLX_NAN;
            continue;
        }
        qsort(row, m, sizeof *row, plx_doubles_compare);
        for (gsize i = 0; i < m; i++)
            c.value[n++] = row[i];
        c.units++;
    }
    c.k = distinct(c.value, n);
    for (gsize i = 0; i < c.units * observers; i++)
        if (!isnan(c.unit[i])) {
            const double *at =
                bsearch(&c.unit[i], c.value, c.k, sizeof *c.value, plx_doubles_compare);
            c.unit[i] = (double)(at - c.value);
        }
    if (c.units > 1)
        g_qsort_with_data(c.unit, (gint)c.units, observers * sizeof(double), compare_units,
                          GSIZE_TO_POINTER(observers));
    return c;
}

/* Squared difference of values i < j; `below`: how many values lie below each. */
static double difference(const struct coded *c, const double *count, const double *below,
                         enum plx_alpha_scale scale, gsize i, gsize j)
{
    const double gap = c->value[j] - c->value[i];
    const double sum = c->value[j] + c->value[i];
    double d = 1;
    if (scale == PLX_ALPHA_ORDINAL)
        d = below[j] - below[i] + (count[j] - count[i]) / 2;
    else if (scale == PLX_ALPHA_INTERVAL)
        d = gap;
    else if (scale == PLX_ALPHA_RATIO)
        d = gap / sum;
    return d * d;
}

static void count_values(const struct coded *c, const guint32 *times, double *count, double *below)
{
    for (gsize u = 0; u < c->units; u++)
        for (gsize i = 0; i < in_unit(c, u); i++)
            count[(gsize)c->unit[u * c->width + i]] += times ? times[u] : 1;
    for (gsize i = 1; i < c->k; i++)
        below[i] = below[i - 1] + count[i - 1];
}

/* times: how often each unit counts; NULL: once. */
static struct plx_alpha estimate(const struct coded *c, const guint32 *times,
                                 enum plx_alpha_scale scale)
{
    struct plx_alpha r = {PLX_NAN, PLX_NAN, PLX_NAN, c->units, 0};
    if (c->units == 0 || (scale == PLX_ALPHA_RATIO && c->value[0] < 0))
        return r;
    g_autofree double *count = g_new0(double, c->k);
    g_autofree double *below = g_new0(double, c->k);
    count_values(c, times, count, below);
    const double n = below[c->k - 1] + count[c->k - 1];
    double observed = 0;
    for (gsize u = 0; u < c->units; u++) {
        const double *code = c->unit + u * c->width;
        const gsize m = in_unit(c, u);
        double within = 0;
        for (gsize i = 0; i < m; i++)
            for (gsize j = i + 1; j < m; j++)
                if (code[i] != code[j])
                    within += difference(c, count, below, scale, (gsize)code[i], (gsize)code[j]);
        observed += (times ? times[u] : 1) * 2 * within / ((double)m - 1);
    }
    double expected = 0;
    for (gsize i = 0; i < c->k; i++)
        for (gsize j = i + 1; j < c->k; j++)
            if (count[i] > 0 && count[j] > 0)
                expected += 2 * count[i] * count[j] * difference(c, count, below, scale, i, j);
    r.observed = observed / n;
    r.expected = expected / (n * (n - 1));
    r.values = (gsize)n;
    if (r.expected > 0)
        r.alpha = 1 - r.observed / r.expected;
    return r;
}

struct plx_alpha plx_alpha(const double *data, gsize observers, gsize units,
                           enum plx_alpha_scale scale)
{
    struct coded c = encode(data, observers, units);
    const struct plx_alpha r = estimate(&c, NULL, scale);
    coded_clear(&c);
    return r;
}

struct job {
    const struct coded *coded;
    enum plx_alpha_scale scale;
};

static void alpha_of(const guint32 *times, guint thread, double *out, gpointer data)
{
    (void)thread;
    const struct job *job = data;
    *out = estimate(job->coded, times, job->scale).alpha;
}

struct plx_interval plx_alpha_bootstrap(const double *data, gsize observers, gsize units,
                                        enum plx_alpha_scale scale, double level, guint replicates,
                                        guint64 seed)
{
    struct plx_interval ci = {PLX_NAN, PLX_NAN};
    struct coded c = encode(data, observers, units);
    struct job job = {&c, scale};
    if (!isnan(estimate(&c, NULL, scale).alpha))
        plx_bootstrap(
            &(struct plx_bootstrap){.how = {PLX_BOOTSTRAP_PERCENTILE, replicates, level, seed, 1},
                                    .units = c.units,
                                    .statistics = 1,
                                    .enough = ENOUGH,
                                    .statistic = alpha_of,
                                    .data = &job},
            &ci);
    coded_clear(&c);
    return ci;
}
