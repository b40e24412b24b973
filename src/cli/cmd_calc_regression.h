/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the methods of `calc` with --y and --x have in common. Tests: tests/cli/cases/calc-ols,
 * calc-lmg. */

#include "base/json.h"
#include "cli/cmd_calc_columns.h"

#define PLX_COLUMNS_HELP                                                                           \
    "FILE has a header iff its first row holds a non-number; else columns are 1, 2, 3, ... . An "  \
    "empty cell or NA is missing. "
#define PLX_COMPLETE_HELP "Rows with a gap are left out."

/* y and columns of x, one behind the other. */
struct plx_calc_regression {
    gsize n;
    guint p;
    const char *y_name;
    const char *const *names;
    double *x;
    double *y;
    plx_calc_columns *columns;
};
/* Cleared in any case. Errors: as plx_calc_columns. */
gboolean plx_calc_regression_read(const plx_invocation *invocation, struct plx_calc_regression *r,
                                  GError **error);
void plx_calc_regression_clear(struct plx_calc_regression *r);

/* The rows without gaps, row by row, y last, to be freed; *n of them. */
double *plx_calc_complete_rows(const struct plx_calc_regression *r, gsize *n);

void plx_calc_write_names(plx_json *json, const struct plx_calc_regression *r);
/* With t, p and interval; df infinite: normal. */
void plx_calc_write_coefficient(plx_json *json, const char *name, double estimate, double se,
                                double df, double level);
