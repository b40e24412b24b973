/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Score intervals of a quantity between 0 and 1: what Wilson (1927) does for a share, for anything
 * bounded. Used by share, mean_interval and superiority. Test: tests/stats/test_bounded.c. */

#include "stats/distribution.h"

/* All theta with (p - theta)^2 <= ratio * theta (1 - theta); 0 <= p <= 1, ratio >= 0. Wilson's
 * interval is ratio = z^2 / n. Contains p, stays in 0..1. NaN in, NaN out. */
struct plx_interval plx_score_interval(double p, double ratio);

/* With few units the observed spread may be far too small (all nine leaders say 4: it is 0), so
 * spread and centre are smoothed as if PLX_PSEUDO_ANSWERS more answers had been spread evenly over
 * the scale (in the spirit of Agresti and Coull 1998), and Student's t gets PLX_PSEUDO_DF more
 * degrees of freedom for it. Both numbers are chosen by measurement: docs/calibration.md. */
#define PLX_PSEUDO_ANSWERS 0.25
#define PLX_PSEUDO_DF 4

/* Smoothed variance of one of `n` units around their mean p, from its unbiased estimate `s2`;
 * `even` is the variance of an answer spread evenly over the scale (0..1). */
double plx_smoothed_spread(double s2, double n, double p, double even);
/* p (1 - p) at the smoothed centre, never 0. */
double plx_smoothed_binomial(double p, double n);
