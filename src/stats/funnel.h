/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Funnel limits: how far from the common value a place of this size may lie by chance alone.
 *
 * Spiegelhalter (2005, "Funnel plots for comparing institutional performance", Statistics in
 * Medicine 24). Shares: the exact binomial quantiles, interpolated as in his appendix A.1.1, so
 * that limits narrow smoothly; a share outside has a tail probability below (1 - level) / 2. (His
 * upper limit, a quantile itself, lets small places out far more often: ours mirrors the lower
 * one.) Means: normal. Assumes places independent and alike but for chance; usual levels 0.95 and
 * 0.998. Test: tests/stats/test_funnel.c. */

#include "stats/distribution.h"

/* n >= 1 answers (whole), 0 <= target <= 1. NaN for other n or target. At target 0 or 1, where
 * nothing varies: [target, target]. */
struct plx_interval plx_funnel_share(double n, double target, double level);

/* sd: of one answer, within places. NaN unless n > 0 and sd > 0. */
struct plx_interval plx_funnel_mean(double n, double target, double sd, double level);
