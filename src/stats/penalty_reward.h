/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Penalty-reward contrasts: does a point hurt when it is low, or please when it is high?
 *
 * Brandt (1987, "A procedure for identifying value-enhancing service components using customer
 * satisfaction survey data"); indices of Mikulic and Prebezac (2008, "Prioritizing improvement of
 * service attributes using impact range-performance analysis and impact-asymmetry analysis",
 * Managing Service Quality 18). Least squares of the overall rating on two dummies per column: low
 * (at most `low`) and high (at least `high`), against what lies between.
 *
 * Assumes independent rows and effects that add up; it shows association, no cause. Rows with a NaN
 * are left out. A column without low answers has no penalty (NaN), without high ones no reward; the
 * indices need both, with their signs (penalty <= 0 <= reward, not both 0): else they are NaN. As
 * plx_ols, all is NaN without more rows than dummies. Test: tests/stats/test_penalty_reward.c. */

#include <glib.h>

struct plx_contrast {
    double penalty; /* of the overall rating, low against between */
    double penalty_se;
    double reward; /* high against between */
    double reward_se;
    double range;                     /* reward + |penalty| (RIOCS) */
    double satisfaction_potential;    /* reward / range (SGP) */
    double dissatisfaction_potential; /* |penalty| / range (DGP) */
    double asymmetry; /* the first less the second: 1 only pleases, -1 only hurts (IA) */
};

struct plx_contrasts {
    gsize n; /* rows used */
    double intercept;
    double r_squared;
};

/* `x`: n x p, column by column. Writes p contrasts. */
struct plx_contrasts plx_penalty_reward(const double *x, const double *y, gsize n, guint p,
                                        double low, double high, struct plx_contrast *contrast);
