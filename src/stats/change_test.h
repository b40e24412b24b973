/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How large a penalty must be so that a stable series shows no change, and when a change came.
 *
 * PELT with penalty b finds a change exactly when G = max over k of (squares without a change less
 * those with the best k changes) / k exceeds b. Of independent values about one mean, weighted by
 * 1 / variance, G does not depend on mean and variances; its distribution is simulated for equal
 * weights (up to PLX_CHANGES_MOST changes; more are hardly ever the largest), and continued beyond
 * what was simulated as the largest of chi-squares of one degree of freedom falls,
 * sqrt(b) exp(-b / 2). Where the variance is only known up to a factor that is estimated with `df`
 * degrees of freedom, the tail is averaged over that factor.
 *
 * Costs n^2 per simulated series, of which there are fewer the longer they are.
 * Test: tests/stats/test_change_test.c. */

#include <glib.h>

#define PLX_CHANGES_MOST 3

typedef struct plx_change_tail plx_change_tail;

/* For series of n values and parts of at least `shortest`; n >= 2 shortest. */
plx_change_tail *plx_change_tail_new(gsize n, gsize shortest, guint64 seed);
void plx_change_tail_free(plx_change_tail *tail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_change_tail, plx_change_tail_free)
/* P(G > penalty) in a stable series. `df` may be infinite. */
double plx_change_tail_p(const plx_change_tail *tail, double penalty, double df);
/* The penalty with P(G > penalty) = alpha. */
double plx_change_tail_penalty(const plx_change_tail *tail, double alpha, double df);

/* G itself: weights 1 / variance, NULL: all 1. 0 below 2 shortest values. */
double plx_change_gain(const double *x, const double *w, gsize n, gsize shortest);

/* When a series with one change at `at` (values before it) changed: all places whose squares are
 * within a limit of the best. The limit is the `level` quantile of how far the true place is behind
 * the best one in series simulated from the two means found (a parametric bootstrap of the
 * likelihood ratio; Hinkley 1970, "Inference about the change-point in a sequence of random
 * variables", Biometrika 57). *first..*last is the hull. Assumes independent normal values with
 * these weights. */
void plx_change_dates(const double *x, const double *w, gsize n, gsize at, gsize shortest,
                      double level, guint64 seed, gsize *first, gsize *last);
