/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Generalizability: how much of what was said is about the target (a place), how much about each
 * facet of looking at it (the shopper, the occasion), and how many of each it takes.
 *
 * Source: Cronbach, Gleser, Nanda and Rajaratnam (1972); Brennan (2001), Generalizability Theory;
 * unequal groups by ANOVA: n0 of Searle, Casella and McCulloch (1992), Variance Components, 3.6.
 * Assumes: targets and levels of facets are drawn from many; independent effects.
 * Test: tests/stats/test_gstudy.c. */

#include "stats/icc.h"

#define PLX_GSTUDY_FACETS 2
#define PLX_GSTUDY_SOURCES 8

/* Below so many targets or judges a judge's severity is not subtracted: too little is known of it.
 */
#define PLX_GSTUDY_SEVERITY 6

struct plx_gsource {
    guint of; /* bits: 1 the target, 2 the first facet, 4 the second; 3 is how they go together */
    double variance;
    struct plx_interval ci; /* NaN: by ANOVA there is none */
    gboolean boundary;      /* 0, where the estimate wanted to be no higher */
};

/* Sources in the order target, facets, pairs, all; the residual last (all bits). */
struct plx_gstudy {
    gsize targets;
    guint facets;
    gsize levels[PLX_GSTUDY_FACETS];
    gboolean
        crossed[PLX_GSTUDY_FACETS]; /* has a main effect: its levels saw more than one target */
    gboolean confounded; /* each target was seen by one level: they cannot be told apart */
    guint sources;
    struct plx_gsource source[PLX_GSTUDY_SOURCES];
};

/* Targets crossed with judges, by ANOVA; a negative estimate is 0 (as in REML). Variances are NaN
 * where the mean squares are. */
struct plx_gstudy plx_gstudy_crossed(const struct plx_icc *icc);

struct plx_gstudy_data {
    const double *y; /* n, none NaN */
    gsize n;
    const guint32 *target; /* n: 0..targets - 1 */
    gsize targets;
    guint facets; /* 0: rows are nested in targets, one facet of which each row is a level */
    const guint32 *facet[PLX_GSTUDY_FACETS];
    gsize levels[PLX_GSTUDY_FACETS];
};

enum plx_gstudy_fault {
    PLX_GSTUDY_WELL,
    PLX_GSTUDY_ONE_TARGET,
    PLX_GSTUDY_ONE_LEVEL,  /* of facet *which */
    PLX_GSTUDY_EACH_ROW,   /* no target has two rows */
    PLX_GSTUDY_CONFOUNDED, /* facet *which groups the rows as the targets do */
    PLX_GSTUDY_INCOMPLETE, /* ANOVA wants one row for each target and level of one facet */
    PLX_GSTUDY_TOO_WIDE    /* stats/varcomp.h */
};

/* By ANOVA: nested (no facet; groups of any size) or crossed (one facet, one row in each cell).
 * Untouched on a fault. */
enum plx_gstudy_fault plx_gstudy_anova(const struct plx_gstudy_data *data, struct plx_gstudy *study,
                                       guint *which);

/* By REML (stats/varcomp.h), whatever is missing: which facets are crossed and which nested is seen
 * in the data. level: of intervals, 0 for none. severity: for each facet NULL or room for its
 * levels: predictions of main effects, NaN where there is none. */
enum plx_gstudy_fault plx_gstudy_reml(const struct plx_gstudy_data *data, double level,
                                      double *const *severity, struct plx_gstudy *study,
                                      guint *which);

/* May the severity of a facet's levels be subtracted? */
gboolean plx_gstudy_severity(const struct plx_gstudy *study, guint facet);

enum plx_gstudy_kind {
    PLX_GSTUDY_RELATIVE, /* E rho squared: do targets rank the same? */
    PLX_GSTUDY_ABSOLUTE  /* Phi: is a target's level the same? */
};

/* D-study: reliability of a target's mean over n[f] levels of each facet. NaN where nothing
 * varies. */
double plx_gstudy_reliability(const struct plx_gstudy *study, enum plx_gstudy_kind kind,
                              const double *n);
/* How many of one facet bring it to `aim` in (0, 1), the others staying at n; not rounded. Infinite
 * where no number does. */
double plx_gstudy_needed(const struct plx_gstudy *study, enum plx_gstudy_kind kind, double aim,
                         const double *n, guint facet);
/* The fewest looks, over all facets together, that reach `aim`; of equals the one with fewer of the
 * first. All 0 where none up to 1,000 of each does. */
void plx_gstudy_least(const struct plx_gstudy *study, enum plx_gstudy_kind kind, double aim,
                      guint *n);
