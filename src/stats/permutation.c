/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/permutation.h"

#include "base/number.h"
#include "stats/brunner_munzel.h"
#include "stats/random.h"
#include "stats/urn.h"

#include <math.h>
#include <string.h>

/* The statistic's size, squared so that no root is needed. */
static double squared_statistic(double effect, double variance)
{
    if (variance > PLX_NO_VARIANCE)
        return effect * effect / variance;
    return fabs(effect) > 1e-12 ? PLX_INFINITY : 0; /* separated, or nobody differs */
}

/* (p_hat - 1/2)^2 / variance of one division. */
static double extremeness(const struct plx_distribution *x, const struct plx_distribution *y,
                          double *scratch)
{
    plx_placements(y, scratch);
    double variance = plx_linear_variance(x, scratch);
    plx_placements(x, scratch);
    variance += plx_linear_variance(y, scratch);
    return squared_statistic(plx_linear(y, scratch) - 0.5, variance);
}

/* Equal up to rounding counts as extreme: the observed division itself must always count. */
static gboolean at_least(double value, double observed)
{
    return value >= observed || value >= observed * (1 - 1e-9);
}

/* All divisions of pooled counts, walked table by table. */
struct walk {
    guint k;
    const double *pooled;
    double *x; /* the smaller side's counts, being filled */
    double *y;
    double *room; /* answers in values i.. of the pooled counts */
    double *scratch;
    double observed;
    double hits; /* divisions at least as extreme */
    double all;
};

double plx_divisions(double n, double r)
{
    double result = 1;
    for (double i = 1; i <= r && isfinite(result); i++)
        result = result * (n - r + i) / i;
    return result;
}

static void finish_table(struct walk *walk, double ways)
{
    const struct plx_distribution x = plx_distribution_counts(walk->x, walk->k, 0);
    const struct plx_distribution y = plx_distribution_counts(walk->y, walk->k, 0);
    walk->all += ways;
    if (at_least(extremeness(&x, &y, walk->scratch), walk->observed))
        walk->hits += ways;
}

static void walk_tables(struct walk *walk, guint value, double left, double ways)
{
    if (value == walk->k) {
        finish_table(walk, ways);
        return;
    }
    const double pooled = walk->pooled[value];
    const double most = MIN(pooled, left);
    for (double take = MAX(0, left - walk->room[value + 1]); take <= most; take++) {
        walk->x[value] = take;
        walk->y[value] = pooled - take;
        walk_tables(walk, value + 1, left - take, ways * plx_divisions(pooled, take));
    }
}

/* Number of tables: ways to write the smaller side's n as a sum of at most pooled[i] each. */
static double count_tables(const double *pooled, guint k, guint n)
{
    g_autofree double *ways = g_new0(double, n + 1);
    g_autofree double *next = g_new(double, n + 1);
    ways[0] = 1;
    for (guint i = 0; i < k; i++) {
        const guint most = (guint)MIN(pooled[i], n);
        for (guint j = 0; j <= n; j++) {
            next[j] = 0;
            for (guint take = 0; take <= MIN(most, j); take++)
                next[j] += ways[j - take];
        }
        memcpy(ways, next, (n + 1) * sizeof(double));
    }
    return ways[n];
}

/* Draws n of the pooled answers without replacement. */
static void draw_table(struct walk *walk, struct plx_random *random, guint64 n, guint64 total)
{
    memcpy(walk->y, walk->pooled, walk->k * sizeof(double));
    memset(walk->x, 0, walk->k * sizeof(double));
    for (guint64 i = 0; i < n; i++) {
        double left = (double)plx_random_below(random, total - i);
        guint value = 0;
        while (left >= walk->y[value])
            left -= walk->y[value++];
        walk->x[value]++;
        walk->y[value]--;
    }
}

static double draw_tables(struct walk *walk, double n, guint draws, guint64 seed)
{
    struct plx_random random;
    plx_random_seed(&random, seed);
    for (guint i = 0; i < draws; i++) {
        draw_table(walk, &random, (guint64)n, (guint64)walk->room[0]);
        finish_table(walk, 1);
    }
    return (1 + walk->hits) / (1 + walk->all);
}

