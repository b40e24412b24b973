/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A number and what each row belongs to, from a file of columns. Tests:
 * tests/cli/cases/calc-varcomp*, calc-gstudy*. */

#include "cli/cmd_calc_columns.h"

#define PLX_CALC_FACTORS 8

/* One column whose cells are labels, in byte order. */
struct plx_calc_factor {
    const char *name;
    guint32 *code;      /* of each row: 0..levels - 1, each of which has a row */
    const char **label; /* the strings are the columns' */
    double *rows;       /* of each level */
    gsize levels;
};

struct plx_calc_factors {
    plx_calc_columns *columns;
    const char *path; /* as messages call it */
    const char *y_name;
    double *y;
    gsize n;       /* rows without a gap */
    gsize dropped; /* with one */
    guint k;
    struct plx_calc_factor factor[PLX_CALC_FACTORS];
};

/* The file of the argument, --y, and the columns named. Errors: as plx_calc_columns_read and
 * _numbers; PLX_ERROR_USAGE for too many columns or one named twice; PLX_ERROR_INPUT when no row is
 * whole or y does not vary. *factors is to be cleared in any case. */
gboolean plx_calc_factors_read(const plx_invocation *invocation, const char *const *names,
                               struct plx_calc_factors *factors, GError **error);
void plx_calc_factors_clear(struct plx_calc_factors *factors);
