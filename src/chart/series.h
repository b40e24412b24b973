/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small time series: a line of means with the band of their intervals, and upright marks where it
 * changed, each with the range of its date. Gaps stay gaps. Colours are classes of picture.css;
 * marks are dashed lines with a word, never colour alone. The numbers stand in a table beside it.
 * Test: tests/chart/test_series.c. */

#include "chart/svg.h"

struct plx_series_mark {
    guint at;          /* the first value of the new level: drawn before it */
    guint first, last; /* the range of that */
    const char *label; /* "November 2025" */
};

struct plx_series_chart {
    const char *title, *desc; /* what a reader hears */
    guint n;
    const char *const *names;      /* n: of the values, for the axis */
    const double *value, *lo, *hi; /* n; NaN: not there */
    double min, max;               /* of the scale */
    double met;                    /* a line to compare with; NaN: none */
    const char *met_label;         /* "Expected" */
    guint n_marks;
    const struct plx_series_mark *marks;
};

/* `id` prefixes the ids of title and desc. */
plx_svg *plx_series_draw(const struct plx_series_chart *chart, const char *id);
