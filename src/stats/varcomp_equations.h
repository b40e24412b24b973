/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For varcomp*.c only: the likelihood of a design at given variances, how it slopes, and its
 * average information. Variances stand in the design's order, the residual last.
 * Test: tests/stats/test_varcomp.c. */

#include "stats/varcomp_design.h"

#define PLX_VARCOMP_PARTS (PLX_VARCOMP_MOST + 1)

struct plx_varcomp_equations {
    const struct plx_varcomp_design *design;
    gboolean ml;
    double phi[PLX_VARCOMP_PARTS];
    /* All below is of these variances. H: the covariance of y, in residual variances. */
    double deviance; /* -2 log likelihood; infinite where H cannot be factored */
    double mean;     /* about the design's center */
    double one;      /* 1'H^-1 1 */
    double *p;       /* by cell: H^-1 (y - mean), without what varies within cells */
    double *w;       /* by cell: H^-1 1 */
    double slope[PLX_VARCOMP_PARTS]; /* of the deviance; 0 for a variance that is 0 */
    double information[PLX_VARCOMP_PARTS * PLX_VARCOMP_PARTS]; /* of the deviance */
    double *factor; /* wide x wide, what is left when the tall factor is absorbed */
    double *inverse;
    double *scratch; /* wide x wide */
};

struct plx_varcomp_equations *plx_varcomp_equations_new(const struct plx_varcomp_design *design,
                                                        gboolean ml);
void plx_varcomp_equations_free(struct plx_varcomp_equations *e);

/* The likelihood at `phi` (a copy is kept). */
void plx_varcomp_evaluate(struct plx_varcomp_equations *e, const double *phi);
/* Slope and information there. */
void plx_varcomp_differentiate(struct plx_varcomp_equations *e);
/* Sums of `values` (by cell) over the rows of each level; room for all levels, tall first. */
void plx_varcomp_sum_levels(const struct plx_varcomp_design *d, const double *values, double *sums);
