/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The studentised permutation test of Neubert and Brunner (2007). Test:
 * tests/stats/test_permutation.c. */

#include "stats/sample.h"

/* How a p was found. */
enum plx_p_method { PLX_P_NONE, PLX_P_T, PLX_P_EXACT, PLX_P_MONTE_CARLO };

/* Two-sided p of |W| of Brunner and Munzel under all (or `draws` random) divisions of the pooled
 * answers. Ties with the observed |W| count as extreme. Exact: every table with the same margins,
 * weighted by its number of divisions, when there are at most `max_tables`; else Monte Carlo by
 * hypergeometric draws, p = (1 + hits) / (1 + draws). Tables without variance (W = 0/0) count as W
 * = 0, separated ones as infinite. Independent unweighted whole counts on a common support. *p is
 * NaN, PLX_P_NONE, when a side has fewer than two answers. */
enum plx_p_method plx_permutation_counts(const struct plx_distribution *x,
                                         const struct plx_distribution *y, guint64 max_tables,
                                         guint draws, guint64 seed, double *p);

/* Units permuted whole (with their answers and weights), always Monte Carlo. Cost grows with the
 * smaller side. */
enum plx_p_method plx_permutation_units(plx_units *x, plx_units *y, guint draws, guint64 seed,
                                        double *p);

/* Ways to choose r of n things: C(n, r); infinite when too many for a double. */
double plx_divisions(double n, double r);
