/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Charts with a memory, for small shifts that last.
 *
 * CUSUM (Page 1954, "Continuous inspection schemes"): what is above mu + k, or below mu - k, adds
 * up; a sum above h is a signal, and the number of periods it has been above 0 tells when the shift
 * began. EWMA (Roberts 1959): a mean that forgets by lambda, limits at
 * width * sigma * sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^(2 i))).
 *
 * Assumes points in order of time, independent, of one known standard deviation. A NaN is passed
 * over: it leaves sums as they were. Sigma 0 or NaN: no limits, no signal.
 * Test: tests/stats/test_drift_chart.c (Montgomery). */

#include "stats/control_chart.h"

struct plx_cusum_point {
    double high;    /* C+ */
    double low;     /* C- */
    guint high_run; /* periods in a row above 0, N+ */
    guint low_run;
    gboolean signal;
};

/* mu: aim; k: slack, and h: limit, in units of x, h > 0. Writes m points. Returns the last period
 * (from 0) before the shift that gave the first signal; -1 when it was there from the start, -2
 * without signal. */
gssize plx_cusum(const double *x, gsize m, double mu, double k, double h,
                 struct plx_cusum_point *point);

/* 0 < lambda <= 1. Writes m points: `value` is the moving mean. */
void plx_ewma(const double *x, gsize m, double mu, double sigma, double lambda, double width,
              struct plx_control_point *point);

/* Standard deviation from the mean moving range / 1.128; NaN below two values. */
double plx_moving_sigma(const double *x, gsize m);
