/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Difference in differences: what the treated changed more than the others (Ashenfelter and Card
 * 1985; Card and Krueger 1994): (treated after - before) - (control after - before).
 *
 * Without `unit` rows are independent and the variance is the sum of s^2 / n over the four cells.
 * With it a unit's rows go together, before and after: the linearised variance over units (Binder
 * 1983), within each group; where every unit has one row before and one after it is Welch's on
 * their changes. Degrees of freedom by Satterthwaite.
 *
 * Assumes that without the treatment both would have changed alike. A cell without rows: all NaN;
 * no error (NaN) with fewer than 2 rows in a cell or units in a group, without any spread, or when
 * a unit is in both groups. Rows with a NaN are left out. Test: tests/stats/test_did.c. */

#include "stats/distribution.h"

struct plx_did_data {
    const double *y;
    const double *treated; /* not 0: treated */
    const double *after;   /* not 0: after */
    const double *unit;    /* number of the unit; NULL: rows are independent */
    gsize n;
};

struct plx_did {
    double mean[2][2]; /* [treated][after] */
    double n[2][2];
    double units[2];
    double estimate;
    double se;
    double df;
    double p;
    struct plx_interval ci;
};
struct plx_did plx_did(const struct plx_did_data *data, double level);
