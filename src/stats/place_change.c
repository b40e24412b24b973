/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/place_change.h"

#include "base/number.h"
#include "stats/random.h"

#include <math.h>

/* Variances below this share of the squared changes are rounding. */
#define ROUNDING 1e-24

struct side {
    double mean;
    double variance; /* of the mean */
    double df;
};

/* Changes of the places in `chosen`. */
static struct side find_side(const double *change, const guint *chosen, guint n)
{
    struct side side = {0};
    for (guint i = 0; i < n; i++)
        side.mean += change[chosen[i]] / n;
    for (guint i = 0; i < n; i++)
        side.variance += (change[chosen[i]] - side.mean) * (change[chosen[i]] - side.mean);
    side.df = n - 1.0;
    side.variance = n > 1 ? side.variance / side.df / n : PLX_NAN;
    return side;
}

static double square_sum(const double *change, guint n)
{
    double sum = 0;
    for (guint i = 0; i < n; i++)
        sum += change[i] * change[i];
    return sum;
}

/* A division of the places: first the treated, then the others. */
struct division {
    double *change;
    guint n_treated;
    guint n;
    guint *places;
    double nothing; /* a variance that is rounding */
};

/* Squared, so that no root is needed; infinite where two sides differ without any spread. */
static double squared_t(const struct division *division)
{
    const struct side a = find_side(division->change, division->places, division->n_treated);
    const struct side b = find_side(division->change, division->places + division->n_treated,
                                    division->n - division->n_treated);
    const double square = (a.mean - b.mean) * (a.mean - b.mean);
    if (a.variance + b.variance > division->nothing)
        return square / (a.variance + b.variance);
    return square > division->nothing ? PLX_INFINITY : 0;
}

/* Equal up to rounding counts as extreme: the division that was made must always count. */
static gboolean at_least(double value, double observed)
{
    return value >= observed * (1 - 1e-9);
}

/* The next division in the order of combinations: `taken` are the treated, rising. */
static gboolean next_combination(guint *taken, guint k, guint n)
{
    guint i = k;
    while (i > 0 && taken[i - 1] == n - k + i - 1)
        i--;
    if (i == 0)
        return FALSE;
    taken[i - 1]++;
    for (guint j = i; j < k; j++)
        taken[j] = taken[j - 1] + 1;
    return TRUE;
}

static void put_others(struct division *division)
{
    guint *const others = division->places + division->n_treated;
    guint taken = 0;
    guint n_others = 0;
    for (guint place = 0; place < division->n; place++) {
        if (taken < division->n_treated && division->places[taken] == place)
            taken++;
        else
            others[n_others++] = place;
    }
}

static double permute_all(struct division *division, double observed)
{
    double hits = 0;
    double all = 0;
    do {
        put_others(division);
        hits += at_least(squared_t(division), observed);
        all++;
    } while (next_combination(division->places, division->n_treated, division->n));
    return hits / all;
}

static double permute_some(struct division *division, double observed, guint64 seed)
{
    struct plx_random random;
    plx_random_seed(&random, seed);
    double hits = 0;
    for (guint draw = 0; draw < PLX_PLACE_DRAWS; draw++) {
        plx_random_shuffle(&random, division->places, division->n);
        hits += at_least(squared_t(division), observed);
    }
    return (1 + hits) / (1.0 + PLX_PLACE_DRAWS);
}

static void permute(struct division *division, guint64 seed, struct plx_place_change *result)
{
    for (guint i = 0; i < division->n; i++)
        division->places[i] = i;
    const double observed = squared_t(division);
    const gboolean exact =
        plx_divisions(division->n, division->n_treated) <= PLX_PLACE_DIVISIONS_MAX;
    result->method = exact ? PLX_P_EXACT : PLX_P_MONTE_CARLO;
    result->p_permuted =
        exact ? permute_all(division, observed) : permute_some(division, observed, seed);
}

/* The t, where there is a spread. */
static void find_interval(const struct side *a, const struct side *b, double level,
                          struct plx_place_change *result)
{
    result->se = sqrt(a->variance + b->variance);
    result->df = plx_welch_df(a->variance, a->df, b->variance, b->df);
    result->p = plx_t_two_sided(result->estimate / result->se, result->df);
    const double reach = result->se * plx_t_quantile(level, result->df);
    result->ci = (struct plx_interval){result->estimate - reach, result->estimate + reach};
}

static struct plx_place_change find_change(struct division *division, double level)
{
    const guint n_treated = division->n_treated, n_comparison = division->n - n_treated;
    const struct side a = find_side(division->change, division->places, n_treated);
    const struct side b = find_side(division->change, division->places + n_treated, n_comparison);
    struct plx_place_change result = {
        .treated = n_treated ? a.mean : PLX_NAN,
        .comparison = n_comparison ? b.mean : PLX_NAN,
        .se = PLX_NAN,
        .df = PLX_NAN,
        .p = PLX_NAN,
        .ci = {PLX_NAN, PLX_NAN},
        .p_permuted = PLX_NAN,
    };
    result.estimate = result.treated - result.comparison;
    if (a.variance + b.variance > division->nothing)
        find_interval(&a, &b, level, &result);
    return result;
}

static struct division division_new(const double *treated, guint n_treated,
                                    const double *comparison, guint n_comparison)
{
    const guint n = n_treated + n_comparison;
    double *const change = g_new0(double, n + 1);
    guint *const places = g_new0(guint, n + 1);
    for (guint i = 0; i < n; i++) {
        change[i] = i < n_treated ? treated[i] : comparison[i - n_treated];
        places[i] = i;
    }
    return (struct division){change, n_treated, n, places, ROUNDING * square_sum(change, n)};
}

static void division_clear(struct division *division)
{
    g_free(division->change);
    g_free(division->places);
}

struct plx_place_change plx_place_change(const double *treated, guint n_treated,
                                         const double *comparison, guint n_comparison, double level,
                                         guint64 seed)
{
    struct division division = division_new(treated, n_treated, comparison, n_comparison);
    struct plx_place_change result = find_change(&division, level);
    if (isfinite(result.se))
        permute(&division, seed, &result);
    division_clear(&division);
    return result;
}

struct plx_place_change plx_place_change_plain(const double *treated, guint n_treated,
                                               const double *comparison, guint n_comparison,
                                               double level)
{
    struct division division = division_new(treated, n_treated, comparison, n_comparison);
    const struct plx_place_change result = find_change(&division, level);
    division_clear(&division);
    return result;
}
