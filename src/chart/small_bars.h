/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A field of small bars: a row per thing, a column per measure, each bar a share of 0..1 on a track
 * of its own, with its number of 100 beside it. What does not exist is an empty track and a dash.
 * The first column stands out. Colours: report/page.css. Test: tests/chart/test_small_bars.c. */

#include "chart/svg.h"

struct plx_small_bars {
    const char *title, *description; /* said to those who cannot see it */
    guint n_rows, n_columns;
    const char *const *rows;    /* names; long ones are cut */
    const char *const *columns; /* a word each */
    const double *values;       /* n_rows x n_columns; NaN: none */
};

plx_svg *plx_small_bars_draw(const struct plx_small_bars *bars);
