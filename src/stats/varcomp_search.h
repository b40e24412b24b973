/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For varcomp*.c only: the least deviance over variances, and the intervals that it draws.
 * Test: tests/stats/test_varcomp.c. */

#include "stats/varcomp_equations.h"

struct plx_varcomp_search {
    struct plx_varcomp_equations *equations;
    double phi[PLX_VARCOMP_PARTS];     /* where it stands */
    double least[PLX_VARCOMP_PARTS];   /* no variance goes below: next to nothing */
    gboolean fixed[PLX_VARCOMP_PARTS]; /* stays as it is */
    guint steps;
    double gain; /* twice what the next step would gain in deviance */
    gboolean converged;
};

/* Goes downhill from `phi` until `gain` is below `tolerance`. The
 * equations are then those of `phi`, differentiated. */
void plx_varcomp_descend(struct plx_varcomp_search *search, double tolerance);

/* Variances of the estimates of parts that are not fixed, from average information; NaN of others
 * and where there is none. */
void plx_varcomp_uncertainty(const struct plx_varcomp_search *search, double *variance);

/* Interval of one part by its profile. `search` stands at the least deviance and is left as it was,
 * but for its equations; variance: of the part's estimate, NaN at the boundary. */
struct plx_interval plx_varcomp_profile(struct plx_varcomp_search *search, guint part,
                                        double variance, double level);
