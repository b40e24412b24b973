/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Along a way, top to bottom: of how many journeys each point was bad, and how many are still fine
 * after it. Shares are 0..1. Test: tests/chart/test_way.c. */

#include "chart/svg.h"

struct plx_way_row {
    const char *title;
    double bad;                    /* bar; NaN: none */
    double fine, fine_lo, fine_hi; /* dot of the curve with its range; NaN: none */
};

/* `label` says in words what is to be seen; the numbers stand in the table beside it. */
plx_svg *plx_way_draw(const struct plx_way_row *rows, guint n, const char *label);
