/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One-way random effects: how much of the variation lies between groups, how much within them?
 *
 * Components by the mean squares (ANOVA) for groups of any size; the share between groups is the
 * intraclass correlation ICC(1). Its interval comes from F with the mean size of groups that the
 * expected mean squares have: exact for equal sizes, close to it else.
 * Source: Searle, Casella and McCulloch (1992), Variance Components, 3.6; Donner (1979), American
 * Journal of Epidemiology 110. Assumes: normal, independent effects and answers, one variance
 * within all groups. Test: tests/stats/test_oneway.c. */

#include "stats/distribution.h"

/* Groups alike: how many; each one's answers (at least 1), mean, sum of squares about it. */
struct plx_oneway_group {
    double n;
    double mean;
    double squares;
    double times;
};

struct plx_oneway {
    double groups;
    double n;
    double size; /* mean size of groups in the expected mean squares; their size where all agree */
    double ms_between, ms_within;
    double df_between, df_within;
    double between, within; /* variance components; a negative estimate is 0 */
    double share;           /* between / (between + within) */
};

/* `kinds`: entries. All NaN but groups and n with fewer than two groups or no group of two; share
 * is NaN where nothing varies. */
struct plx_oneway plx_oneway(const struct plx_oneway_group *group, gsize kinds);

/* Of the share, in 0..1. NaN where it does not exist or nothing varies within groups. */
struct plx_interval plx_oneway_interval(const struct plx_oneway *r, double level);
