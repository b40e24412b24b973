/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rank test of Brunner and Munzel (2000, "The nonparametric Behrens-Fisher problem",
 * Biometrical J. 42). Ordinal: only the order of the levels matters; no equal variances needed;
 * ties allowed. Test: tests/stats/test_brunner_munzel.c. */

#include "stats/distribution.h"

/* p_hat = P(x < y) + P(x = y) / 2, as in the paper; W > 0 when y tends to be greater. With weights
 * and clusters the placements' linearised variance takes the place of the paper's rank variance
 * (equal to it without), df by Satterthwaite from units - 1; a complete side adds none. x and y on
 * a common support (same k, same scores). statistic, df, p are NaN when the variance is zero or a
 * side has fewer than two units. The interval is the paper's p_hat -+ t se (may leave 0..1). */
struct plx_brunner_munzel {
    double p_hat;
    double variance_x; /* of p_hat, from x ... */
    double variance_y; /* ... and from y */
    double statistic;
    double df;
    double p; /* two-sided */
    struct plx_interval ci;
};
struct plx_brunner_munzel plx_brunner_munzel(const struct plx_distribution *x,
                                             const struct plx_distribution *y, double level);

/* A variance of p_hat below this is rounding: there is none. */
#define PLX_NO_VARIANCE 1e-18

/* Placements: out[i] = P(other < i) + P(other = i) / 2, k entries. */
void plx_placements(const struct plx_distribution *other, double *out);
