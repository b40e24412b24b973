/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What all methods of `calc` write alike. Tests: tests/cli/cases/calc-*. */

#include "base/json.h"
#include "cli/app.h"
#include "stats/distribution.h"

/* The document with its schema and method; ended by plx_calc_end. */
plx_json *plx_calc_begin(plx_app *app, const char *method);
void plx_calc_end(plx_app *app, plx_json *json);

void plx_calc_write_interval(plx_json *json, const char *key, struct plx_interval ci);
/* k x k, row by row, as an array of rows. */
void plx_calc_write_square(plx_json *json, const char *key, const double *matrix, guint k);
