/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Intervals of a mean, and of the difference of two means, on a bounded scale.
 *
 * Holds its coverage for three answers as for three million, stays inside the scale, and is never
 * [x, x], also when everybody agrees. Method and the measured table: docs/calibration.md, made by
 * bench/calibrate. Assumes: answers bounded by the scale's ends, units independent. Missing rule:
 * answers that are missing are not in the distribution. Test: tests/stats/test_mean_interval.c. */

#include "stats/distribution.h"

/* Level in (0, 1). A complete side: [mean, mean]. Below 2 units or without answers: NaN, NaN
 * (one person's opinion says nothing about the others). Contains the mean. */
struct plx_interval plx_mean_interval(const struct plx_distribution *d, double level);

/* The classical one, mean -+ t se, as in textbooks; may leave the scale, may be [x, x]. */
struct plx_interval plx_mean_t_interval(const struct plx_distribution *d, double level);

/* MOVER (Zou and Donner 2008, "Construction of confidence limits about effect measures: a general
 * approach", Stat. Med. 27): interval of x - y from the estimates and intervals of x and y, which
 * are independent. Also for a belief against a share. */
struct plx_interval plx_mover(double x, struct plx_interval ix, double y, struct plx_interval iy);

/* Difference of means a - b. `df` is Satterthwaite's; infinite when both are complete (the
 * interval is then [difference, difference]: there is nothing left to sample). */
struct plx_difference {
    double difference;
    double se;
    double df;
    struct plx_interval ci;
};
struct plx_difference plx_mean_difference(const struct plx_distribution *a,
                                          const struct plx_distribution *b, double level);

/* What an interval says about a margin >= 0. */
enum plx_decision {
    PLX_DECISION_NONE,   /* not enough yet; also where the interval does not exist */
    PLX_DECISION_ABOVE,  /* wholly above +margin */
    PLX_DECISION_BELOW,  /* wholly below -margin */
    PLX_DECISION_WITHIN, /* wholly inside -margin .. +margin */
};
enum plx_decision plx_decide(struct plx_interval ci, double margin);

/* How many more answers like those of b would decide a - b at this level and margin if nothing
 * else changed: 0 when it is decided already, infinite when no number of answers on b's side can
 * (a's own uncertainty is too wide, or the difference sits on the margin). Rounded up. */
double plx_answers_needed(const struct plx_distribution *a, const struct plx_distribution *b,
                          double level, double margin);
