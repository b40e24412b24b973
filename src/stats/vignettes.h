/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Anchoring vignettes: do two groups mean the same by a level? Each person rates the own experience
 * (y) and the same short described ones (z1 < z2 < ... as meant); the own answer is then told by
 * where it stands among that person's own ratings of the described ones, not by its name.
 *
 * Source: King and Wand (2007), Political Analysis 15:46 (the non-parametric C and its range);
 * King, Murray, Salomon and Tandon (2004), American Political Science Review 98:191.
 * C runs from 1 (below z1) over 2 (as z1), 3 (between z1 and z2) ... to 2J + 1 (above zJ). Where a
 * person's vignettes tie or stand in the wrong order, C is a range.
 * Assumes: everybody understands the vignettes alike (vignette equivalence), and rates them as they
 * rate themselves (response consistency).
 * Rule for ranges ("uniform"): a case counts as spread evenly over its range, so as the middle in
 * means; bounds with all cases at one end are given beside it.
 * Rule for use: of each two neighbouring vignettes more than half of a group must say that the
 * lower is the lower. Else they do not order and correct nothing.
 * Test: tests/stats/test_vignettes.c. */

#include "stats/distribution.h"

#define PLX_VIGNETTES_MAX 20

struct plx_vignette_range {
    guint lo; /* Cs */
    guint hi; /* Ce */
};

/* One person: y, and z of j >= 1 vignettes. */
struct plx_vignette_range plx_vignette_range(double y, const double *z, guint j);

struct plx_vignettes {
    gsize n;          /* persons */
    gsize ranges;     /* of them with Cs < Ce */
    gsize tied;       /* whose neighbouring vignettes tie somewhere, none in the wrong order */
    gsize misordered; /* with some in the wrong order */
    gboolean orders;  /* may be used; FALSE without persons */
    double raw;       /* mean of y; NaN without persons */
    double mean;      /* of C, ranges spread evenly */
    double mean_lo;   /* all at Cs */
    double mean_hi;   /* all at Ce */
};

/* y: n; z: n x j, row by row; none missing. share: 2j + 1, the distribution of C. */
struct plx_vignettes plx_vignettes(const double *y, const double *z, gsize n, guint j,
                                   double *share);

/* Group a against b. The two estimates of each pair have the same unit in `p`: the probability that
 * one of a stands higher than one of b, ties half (Brunner and Munzel 2000). */
struct plx_vignette_difference {
    double raw; /* mean(a) - mean(b), in levels; Welch's interval */
    struct plx_interval raw_ci;
    double raw_p;
    struct plx_interval raw_p_ci;
    double corrected; /* the same in steps of C; NaN when they do not order in both groups */
    struct plx_interval corrected_ci; /* sampling only */
    struct plx_interval
        corrected_bounds; /* what ranges leave open: least and greatest difference */
    double corrected_p;
    struct plx_interval corrected_p_ci;
};
struct plx_vignette_difference plx_vignette_difference(const double *ya, const double *za, gsize na,
                                                       const double *yb, const double *zb, gsize nb,
                                                       guint j, double level);
