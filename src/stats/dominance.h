/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cliff's delta: how often one group's answer beats the other's. Test:
 * tests/stats/test_dominance.c.
 *
 * delta = P(x > y) - P(x < y) (Cliff 1993, "Dominance statistics"). Ordinal: only the order of the
 * levels matters. Assumes independent unweighted answers (counts); for weights and clusters use
 * plx_superiority. */

#include "stats/distribution.h"

struct plx_cliff {
    double delta;
    double a;        /* Vargha and Delaney (2000): (delta + 1) / 2 */
    double greater;  /* pairs with x > y, */
    double less;     /* x < y, */
    double equal;    /* and x = y */
    double variance; /* of delta */
    double df;       /* n1 + n2 - 2; infinite for the normal form */
    struct plx_interval ci;
};

/* Variance: unbiased (Cliff 1993, with his floor (1 - delta^2) / (n1 n2 - 1)), or consistent
 * (Cliff 1996, dividing by n1 n2 (n1 n2) in place of the unbiased denominators). */
enum plx_cliff_variance { PLX_CLIFF_UNBIASED, PLX_CLIFF_CONSISTENT };

/* Interval: Feng and Cliff (2004, "Monte Carlo evaluation of ordinal d with improved confidence
 * interval"), asymmetric, by t with n1 + n2 - 2 df, or the normal when `normal`. At delta = +-1,
 * where it collapses: the outer limit is delta, the inner one from Newcombe-type Wilson limits for
 * min(n1, n2). x and y on a common support. NaN below two answers on a side. */
struct plx_cliff plx_cliff(const struct plx_distribution *x, const struct plx_distribution *y,
                           double level, enum plx_cliff_variance variance, gboolean normal);
