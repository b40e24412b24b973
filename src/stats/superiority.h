/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Brunner-Munzel: the probability of superiority, its interval and p.
 * Test: tests/stats/test_superiority.c. */

#include "stats/distribution.h"
#include "stats/sample.h"

/* Brunner and Munzel (2000, "The nonparametric Behrens-Fisher problem", Biometrical J. 42).
 * p_hat = P(x < y) + P(x = y) / 2, as in the paper; W > 0 when y tends to be greater. Ordinal; no
 * equal variances needed; ties allowed. With weights and clusters the placements' linearised
 * variance takes the place of the paper's rank variance (equal to it without), df by Satterthwaite
 * from units - 1; a complete side adds none. x and y on a common support (same k, same scores).
 * statistic, df, p are NaN when the variance is zero or a side has fewer than two units. The
 * interval is the paper's p_hat -+ t se (may leave 0..1). */
struct plx_brunner_munzel {
    double p_hat;
    double se;
    double statistic;
    double df;
    double p; /* two-sided */
    struct plx_interval ci;
};
struct plx_brunner_munzel plx_brunner_munzel(const struct plx_distribution *x,
                                             const struct plx_distribution *y, double level);

/* How a p was found. */
enum plx_p_method { PLX_P_NONE, PLX_P_T, PLX_P_EXACT, PLX_P_MONTE_CARLO };

/* What a gap shows. Here a stands first: p_hat = P(a > b) + P(a = b) / 2, delta = 2 p_hat - 1, both
 * with the sign of mean(a) - mean(b) in ordinary data.
 *
 * The interval is Wilson-shaped for the effective number of pairs that gives the Brunner-Munzel
 * variance, so it stays in 0..1 and has a width at p_hat = 0 and 1 (docs/calibration.md).
 * p: below PLX_SMALL_UNITS units on a side the studentised permutation form (Neubert and Brunner
 * 2007, "A studentized permutation test for the non-parametric Behrens-Fisher problem", CSDA 51),
 * exact over all distinct tables where there are at most PLX_EXACT_TABLES, else Monte Carlo;
 * otherwise, and with a complete side, t. Weights: the permutation form needs whole units, so
 * without `units` a weighted or clustered pair gets the t form. */
#define PLX_SMALL_UNITS 15
#define PLX_EXACT_TABLES 200000
#define PLX_PERMUTATIONS 9999

struct plx_superiority {
    double p_hat;
    struct plx_interval ci;
    double delta; /* Cliff's */
    double se;    /* of p_hat */
    double statistic;
    double df;
    double p;
    enum plx_p_method p_method;
};
struct plx_superiority plx_superiority(const struct plx_distribution *a,
                                       const struct plx_distribution *b, double level,
                                       guint64 seed);

/* The same where units answered more than once or have weights: units are permuted whole. */
struct plx_superiority plx_superiority_units(plx_units *a, plx_units *b, double level,
                                             guint64 seed);
