/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Proportional odds: logit P(y <= k) = cut_k - x'b (McCullagh 1980, "Regression models for ordinal
 * data", Journal of the Royal Statistical Society B 42), by maximum likelihood, in the signs of R's
 * MASS::polr. A positive coefficient goes with higher levels; exp(b) is the odds ratio.
 *
 * Assumes independent rows and the same b at every cut. The likelihood is concave (Pratt 1981), so
 * Newton's method with halved steps finds the one maximum; standard errors are from the observed
 * information. A column that is constant or a combination of those before it has NaN, the others
 * are as without it. All numbers are NaN where there is no maximum: separation (a column tells
 * levels apart without exception), a level nobody gave, fewer than two levels, no more rows than
 * parameters. Test: tests/stats/test_polr.c (MASS's housing). */

#include <glib.h>

struct plx_polr_data {
    const double *x;      /* n x p, column by column; no NaN */
    const guint *level;   /* n: 0 .. levels - 1 */
    const double *weight; /* n: how often each row was seen; NULL: once */
    gsize n;
    guint p;
    guint levels;
};

typedef struct plx_polr plx_polr;
struct plx_polr {
    guint p;
    guint cuts;          /* levels - 1 */
    double n;            /* sum of weights */
    double *coefficient; /* p */
    double *se;          /* p */
    double *cut;         /* cuts */
    double *cut_se;      /* cuts */
    double deviance;     /* -2 log likelihood */
};

plx_polr *plx_polr_new(const struct plx_polr_data *data);
void plx_polr_free(plx_polr *polr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_polr, plx_polr_free)
