/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Raking: weights that bring answers to known margins (so many of each place, of each language).
 *
 * Cells are kinds of persons: how many there are, and the weight each starts with. Every category
 * of every margin is scaled to its target in turn until all hold: of all weights that meet the
 * margins these are nearest to the starting ones (least discrimination information), so the order
 * of margins does not change what is reached.
 * Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11; with bounds on the
 * weights: Deville and Särndal (1992), JASA 87:376. Bounds are met together with the margins, not
 * after them: a category's factor is the one with which its weights, each cut to the bounds, sum to
 * the target. Where no weight leaves the bounds this is plain raking, number by number.
 * Assumes: within a cell those who answered are like those who did not. n_eff is Kish's (1965,
 * Survey Sampling) and takes weights as if they had nothing to do with the answers.
 * Test: tests/stats/test_rake.c. */

#include <glib.h>

struct plx_rake_margin {
    const guint *category; /* of each cell, below k */
    guint k;
    const double *target; /* k; 0 or more, not all 0; only their proportions matter. Cells of a
                           * category with target 0 get weight 0, whatever the bounds. */
};

struct plx_rake_task {
    gsize cells;
    const double *count; /* persons in each cell, 0 or more; NULL: 1 each */
    const double *start; /* weight of each of them, 0 or more; NULL: 1. 0 stays 0. */
    const struct plx_rake_margin *margin;
    guint margins;
    double total;     /* what count x weight sums to; > 0 */
    double low;       /* least and greatest weight as multiples of the mean weight of those whose */
    double high;      /* weight is not 0: 0 <= low < 1 < high; 0 and infinity: no bounds */
    double tolerance; /* all margins hold within this share of the total (1e-12) */
    guint rounds;     /* and do so within so many rounds over all margins (1000) */
};

enum plx_rake_code {
    PLX_RAKE_DONE,
    PLX_RAKE_EMPTY,        /* `category` of `margin` has a target and nobody in it */
    PLX_RAKE_BOUNDS,       /* within the bounds it only reaches shares from `least` to `most` */
    PLX_RAKE_NOT_CONVERGED /* it is furthest from its target, by the share `off`: no weights meet
                            * all margins (and bounds) together, or too few rounds */
};

struct plx_rake {
    enum plx_rake_code code;
    guint margin; /* of the fault; 0 when done */
    guint category;
    double least; /* shares of the total */
    double most;
    double off;     /* largest distance of a margin from its target, as a share of the total */
    guint rounds;   /* taken */
    double n;       /* persons */
    double trimmed; /* persons whose weight stands at a bound */
    double n_eff;   /* (sum w)^2 / sum w^2 over persons; NaN unless done */
    double deff;    /* n / n_eff */
};

/* Weights of each cell's persons go to `weight`, untouched unless done. */
struct plx_rake plx_rake(const struct plx_rake_task *task, double *weight);
