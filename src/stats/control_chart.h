/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shewhart's control charts (1931): is it always like that, or was this week something else?
 *
 * Limits are three standard errors from the centre, which is estimated from the same points. Counts
 * have limits never below 0, shares never above 1; a point exactly on a limit is inside.
 * p: shares x/n, binomial. u: counts per unit x/n, Poisson; c is u with n = 1. Laney's p' and u'
 * (2002, "Improved control charts for attributes", Quality Engineering 14): limits widened (or
 * narrowed) by sigma_z, the mean moving range of the standardised points / 1.128, for when points
 * vary more than sampling makes them. xmr: single values, limits 2.66 mean moving ranges away
 * (Wheeler and Chambers 1992), moving ranges up to 3.267 of them.
 *
 * Assumes points in order of time and, but for Laney's, only sampling between them. A point without
 * units (n = 0) or value (NaN) is passed over. Without variation there are no limits (NaN) and no
 * signal. Test: tests/stats/test_control_chart.c (Montgomery). */

#include "stats/distribution.h"

#include <glib.h>

struct plx_control_point {
    double value;
    struct plx_interval limits;
    gboolean signal;
};

struct plx_control_chart {
    double center;
    double sigma_z; /* 1 but for Laney's */
};

/* `x`: of each point, at least 0; `n`: m units. Both write m points. */
struct plx_control_chart plx_p_chart(const double *x, const double *n, gsize m, gboolean laney,
                                     struct plx_control_point *point);
struct plx_control_chart plx_u_chart(const double *x, const double *n, gsize m, gboolean laney,
                                     struct plx_control_point *point);

struct plx_xmr_chart {
    double center;
    double mean_range;
    struct plx_interval limits;
    double range_limit;
};
/* `range`: m moving ranges with their limits 0..range_limit, the first without value. */
struct plx_xmr_chart plx_xmr_chart(const double *x, gsize m, struct plx_control_point *point,
                                   struct plx_control_point *range);
