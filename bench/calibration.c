/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration.h"

#include "base/number.h"
#include "stats/mean_interval.h"
#include "stats/moments.h"
#include "stats/multiplicity.h"
#include "stats/random.h"
#include "stats/sample.h"
#include "stats/share.h"
#include "stats/superiority.h"

#include <math.h>

enum { LEVELS = 6, CUT = 3 /* index of level 4 */ };

static const struct plx_world worlds[] = {
    {"even", {17, 17, 16, 16, 17, 17}},      {"bell", {3, 14, 33, 33, 14, 3}},
    {"leaders", {2.5, 5, 15, 35, 30, 12.5}}, {"customers", {4.5, 12.5, 30, 35, 14, 4}},
    {"pleased", {1, 2, 5, 12, 30, 50}},      {"delighted", {0, 1, 2, 5, 12, 80}},
    {"split", {40, 10, 0, 0, 10, 40}},       {"poor", {70, 20, 6, 2, 1, 1}},
    {"two values", {0, 0, 20, 80, 0, 0}},    {"rare disaster", {5, 0, 0, 0, 0, 95}},
    {"expected", {2, 3, 5, 15, 60, 15}},     {"high peak", {0, 2, 4, 10, 64, 20}},
    {"low", {25, 25, 20, 15, 10, 5}},        {"nearly one", {0, 0, 5, 90, 5, 0}},
    {"weary", {14, 24, 27, 20, 10, 5}},      {"mild", {8, 20, 30, 24, 12, 6}},
    {"lukewarm", {5, 15, 25, 30, 18, 7}},    {"hopeful", {4, 10, 22, 34, 22, 8}},
};

const struct plx_world *plx_world_get(guint i)
{
    return i < G_N_ELEMENTS(worlds) ? &worlds[i] : NULL;
}

static struct plx_distribution population(const struct plx_world *world)
{
    return plx_distribution_counts(world->share, LEVELS, 1);
}

static void answer(struct plx_random *random, const struct plx_world *world,
                   const struct plx_setup *setup, plx_units *units)
{
    static const double weights[] = {0.5, 1, 3};
    const double weight = setup->weighted ? weights[plx_random_below(random, 3)] : 1;
    const guint answers = setup->clustered ? 1 + (guint)plx_random_below(random, 4) : 1;
    double w[LEVELS] = {0};
    const guint first = plx_random_choice(random, world->share, LEVELS);
    w[first] += weight;
    for (guint i = 1; i < answers; i++) {
        const gboolean repeat = plx_random_below(random, 2) == 0;
        w[repeat ? first : plx_random_choice(random, world->share, LEVELS)] += weight;
    }
    plx_units_add(units, w, answers, 1);
}

/* One side's answers; `counts` (LEVELS) or `units` hold them. */
static struct plx_distribution draw(struct plx_random *random, const struct plx_world *world,
                                    const struct plx_setup *setup, guint n, double *counts,
                                    plx_units *units)
{
    if (setup->clustered || setup->weighted) {
        for (guint i = 0; i < n; i++)
            answer(random, world, setup, units);
        return *plx_units_distribution(units);
    }
    for (guint i = 0; i < LEVELS; i++)
        counts[i] = 0;
    for (guint i = 0; i < n; i++)
        counts[plx_random_choice(random, world->share, LEVELS)]++;
    return plx_distribution_counts(counts, LEVELS, 1);
}

static double superiority_of(const struct plx_distribution *a, const struct plx_distribution *b)
{
    double placement[LEVELS];
    plx_placements(b, placement);
    return plx_linear(a, placement);
}

static double truth_of(enum plx_quantity quantity, const struct plx_distribution *a,
                       const struct plx_distribution *b)
{
    switch (quantity) {
    case PLX_QUANTITY_MEAN:
        return plx_mean(a);
    case PLX_QUANTITY_DIFFERENCE:
        return plx_mean(a) - plx_mean(b);
    case PLX_QUANTITY_SHARE:
        return plx_share_from(a, CUT + 1);
    case PLX_QUANTITY_SHARE_DIFFERENCE:
        return plx_share_from(a, CUT + 1) - plx_share_from(b, CUT + 1);
    case PLX_QUANTITY_SUPERIORITY:
        return superiority_of(a, b);
    }
    g_assert_not_reached();
}

