/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Wilcoxon-Mann-Whitney. Test: tests/stats/test_rank_sum.c. */

#include "stats/distribution.h"

struct plx_rank_sum {
    double u;         /* pairs with x > y plus half the ties (R's W) */
    double z;         /* normal form; NaN when exact */
    double p;         /* two-sided */
    double p_greater; /* one-sided: x tends to be greater */
    double p_less;
    gboolean exact;
};

/* Mann and Whitney (1947), ties by mid-ranks. As R's wilcox.test: exact without ties when both
 * groups are smaller than 50, else normal with the tie-corrected variance and, when `cc`, the
 * continuity correction. Assumes independent unweighted answers and, under the null, equal
 * distributions (Brunner-Munzel does not need that). x and y on a common support. p is 1 when all
 * answers are equal. NaN when a side is empty. */
struct plx_rank_sum plx_rank_sum(const struct plx_distribution *x, const struct plx_distribution *y,
                                 gboolean cc, gboolean exact);
