/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The probability of superiority, its interval and p. Test: tests/stats/test_superiority.c. */

#include "stats/brunner_munzel.h"
#include "stats/permutation.h"
#include "stats/sample.h"

/* What a gap shows. Here a stands first: p_hat = P(a > b) + P(a = b) / 2, delta = 2 p_hat - 1, both
 * with the sign of mean(a) - mean(b) in ordinary data.
 *
 * The interval is Wilson-shaped for the effective number of pairs that gives the Brunner-Munzel
 * variance, so it stays in 0..1 and has a width at p_hat = 0 and 1 (docs/calibration.md).
 * p: below PLX_SMALL_UNITS units on a side the studentised permutation form (Neubert and Brunner
 * 2007, "A studentized permutation test for the non-parametric Behrens-Fisher problem", CSDA 51),
 * exact over all distinct tables where there are at most PLX_EXACT_TABLES, else Monte Carlo;
 * otherwise, and with a complete side, t. Weights: the permutation form needs whole units, so
 * without `units` a weighted or clustered pair gets the t form. Where each group
 * is unanimous the permutation p has a closed form, used at any size. No p (NaN) where a complete
 * side leaves no spread at all. */
#define PLX_SMALL_UNITS 15
#define PLX_EXACT_TABLES 50000
#define PLX_PERMUTATIONS 9999

struct plx_superiority {
    double p_hat;
    struct plx_interval ci;
    double delta; /* Cliff's */
    double se;    /* of p_hat */
    double statistic;
    double df;
    double p;
    enum plx_p_method p_method; /* PLX_P_NONE: no p */
};
struct plx_superiority plx_superiority(const struct plx_distribution *a,
                                       const struct plx_distribution *b, double level,
                                       guint64 seed);

/* The interval alone, without a p (the slow part). */
struct plx_interval plx_superiority_interval(const struct plx_distribution *a,
                                             const struct plx_distribution *b, double level);

/* The same where units answered more than once or have weights: units are permuted whole. */
struct plx_superiority plx_superiority_units(plx_units *a, plx_units *b, double level,
                                             guint64 seed);