static struct plx_interval interval_of(const struct plx_setup *setup,
                                       const struct plx_distribution *a,
                                       const struct plx_distribution *b)
{
    const double level = setup->level;
    switch (setup->quantity) {
    case PLX_QUANTITY_MEAN:
        return setup->classical ? plx_mean_t_interval(a, level) : plx_mean_interval(a, level);
    case PLX_QUANTITY_DIFFERENCE:
        return setup->classical ? plx_mover(plx_mean(a), plx_mean_t_interval(a, level), plx_mean(b),
                                            plx_mean_t_interval(b, level))
                                : plx_mean_difference(a, b, level).ci;
    case PLX_QUANTITY_SHARE:
        return plx_share(a, CUT, LEVELS - 1, level).ci;
    case PLX_QUANTITY_SHARE_DIFFERENCE:
        return plx_share_difference(plx_share(a, CUT, LEVELS - 1, level),
                                    plx_share(b, CUT, LEVELS - 1, level));
    case PLX_QUANTITY_SUPERIORITY:
        return setup->classical ? plx_brunner_munzel(b, a, level).ci
                                : plx_superiority_interval(a, b, level);
    }
    g_assert_not_reached();
}

/* One simulated study: does the interval cover? Adds its width. */
static gboolean study(struct plx_random *random, const struct plx_setup *setup,
                      const struct plx_world *world_a, const struct plx_world *world_b, guint n,
                      double *width)
{
    double counts[2][LEVELS];
    g_autoptr(plx_units) units_a = plx_units_new(LEVELS, 1);
    g_autoptr(plx_units) units_b = plx_units_new(LEVELS, 1);
    struct plx_distribution a = draw(random, world_a, setup, n, counts[0], units_a);
    const struct plx_distribution b =
        draw(random, world_b, setup, setup->n_b ? setup->n_b : n, counts[1], units_b);
    a.complete = setup->complete;
    const struct plx_distribution all_a = setup->complete ? a : population(world_a);
    const struct plx_distribution all_b = population(world_b);
    const double truth = truth_of(setup->quantity, &all_a, &all_b);
    const struct plx_interval ci = interval_of(setup, &a, &b);
    *width += ci.hi - ci.lo;
    return ci.lo <= truth + 1e-12 && truth <= ci.hi + 1e-12;
}

/* The promise for shares is for expected counts of at least five of either kind. */
static gboolean counts_expected(const struct plx_world *world, guint n)
{
    const struct plx_distribution d = population(world);
    const double p = plx_share_from(&d, CUT + 1);
    return n * p >= 5 - 1e-9 && n * (1 - p) >= 5 - 1e-9;
}

static gboolean promised(const struct plx_setup *setup, const struct plx_world *a,
                         const struct plx_world *b, guint n)
{
    if (setup->quantity == PLX_QUANTITY_SHARE)
        return counts_expected(a, n);
    if (setup->quantity == PLX_QUANTITY_SHARE_DIFFERENCE)
        return counts_expected(a, n) && counts_expected(b, setup->n_b ? setup->n_b : n);
    return TRUE;
}

struct plx_coverage plx_calibrate(const struct plx_setup *setup, guint n, guint runs, guint64 seed)
{
    struct plx_coverage result = {.lowest = 2};
    double sum = 0;
    double rest_sum = 0;
    double variance = 0;
    guint main_worlds = 0;
    guint rest_worlds = 0;
    for (guint i = 0; i < G_N_ELEMENTS(worlds); i++) {
        const struct plx_world *a = &worlds[i];
        const struct plx_world *b = &worlds[(5 * i + 3) % G_N_ELEMENTS(worlds)];
        struct plx_random random;
        plx_random_seed_stream(&random, seed, (guint64)n * 1000 + i);
        guint hits = 0;
        double width = 0;
        for (guint run = 0; run < runs; run++)
            hits += study(&random, setup, a, b, n, &width) ? 1 : 0;
        const double coverage = (double)hits / runs;
        if (!promised(setup, a, b, n)) {
            rest_sum += coverage;
            rest_worlds++;
            continue;
        }
        main_worlds++;
        sum += coverage;
        variance += coverage * (1 - coverage) / runs;
        result.width += width / runs;
        if (coverage < result.lowest) {
            result.lowest = coverage;
            result.lowest_world = a->name;
        }
    }
    result.coverage = main_worlds ? sum / main_worlds : PLX_NAN;
    result.lowest = main_worlds ? result.lowest : PLX_NAN;
    result.width = main_worlds ? result.width / main_worlds : PLX_NAN;
    result.error = main_worlds ? sqrt(variance) / main_worlds : PLX_NAN;
    result.rest = rest_worlds ? rest_sum / rest_worlds : PLX_NAN;
    return result;
}

