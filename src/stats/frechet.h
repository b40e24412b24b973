/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What shares of single moments say about the whole: for how many everything was fine, or anything,
 * when nobody knows who met which.
 *
 * Source: Boole (1854), An Investigation of the Laws of Thought, chapter 19; Fréchet (1935),
 * Fundamenta Mathematicae 25. The bounds hold for any dependence and are the narrowest that do; the
 * independence value is one point between them, not an estimate. Assumes: all shares are of the
 * same persons. The expected number of bad moments needs no assumption about dependence.
 * With n the shares are not known exactly: each gets its Wilson limits at 1 - (1 - level) / k
 * (Bonferroni), and the bounds are taken at their ends, so that they hold at least about `level` of
 * the time. Test: tests/stats/test_frechet.c. */

#include "stats/distribution.h"

struct plx_frechet {
    struct plx_interval all;        /* P(every moment fine) */
    struct plx_interval any;        /* P(at least one fine) */
    double independent_all;         /* product of shares */
    double independent_any;         /* 1 - product of (1 - share) */
    double expected_bad;            /* bad moments per person: sum of (1 - share) */
    struct plx_interval dependence; /* what the ratio of P(all) to its independence value can be;
                                     * NaN where that is 0 */
};

/* p: k shares in 0..1. k = 0: all NaN. */
struct plx_frechet plx_frechet(const double *p, gsize k);

/* Bounds of all and any with sampling error: x[i] of n[i] > 0 were fine. */
struct plx_interval plx_frechet_all_interval(const double *x, const double *n, gsize k,
                                             double level);
struct plx_interval plx_frechet_any_interval(const double *x, const double *n, gsize k,
                                             double level);
