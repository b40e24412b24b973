/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_output.h"

plx_json *plx_calc_begin(plx_app *app, const char *method)
{
    plx_json *json = plx_json_new(plx_app_out(app));
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.calc/1");
    plx_json_string(json, "method", method);
    return json;
}

void plx_calc_end(plx_app *app, plx_json *json)
{
    plx_json_end_object(json);
    g_string_append_c(plx_app_out(app), '\n');
}

void plx_calc_write_interval(plx_json *json, const char *key, struct plx_interval ci)
{
    plx_json_numbers(json, key, (const double[]){ci.lo, ci.hi}, 2);
}

void plx_calc_write_square(plx_json *json, const char *key, const double *matrix, guint k)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; i < k; i++)
        plx_json_numbers(json, NULL, matrix + (gsize)i * k, k);
    plx_json_end_array(json);
}
