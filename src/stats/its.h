/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Interrupted time series: did level or slope change when something began?
 *
 * Segmented regression (Wagner, Soumerai, Zhang and Ross-Degnan 2002, "Segmented regression
 * analysis of interrupted time series studies in medication use research"; Lopez Bernal, Cummins
 * and Gasparrini 2017, International Journal of Epidemiology 46): y = intercept + time t + level D
 * + slope (t - start) D + season,   D = 1 from `start` on. Means by least squares with Newey-West
 * errors (stats/newey_west.h); counts by quasi-Poisson with an offset (stats/poisson.h), whose
 * effects are on the logarithm. Season: pairs of sine and cosine.
 *
 * Assumes that without the interruption the line before it would have gone on; one period on one
 * side cannot tell level from slope (NaN, as without variation or with fewer periods than terms).
 * Test: tests/stats/test_its.c (Sicily's smoking ban). */

#include <glib.h>

struct plx_its_data {
    const double *y;
    const double *time;
    const double *offset; /* log of what counts are relative to; counts only; NULL: none */
    gsize n;              /* rows in order of time, without NaN */
    double start;         /* first time after the interruption */
    gboolean slope;       /* may the slope change too */
    gboolean counts;      /* quasi-Poisson instead of means */
    double period;        /* of the season in units of time; 0: none */
    guint harmonics;      /* pairs of sine and cosine */
    gint lag;             /* Newey-West; -1: plx_newey_west_lag */
};

enum { PLX_ITS_INTERCEPT, PLX_ITS_TIME, PLX_ITS_LEVEL, PLX_ITS_SLOPE };

typedef struct plx_its plx_its;
struct plx_its {
    guint p;          /* terms: intercept, time, level, slope if asked for, season */
    double *estimate; /* p */
    double *se;       /* p */
    double df;
    double dispersion; /* counts only; else NaN */
    double r_squared;  /* means only; else NaN */
    guint lag;
};

plx_its *plx_its_new(const struct plx_its_data *data);
void plx_its_free(plx_its *its);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_its, plx_its_free)
