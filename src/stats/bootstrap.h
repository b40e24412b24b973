/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Intervals of any statistic by resampling whole sampling units.
 *
 * Units come as a list with multiplicities: the values of a histogram with their counts, distinct
 * count vectors of persons (plx_units), or rows that occur once each; a unit that is a run of rows
 * (offsets into an array) is drawn as one. As many units are drawn as there are, with replacement,
 * so one draw is a multinomial over the list.
 *
 * Source: Efron (1979), Annals of Statistics 7; percentiles and BCa: Efron (1987), JASA 82:171;
 * Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 13 and 14. Quantiles are
 * Hyndman and Fan's type 7; ties with the estimate count half in the bias of BCa.
 * Assumes: units are independent and drawn alike; enough of them (with 10 units percentiles cover
 * about 90 % of the time instead of 95).
 * The list must be in an order of its own, not that of rows: then nothing but data and seed matters
 * (replicate i has its own stream, so threads do not).
 * Both ends are NaN where the statistic is, where too few replicates have one, and where all
 * replicates are equal: no spread is no certainty. Test: tests/stats/test_bootstrap.c. */

#include "stats/random.h"
#include "stats/sample.h"

enum plx_bootstrap_kind {
    PLX_BOOTSTRAP_PERCENTILE,
    PLX_BOOTSTRAP_BCA /* one more evaluation per listed unit */
};

struct plx_bootstrap_how {
    enum plx_bootstrap_kind kind;
    guint replicates;
    double level; /* in (0, 1) */
    guint64 seed;
    guint threads; /* at least 1 */
};

struct plx_bootstrap {
    struct plx_bootstrap_how how;
    gsize units;          /* listed */
    const guint32 *times; /* how often each is there; NULL: once; their sum fits 32 bits */
    guint statistics;     /* how many numbers `statistic` writes */
    double enough;        /* share of replicates in which a number must exist */
    /* From how often each unit was drawn; called from several threads at once. */
    void (*statistic)(const guint32 *times, guint thread, double *out, gpointer data);
    gpointer data;
};

/* One interval per statistic. Memory: replicates x statistics. */
void plx_bootstrap(const struct plx_bootstrap *bootstrap, struct plx_interval *ci);

/* The same for a number made of totals of k values: from a histogram of independent answers, */
struct plx_interval plx_bootstrap_counts(const guint32 *counts, guint k,
                                         double (*statistic)(const double *w, guint k,
                                                             gpointer data),
                                         gpointer data, const struct plx_bootstrap_how *how);
/* and from persons (clusters) drawn whole, whatever order they were added in. */
struct plx_interval
plx_bootstrap_units(plx_units *units, double (*statistic)(const double *w, guint k, gpointer data),
                    gpointer data, const struct plx_bootstrap_how *how);

/* How often each of n units (times[i] there, `total` of all) is drawn in `total` draws. By single
 * draws, or, where units are there many times, by binomials of what is left. */
void plx_bootstrap_draw(struct plx_random *random, const guint32 *times, gsize n, guint32 total,
                        guint32 *drawn);
