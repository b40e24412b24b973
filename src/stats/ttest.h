/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Student's t for one mean, paired differences, and two means. Statistic and p are NaN where the
 * standard error is zero or does not exist. With clusters: robust standard error, df = units - 1.
 * The interval here is the textbook's (unbounded); for intervals that people act on see
 * stats/mean_interval.h. Test: tests/stats/test_ttest.c. */

#include "stats/distribution.h"

struct plx_ttest {
    double estimate; /* mean, mean difference */
    double sd;       /* of the answers or differences; NaN for two groups */
    double se;
    double statistic;
    double df;
    double p; /* two-sided */
    struct plx_interval ci;
};

/* Student (1908): mean of d against `mu`. Paired data: d is the distribution of the differences
 * (scores from -(k-1)), mu = 0. */
struct plx_ttest plx_ttest_one(const struct plx_distribution *d, double mu, double level);

/* Welch (1947): a - b, unequal variances. A complete side adds no variance. */
struct plx_ttest plx_welch(const struct plx_distribution *a, const struct plx_distribution *b,
                           double level);

/* The table of pairs (kx x ky, row by row, x = row) as totals of the differences x - y:
 * `out` has kx + ky - 1 entries; entry 0 is the difference 0 - (ky - 1) in indices. Also right for
 * sums of squared weights. */
void plx_pair_differences(const double *table, guint kx, guint ky, double *out);
