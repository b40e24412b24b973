/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Means of groups (places, persons) drawn towards the common one by how little is known of each.
 * Variances by REML of one random effect; groups may differ in size.
 * Source: Patterson and Thompson (1971), Biometrika 58; Robinson (1991), Statistical Science 6.
 * Assumes: normal, independent effects and answers, one variance within all groups.
 * Test: tests/stats/test_shrink.c. */

#include <glib.h>

struct plx_shrink {
    double between; /* variance of groups; 0 when they differ no more than answers make them */
    double within;
    double mean; /* of groups, weighted by what is known of each */
};

/* `mean` of each of the `groups` with `n` answers (n > 0), `within` the sum of squares about these
 * means. effect (may be NULL): each group's shrunken distance from the mean. All NaN with fewer
 * than two groups, without repeated answers, or where nothing varies within groups. */
struct plx_shrink plx_shrink(const double *mean, const double *n, gsize groups, double within,
                             double *effect);
