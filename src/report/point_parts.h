/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the table of one point; private to report/. Test: tests/report/test_point.c. */

#include "report/gaps_table.h"

struct plx_point_view {
    const plx_gaps *gaps;
    const struct plx_table_options *options;
    GString *out;
};

/* The voices of the point in every group of a split; nothing of fewer than two groups. */
void plx_point_print_split(struct plx_point_view *view, const plx_gaps *split, const char *heading);
