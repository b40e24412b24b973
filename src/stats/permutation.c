/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/permutation.h"

#include "base/number.h"
#include "stats/brunner_munzel.h"
#include "stats/random.h"

#include <math.h>
#include <string.h>

/* The statistic's size, squared so that no root is needed: (p_hat - 1/2)^2 / variance. */
static double extremeness(const struct plx_distribution *x, const struct plx_distribution *y,
                          double *scratch)
{
    plx_placements(y, scratch);
    double variance = plx_linear_variance(x, scratch);
    plx_placements(x, scratch);
    variance += plx_linear_variance(y, scratch);
    const double effect = plx_linear(y, scratch) - 0.5;
    if (variance > PLX_NO_VARIANCE)
        return effect * effect / variance;
    return fabs(effect) > 1e-12 ? PLX_INFINITY : 0; /* separated, or nobody differs */
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

/* Units of both sides as one urn. */
struct urn {
    guint k;
    plx_units *units;
    guint distinct;
    guint64 *up_to;  /* distinct: units of this kind and before */
    guint64 *chosen; /* positions drawn */
    double *drawn_w; /* k totals, then k x k M, of the drawn side */
    double *rest_w;
    const double *all_w; /* the same of everybody */
    double *scratch;
};

static guint kind_at(const struct urn *urn, guint64 position)
{
    guint low = 0;
    guint high = urn->distinct;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (urn->up_to[middle] <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gboolean is_chosen(const guint64 *chosen, guint64 n, guint64 position)
{
    for (guint64 i = 0; i < n; i++)
        if (chosen[i] == position)
            return TRUE;
    return FALSE;
}

static void add_unit(double *sums, const double *w, guint k)
{
    double *m = sums + k;
    for (guint i = 0; i < k; i++) {
        if (w[i] == 0)
            continue;
        sums[i] += w[i];
        for (guint j = 0; j < k; j++)
            m[i * k + j] += w[i] * w[j];
    }
}

/* n of the `total` units without replacement (Floyd 1987): every set is equally likely. Quadratic
 * in n, which is small: the larger side is what is left. */
static void draw_units(struct urn *urn, struct plx_random *random, guint64 n, guint64 total)
{
    const guint k = urn->k;
    memset(urn->drawn_w, 0, (k + k * k) * sizeof(double));
    for (guint64 i = 0; i < n; i++) {
        const guint64 last = total - n + i;
        guint64 position = plx_random_below(random, last + 1);
        if (is_chosen(urn->chosen, i, position))
            position = last;
        urn->chosen[i] = position;
        double answers = 0;
        guint64 times = 0;
        add_unit(urn->drawn_w, plx_units_get(urn->units, kind_at(urn, position), &answers, &times),
                 k);
    }
    for (guint i = 0; i < k + k * k; i++)
        urn->rest_w[i] = MAX(urn->all_w[i] - urn->drawn_w[i], 0);
}

static double divided_extremeness(const struct urn *urn, double drawn, double rest)
{
    const guint k = urn->k;
    const struct plx_distribution x = {
        .k = k, .w = urn->drawn_w, .m = urn->drawn_w + k, .units = drawn, .n = drawn};
    const struct plx_distribution y = {
        .k = k, .w = urn->rest_w, .m = urn->rest_w + k, .units = rest, .n = rest};
    return extremeness(&x, &y, urn->scratch);
}

static void pour(plx_units *into, plx_units *from)
{
    for (guint u = 0; u < plx_units_distinct(from); u++) {
        double answers = 0;
        guint64 times = 0;
        const double *w = plx_units_get(from, u, &answers, &times);
        plx_units_add(into, w, answers, times);
    }
}

static double *sum_units(plx_units *units, guint k)
{
    double *sums = g_new0(double, k + k * k);
    for (guint u = 0; u < plx_units_distinct(units); u++) {
        double answers = 0;
        guint64 times = 0;
        const double *w = plx_units_get(units, u, &answers, &times);
        for (guint i = 0; i < k; i++) {
            sums[i] += (double)times * w[i];
            for (guint j = 0; j < k; j++)
                sums[k + i * k + j] += (double)times * w[i] * w[j];
        }
    }
    return sums;
}

static void fill_up_to(plx_units *units, guint64 *up_to)
{
    guint64 sum = 0;
    for (guint u = 0; u < plx_units_distinct(units); u++) {
        double answers = 0;
        guint64 times = 0;
        plx_units_get(units, u, &answers, &times);
        up_to[u] = sum += times;
    }
}

enum plx_p_method plx_permutation_units(plx_units *x, plx_units *y, guint draws, guint64 seed,
                                        double *p)
{
    const struct plx_distribution *dx = plx_units_distribution(x);
    const struct plx_distribution *dy = plx_units_distribution(y);
    g_assert(dx->k == dy->k);
    *p = PLX_NAN;
    if (dx->units < 2 || dy->units < 2)
        return PLX_P_NONE;
    const guint k = dx->k;
    const double drawn = MIN(dx->units, dy->units);
    const double rest = MAX(dx->units, dy->units);
    g_autoptr(plx_units) pool = plx_units_new(k, 0);
    pour(pool, x);
    pour(pool, y);
    plx_units_distribution(pool);
    const guint distinct = plx_units_distinct(pool);
    g_autofree double *all_w = sum_units(pool, k);
    g_autofree guint64 *up_to = g_new(guint64, distinct);
    g_autofree guint64 *chosen = g_new(guint64, (gsize)drawn);
    fill_up_to(pool, up_to);
    g_autofree double *storage = g_new0(double, 2 * (k + k * k) + k);
    struct urn urn = {.k = k,
                      .units = pool,
                      .distinct = distinct,
                      .drawn_w = storage,
                      .rest_w = storage + k + k * k,
                      .scratch = storage + 2 * (k + k * k),
                      .up_to = up_to,
                      .chosen = chosen,
                      .all_w = all_w};
    struct plx_random random;
    plx_random_seed(&random, seed);
    const double observed = extremeness(dx, dy, urn.scratch);
    double hits = 0;
    for (guint i = 0; i < draws; i++) {
        draw_units(&urn, &random, (guint64)drawn, (guint64)(drawn + rest));
        hits += at_least(divided_extremeness(&urn, drawn, rest), observed);
    }
    *p = (1 + hits) / (1.0 + draws);
    return PLX_P_MONTE_CARLO;
}
