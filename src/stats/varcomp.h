/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Variance components: y = mean + one random effect per level of each grouping factor + residual.
 * Factors may be crossed or nested, groups of any size.
 *
 * Source: REML (Patterson and Thompson 1971, Biometrika 58) by average information (Gilmour,
 * Thompson and Cullis 1995, Biometrics 51) on the mixed model equations in relative form (Bates,
 * Maechler, Bolker and Walker 2015, Journal of Statistical Software 67), the factor with most
 * levels absorbed. Intervals: profile likelihood, chi-square 1 (as lme4's confint, but of the
 * restricted likelihood); where a component rests on PLX_VARCOMP_DF degrees of freedom or more
 * (Satterthwaite 1946) by chi-square, which then is the same and costs nothing.
 * Assumes: normal, independent effects and residuals of one variance each.
 * Time: (levels but those of the largest factor)^3 a step. Independent of the order of rows.
 * Test: tests/stats/test_varcomp.c. */

#include "stats/distribution.h"

#define PLX_VARCOMP_MOST 8 /* factors */
#define PLX_VARCOMP_DF 200

/* Levels of all factors but the largest that one may ask for: 3,000 take half a minute. */
#define PLX_VARCOMP_WIDE 3000

struct plx_varcomp_data {
    const double *y; /* n, none NaN */
    gsize n;
    const guint32 *code[PLX_VARCOMP_MOST]; /* n each: level 0, 1, ... < levels */
    gsize levels[PLX_VARCOMP_MOST];
    guint k; /* 1..PLX_VARCOMP_MOST factors */
};

/* How the factors stand to rows and to each other. */
enum plx_varcomp_fault {
    PLX_VARCOMP_WELL,
    PLX_VARCOMP_ONE_LEVEL, /* of factor *which */
    PLX_VARCOMP_EACH_ROW,  /* each row is a level of factor *which: that is the residual */
    PLX_VARCOMP_ALIKE,     /* factor *which groups the rows as *other does */
    PLX_VARCOMP_TOO_WIDE
};
enum plx_varcomp_fault plx_varcomp_check(const struct plx_varcomp_data *data, guint *which,
                                         guint *other);

/* Do two factors group the rows alike? */
gboolean plx_varcomp_alike(const guint32 *a, const guint32 *b, gsize n, gsize levels);

struct plx_component {
    double variance;
    double se; /* from average information; NaN at the boundary */
    struct plx_interval ci;
    gboolean boundary; /* variance is exactly 0: REML wants it no higher */
};

struct plx_varcomp {
    struct plx_component component[PLX_VARCOMP_MOST]; /* in the order given */
    struct plx_component residual;
    double mean;
    double mean_se;
    double log_likelihood; /* restricted, unless `ml` */
    guint steps;
    gboolean converged;
};

/* Fits well-formed data (plx_varcomp_check). effect (may be NULL): for each factor, room for its
 * levels: best linear predictions (conditional modes), NaN for a level without rows. level in (0,
 * 1), or 0: no intervals. ml: maximum likelihood instead. Where y does not vary all is NaN. A
 * residual that the factors explain wholly is 0 and at the boundary. */
struct plx_varcomp plx_varcomp(const struct plx_varcomp_data *data, gboolean ml, double level,
                               double *const *effect);
