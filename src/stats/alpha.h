/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Krippendorff's alpha: do observers of the same units agree beyond chance? Any number of
 * observers, missing values, four kinds of scale.
 *
 * Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. The interval resamples
 * whole units (percentile bootstrap), as units are what is drawn, not single values.
 * Assumes: observers are interchangeable; units are independent.
 * Neither the order of observers nor that of units changes a byte: units are sorted first.
 * Cost: linear in values; then per replicate linear in how many units differ in what they hold.
 * Test: tests/stats/test_alpha.c. */

#include "stats/distribution.h"

enum plx_alpha_scale {
    PLX_ALPHA_NOMINAL,
    PLX_ALPHA_ORDINAL,
    PLX_ALPHA_INTERVAL,
    PLX_ALPHA_RATIO /* none negative */
};

struct plx_alpha {
    double alpha;    /* 1 = perfect, 0 = chance; NaN where nothing varies or nothing pairs */
    double observed; /* disagreement within units; NaN where nothing pairs */
    double expected; /* disagreement by chance */
    gsize units;     /* with at least two values */
    gsize values;    /* in these units */
};

/* `data`: observers x units, row by row, NaN = missing. NaN for a ratio scale with a value below 0.
 * Memory: the square of how many distinct values there are. */
struct plx_alpha plx_alpha(const double *data, gsize observers, gsize units,
                           enum plx_alpha_scale scale);

/* Both NaN where alpha is, where it exists in fewer than half of the replicates, and where all of
 * them are equal. level in (0, 1). */
struct plx_interval plx_alpha_bootstrap(const double *data, gsize observers, gsize units,
                                        enum plx_alpha_scale scale, double level, guint replicates,
                                        guint64 seed);