/* One document. */
struct gaps {
    double counts[G_N_ELEMENTS(worlds)][2][LEVELS];
    gboolean complete;
};

static const double margin = 0.5;

static struct plx_interval gap_interval(const struct gaps *gaps, gsize i, double level)
{
    struct plx_distribution a = plx_distribution_counts(gaps->counts[i][0], LEVELS, 1);
    const struct plx_distribution b = plx_distribution_counts(gaps->counts[i][1], LEVELS, 1);
    a.complete = gaps->complete;
    return plx_mean_difference(&a, &b, level).ci;
}

static gboolean gap_decided(gsize i, double level, gconstpointer data)
{
    return plx_decide(gap_interval(data, i, level), margin) != PLX_DECISION_NONE;
}

static double gap_truth(const struct gaps *gaps, gsize i)
{
    const struct plx_distribution sample = plx_distribution_counts(gaps->counts[i][0], LEVELS, 1);
    const struct plx_distribution a = gaps->complete ? sample : population(&worlds[i]);
    const struct plx_distribution b = population(&worlds[(5 * i + 3) % G_N_ELEMENTS(worlds)]);
    return plx_mean(&a) - plx_mean(&b);
}

static gboolean is_wrong(enum plx_decision decision, double truth)
{
    return (decision == PLX_DECISION_ABOVE && truth <= margin) ||
           (decision == PLX_DECISION_BELOW && truth >= -margin) ||
           (decision == PLX_DECISION_WITHIN && fabs(truth) >= margin);
}

struct plx_decided plx_calibrate_decided(guint n_a, guint n_b, gboolean complete, double q,
                                         guint runs, guint64 seed)
{
    const gsize m = G_N_ELEMENTS(worlds);
    const struct plx_setup plain = {.quantity = PLX_QUANTITY_DIFFERENCE};
    struct plx_decided sum = {0};
    struct plx_random random;
    plx_random_seed_stream(&random, seed, (guint64)n_a * 1000 + n_b);
    for (guint run = 0; run < runs; run++) {
        struct gaps gaps = {.complete = complete};
        for (gsize i = 0; i < m; i++) {
            draw(&random, &worlds[i], &plain, n_a, gaps.counts[i][0], NULL);
            draw(&random, &worlds[(5 * i + 3) % m], &plain, n_b, gaps.counts[i][1], NULL);
        }
        const gsize selected = plx_fcr_selected(m, q, gap_decided, &gaps);
        const double level = plx_fcr_level(m, selected, q);
        guint decided = 0;
        guint missed = 0;
        for (gsize i = 0; i < m; i++) {
            const struct plx_interval ci = gap_interval(&gaps, i, level);
            const enum plx_decision decision = plx_decide(ci, margin);
            const double truth = gap_truth(&gaps, i);
            if (decision == PLX_DECISION_NONE)
                continue;
            decided++;
            missed += truth < ci.lo - 1e-12 || truth > ci.hi + 1e-12;
            sum.wrong += is_wrong(decision, truth);
        }
        sum.decided += decided;
        sum.non_covering += decided ? (double)missed / decided : 0;
    }
    const double gaps_seen = (double)runs * (double)m;
    return (struct plx_decided){sum.decided / gaps_seen, sum.non_covering / runs,
                                sum.wrong / gaps_seen};
}