enum plx_p_method plx_permutation_counts(const struct plx_distribution *x,
                                         const struct plx_distribution *y, guint64 max_tables,
                                         guint draws, guint64 seed, double *p)
{
    g_assert(x->k == y->k && !x->w2 && !y->w2 && !x->m && !y->m);
    *p = PLX_NAN;
    if (x->n < 2 || y->n < 2)
        return PLX_P_NONE;
    const guint k = x->k;
    const double smaller = MIN(x->n, y->n);
    g_autofree double *storage = g_new0(double, 5 * k + 1);
    double *pooled = storage + 4 * k + 1;
    struct walk walk = {.k = k,
                        .pooled = pooled,
                        .x = storage,
                        .y = storage + k,
                        .scratch = storage + 2 * k,
                        .room = storage + 3 * k};
    for (guint i = 0; i < k; i++)
        pooled[i] = x->w[i] + y->w[i];
    for (guint i = k; i > 0; i--)
        walk.room[i - 1] = walk.room[i] + pooled[i - 1];
    walk.observed = extremeness(x, y, walk.scratch);
    /* Beyond 500 the divisions may not fit in a double; such groups have far too many tables. */
    if (smaller <= 500 && isfinite(plx_divisions(walk.room[0], smaller)) &&
        count_tables(pooled, k, (guint)smaller) <= (double)max_tables) {
        walk_tables(&walk, 0, smaller, 1);
        *p = walk.hits / walk.all;
        return PLX_P_EXACT;
    }
    *p = draw_tables(&walk, smaller, draws, seed);
    return PLX_P_MONTE_CARLO;
}

/* P(other < i) + P(other = i) / 2 of each value, with the side's own mean of it taken off; that
 * mean. */
static double centred_placements(const struct plx_urn_side *side, const struct plx_urn_side *other,
                                 guint k, double *h)
{
    const double scale = 1 / other->total;
    double below = 0;
    double mean = 0;
    for (guint i = 0; i < k; i++) {
        h[i] = (below + other->w[i] / 2) * scale;
        below += other->w[i];
        mean += h[i] * side->w[i];
    }
    mean /= side->total;
    for (guint i = 0; i < k; i++)
        h[i] -= mean;
    return mean;
}

/* plx_linear_variance for M as a triangle. */
static double urn_variance(const struct plx_urn_side *side, guint k, const double *h)
{
    const double *m = side->m;
    double form = 0;
    for (guint i = 0; i < k; i++) {
        double row = 0;
        for (guint j = i; j < k; j++)
            row += *m++ * h[j];
        form += row * h[i];
    }
    return side->units / (side->units - 1) * MAX(form, 0) / (side->total * side->total);
}

static double divided_extremeness(const struct plx_urn_side *drawn, const struct plx_urn_side *rest,
                                  guint k, double *h)
{
    centred_placements(drawn, rest, k, h);
    double variance = urn_variance(drawn, k, h);
    const double effect = centred_placements(rest, drawn, k, h) - 0.5;
    variance += urn_variance(rest, k, h);
    return squared_statistic(effect, variance);
}

enum plx_p_method plx_permutation_units(plx_units *x, plx_units *y, guint draws, guint64 seed,
                                        double *p)
{
    const struct plx_distribution *dx = plx_units_distribution(x);
    const struct plx_distribution *dy = plx_units_distribution(y);
    *p = PLX_NAN;
    if (dx->units < 2 || dy->units < 2)
        return PLX_P_NONE;
    g_autoptr(plx_urn) urn = plx_urn_new(x, y);
    const guint k = plx_urn_k(urn);
    g_autofree double *h = g_new(double, k);
    const double observed = extremeness(dx, dy, h);
    struct plx_random random;
    plx_random_seed(&random, seed);
    double hits = 0;
    for (guint i = 0; i < draws; i++) {
        struct plx_urn_side drawn;
        struct plx_urn_side rest;
        plx_urn_draw(urn, &random, &drawn, &rest);
        hits += at_least(divided_extremeness(&drawn, &rest, k, h), observed);
    }
    *p = (1 + hits) / (1.0 + draws);
    return PLX_P_MONTE_CARLO;
}
