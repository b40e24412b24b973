/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/changepoint.h"

#include "base/number.h"
#include "stats/doubles.h"
#include "stats/drift_chart.h"

#include <math.h>

/* Sums up to each place, of values about the overall mean so that squares keep their digits. */
struct sums {
    double mean;
    double *weight;
    double *sum;
    double *squares;
};

/* `w` may be NULL: all 1. */
static void sums_init(struct sums *s, const double *x, const double *w, gsize n)
{
    s->mean = 0;
    for (gsize i = 0; i < n; i++)
        s->mean += x[i] / (double)n;
    s->weight = g_new0(double, n + 1);
    s->sum = g_new0(double, n + 1);
    s->squares = g_new0(double, n + 1);
    for (gsize i = 0; i < n; i++) {
        const double d = x[i] - s->mean, weight = w ? w[i] : 1;
        s->weight[i + 1] = s->weight[i] + weight;
        s->sum[i + 1] = s->sum[i] + weight * d;
        s->squares[i + 1] = s->squares[i] + weight * d * d;
    }
}

static void sums_clear(struct sums *s)
{
    g_free(s->weight);
    g_free(s->sum);
    g_free(s->squares);
}

static double cost(const struct sums *s, gsize from, gsize to)
{
    const double sum = s->sum[to] - s->sum[from];
    return MAX(0,
               s->squares[to] - s->squares[from] - sum * sum / (s->weight[to] - s->weight[from]));
}

/* The best start of the part that ends before `to`, among the candidates; *best its value. */
static gsize best_start(const struct sums *s, const double *value, const GArray *candidates,
                        gsize to, gsize shortest, double penalty, double *best)
{
    gsize start = 0;
    *best = PLX_INFINITY;
    for (guint c = 0; c < candidates->len; c++) {
        const gsize from = g_array_index(candidates, gsize, c);
        if (to - from < shortest)
            continue;
        const double tried = value[from] + cost(s, from, to) + penalty;
        if (tried < *best) {
            *best = tried;
            start = from;
        }
    }
    return start;
}

/* A start that is worse by a whole penalty than what was reached at `end` can never become best
 * once parts may start there, which is from the next value on: it is dropped. */
static void prune(GArray *candidates, const struct sums *s, const double *value, gsize end,
                  gsize shortest)
{
    guint kept = 0;
    for (guint c = 0; c < candidates->len; c++) {
        const gsize from = g_array_index(candidates, gsize, c);
        if (from + shortest > end || value[from] + cost(s, from, end) <= value[end])
            g_array_index(candidates, gsize, kept++) = from;
    }
    g_array_set_size(candidates, kept);
}

static GArray *parts(const struct sums *s, const gsize *start, gsize n)
{
    GArray *segments = g_array_new(FALSE, FALSE, sizeof(struct plx_segment));
    for (gsize to = n; to > 0; to = start[to]) {
        const gsize from = start[to];
        const double mean =
            s->mean + (s->sum[to] - s->sum[from]) / (s->weight[to] - s->weight[from]);
        const struct plx_segment segment = {from, to - from, mean, cost(s, from, to)};
        g_array_prepend_val(segments, segment);
    }
    return segments;
}

GArray *plx_pelt(const double *x, gsize n, double penalty, gsize shortest)
{
    return plx_pelt_weighted(x, NULL, n, penalty, shortest);
}

GArray *plx_pelt_weighted(const double *x, const double *w, gsize n, double penalty, gsize shortest)
{
    g_assert(penalty > 0 && shortest >= 1);
    struct sums s;
    sums_init(&s, x, w, n);
    g_autofree double *value = g_new(double, n + 1);
    g_autofree gsize *start = g_new0(gsize, n + 1);
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(gsize));
    value[0] = -penalty;
    for (gsize to = 1; to <= n; to++) {
        value[to] = PLX_INFINITY;
        if (to >= shortest) {
            const gsize next = to - shortest; /* may start a part from here on */
            if (isfinite(value[next]))
                g_array_append_val(candidates, next);
            start[to] = best_start(&s, value, candidates, to, shortest, penalty, &value[to]);
            prune(candidates, &s, value, next + 1, shortest);
        }
    }
    GArray *segments = parts(&s, start, n);
    sums_clear(&s);
    return segments;
}

double plx_pelt_penalty(const double *x, gsize n)
{
    const double sigma = plx_moving_sigma(x, n);
    return sigma > 0 ? 2 * sigma * sigma * log((double)n) : PLX_NAN;
}

/* Mid-rank: places of the equal values, on average. */
static double mid_rank(const double *sorted, gsize n, double value)
{
    gsize lo = 0;
    gsize hi = n;
    while (lo < hi) {
        const gsize middle = (lo + hi) / 2;
        if (sorted[middle] < value)
            lo = middle + 1;
        else
            hi = middle;
    }
    gsize end = lo;
    gsize top = n;
    while (end < top) {
        const gsize middle = (end + top) / 2;
        if (sorted[middle] <= value)
            end = middle + 1;
        else
            top = middle;
    }
    return ((double)lo + 1 + (double)end) / 2;
}

struct plx_pettitt plx_pettitt(const double *x, gsize n)
{
    struct plx_pettitt result = {.k = 0, .before = 0, .p = PLX_NAN};
    if (n < 2)
        return result;
    g_autofree double *sorted = g_memdup2(x, n * sizeof *x);
    qsort(sorted, n, sizeof *sorted, plx_doubles_compare);
    double u = 0;
    const double size = (double)n;
    for (gsize t = 1; t < n; t++) {
        u += 2 * mid_rank(sorted, n, x[t - 1]) - (size + 1);
        if (fabs(u) > result.k) {
            result.k = fabs(u);
            result.before = t;
        }
    }
    if (result.before > 0)
        result.p = MIN(1, 2 * exp(-6 * result.k * result.k / (size * size * size + size * size)));
    return result;
}
