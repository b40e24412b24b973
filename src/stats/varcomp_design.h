/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For varcomp*.c only: rows that share all factors are one cell, and cells become the sums that
 * the equations of a mixed model need, so that no evaluation touches rows. The factor with most
 * levels is the `tall` one; the levels of all others stand side by side as the `wide` ones.
 * Test: tests/stats/test_varcomp.c. */

#include "stats/varcomp.h"

struct plx_varcomp_design {
    guint k;
    gsize n;
    guint order[PLX_VARCOMP_MOST];  /* which of the factors given comes first, ... : tall first */
    gsize levels[PLX_VARCOMP_MOST]; /* in that order, as all below */
    gsize from[PLX_VARCOMP_MOST];   /* where the factor's levels begin among the wide ones */
    gsize tall;
    gsize wide;
    gsize cells;
    guint32 *code; /* k per cell, of a wide factor: its place among the wide levels */
    double *count; /* rows of each cell */
    double *mean;  /* of y there, about `center` */
    double within; /* squares about these means */
    double center;
    double variance;
    double *tall_count;
    gsize *begin; /* tall + 1: where a tall level's row begins in the two below */
    guint32 *column;
    double *rows;
    double *cross; /* wide x wide, lower triangle: rows that two wide levels share */
};

struct plx_varcomp_design *plx_varcomp_design_new(const struct plx_varcomp_data *data);
void plx_varcomp_design_free(struct plx_varcomp_design *design);
