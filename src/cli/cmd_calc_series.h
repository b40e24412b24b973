/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What charts of `calc` are given: --x and --n, as columns of a file, as numbers, or as files with
 * one per line. Tests: tests/cli/cases/calc-chart, calc-funnel. */

#include "base/json.h"
#include "cli/invocation.h"
#include "stats/control_chart.h"

/* Values in order of time, and what they are of (NULL: nothing given). */
struct plx_calc_series {
    gsize m;
    double *x;
    double *n;
};
/* The file, if any, is argument `file_argument`. Cleared in any case. Errors: as plx_calc_columns
 * and plx_calc_read_plain. */
gboolean plx_calc_series_read(const plx_invocation *invocation, guint file_argument,
                              struct plx_calc_series *s, GError **error);
void plx_calc_series_clear(struct plx_calc_series *s);

/* Counts: --n is there, nothing is negative; kind "p": x is at most n. Errors: PLX_ERROR_USAGE. */
gboolean plx_calc_series_check(const char *kind, const struct plx_calc_series *s, GError **error);

/* m times the value; to be freed. */
double *plx_calc_repeat(double value, gsize m);

/* The places, from 1, of points with a signal. */
void plx_calc_write_signals(plx_json *json, const char *key, const struct plx_control_point *point,
                            gsize m);
