/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How many answers it takes to see an ordinal improvement.
 * Source: Whitehead (1993), Statistics in Medicine 12.
 * Assumes: proportional odds, two independent arms of equal size, many answers.
 * Test: tests/stats/test_whitehead.c. */

#include <glib.h>

/* Shares `p` of k levels after the odds of lying at or below each are multiplied by
 * exp(log_odds_ratio); to `out`. p sums to 1. */
void plx_whitehead_shift(const double *p, guint k, double log_odds_ratio, double *out);

/* Answers of both arms together, not rounded, for a two-sided test of size `alpha` and this power,
 * both in (0, 1). NaN when log_odds_ratio is 0 or all answers lie on one level. */
double plx_whitehead_total(const double *p, guint k, double log_odds_ratio, double alpha,
                           double power);
