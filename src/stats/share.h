/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shares (proportions) and their differences. Test: tests/stats/test_share.c. */

#include "stats/distribution.h"

struct plx_share {
    double p;
    double n_eff;           /* what the interval was computed with */
    struct plx_interval ci; /* inside 0..1 */
};

/* Wilson (1927), for `x` of `n` (need not be whole: effective numbers are allowed; 0 <= x <= n,
 * n > 0). `cc`: with continuity correction as in Newcombe (1998, Stat. Med. 17:857). Assumes
 * independent units. */
struct plx_interval plx_wilson(double x, double n, double level, gboolean cc);

/* Share of answers on values `from`..`to` (indices, inclusive; from > to: an empty set). Wilson
 * with n_eff: weights by Kish (1965); clusters by n / deff with Korn and Graubard's (1998,
 * "Confidence intervals for proportions with small expected number of positive counts") factor for
 * few clusters, at p = 0 or 1 the number of units; the fewer units the rarer answers come from, the
 * nearer to it (share.c, docs/statistics.md). Complete: [p, p]. NaN without answers, and with
 * clusters below 2 units. */
struct plx_share plx_share(const struct plx_distribution *d, guint from, guint to, double level);

/* Newcombe (1998, Stat. Med. 17:873): method 10 (Wilson limits), method 11 (with `cc`), for
 * x1/n1 - x2/n2. */
struct plx_interval plx_newcombe(double x1, double n1, double x2, double n2, double level,
                                 gboolean cc);

/* The same from two shares (complete, weighted or clustered: their own intervals, by MOVER;
 * textbook data: exactly method 10). Both at the same level. */
struct plx_interval plx_share_difference(struct plx_share a, struct plx_share b);

/* One sample: p - fixed. */
struct plx_interval plx_share_against(struct plx_share a, double fixed);
