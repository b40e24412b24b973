/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* All evidence on one point: distributions, every pair, beliefs; place by place and month by
 * month; what was promised, what is done for it, what the levels look like there.
 * Test: tests/report/test_point.c. */

#include "report/gaps_table.h"

/* The same point asked by place and by month: readings of their own, so that each has passed the
 * privacy gate. NULL: not asked, or there is nothing to split by. */
struct plx_point_splits {
    const plx_gaps *place, *month;
};

/* Meant for one point, but a reading of more is shown too. `splits` may be NULL. */
void plx_point_table(const plx_gaps *gaps, const struct plx_point_splits *splits,
                     const struct plx_table_options *options, GString *out);

/* `parallax.point/1`: the members of `parallax.gaps/1`, then by_place, by_month, promises, tasks,
 * anchors. */
void plx_point_json(const plx_gaps *gaps, const struct plx_point_splits *splits, GString *out);
