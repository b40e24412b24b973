/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is the spread of one group wider than that of others? A ratio of variances with degrees of
 * freedom that know how heavy the tails are: answers on a scale are no normal numbers.
 *
 * Source: Box (1953), "Non-normality and tests on variances", Biometrika 40; Layard (1973), JASA
 * 68: with kurtosis b (3: normal) a variance on df degrees of freedom is as good as one on
 * 2 df / (b - 1) of normal numbers. Assumes independent answers and one kurtosis. Test:
 * tests/stats/test_spread.c. */

#include "stats/distribution.h"

struct plx_spread {
    double ratio;           /* of standard deviations, a / b */
    struct plx_interval ci; /* of the ratio */
    double p;               /* one-sided: a is not wider than b */
};

/* Variances with their degrees of freedom; kurtosis > 1. All NaN unless both variances, degrees of
 * freedom and kurtosis - 1 are above 0. */
struct plx_spread plx_spread_compare(double variance_a, double df_a, double variance_b, double df_b,
                                     double kurtosis, double level);
