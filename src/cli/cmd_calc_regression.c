/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_regression.h"

#include "cli/cmd_calc_output.h"

#include <math.h>

void plx_calc_regression_clear(struct plx_calc_regression *r)
{
    g_clear_pointer(&r->x, g_free);
    g_clear_pointer(&r->y, g_free);
    g_clear_pointer(&r->columns, plx_calc_columns_free);
}

gboolean plx_calc_regression_read(const plx_invocation *invocation, struct plx_calc_regression *r,
                                  GError **error)
{
    if (!plx_calc_required(invocation, PLX_OPTION_Y, &r->y_name, error) ||
        !plx_calc_required_list(invocation, PLX_OPTION_X, &r->names, error))
        return FALSE;
    r->columns = plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!r->columns)
        return FALSE;
    r->n = plx_calc_columns_rows(r->columns);
    r->p = plx_calc_count(r->names);
    r->x = plx_calc_columns_all(r->columns, r->names, error);
    r->y = g_new(double, r->n);
    return r->x && plx_calc_columns_numbers(r->columns, r->y_name, r->y, error);
}

double *plx_calc_complete_rows(const struct plx_calc_regression *r, gsize *n)
{
    const guint k = r->p + 1;
    double *rows = g_new(double, r->n *k + 1);
    gsize m = 0;
    for (gsize i = 0; i < r->n; i++) {
        gboolean complete = !isnan(r->y[i]);
        for (guint j = 0; j < r->p; j++) {
            rows[m * k + j] = r->x[j * r->n + i];
            complete = complete && !isnan(rows[m * k + j]);
        }
        rows[m * k + r->p] = r->y[i];
        m += complete ? 1 : 0;
    }
    *n = m;
    return rows;
}

void plx_calc_write_names(plx_json *json, const struct plx_calc_regression *r)
{
    plx_json_string(json, "y", r->y_name);
    plx_json_texts(json, "x", r->names);
}

void plx_calc_write_coefficient(plx_json *json, const char *name, double estimate, double se,
                                double df, double level)
{
    const double distance = plx_t_quantile(level, df) * se;
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "name", name);
    plx_json_number(json, "estimate", estimate);
    plx_json_number(json, "se", se);
    plx_json_number(json, "t", estimate / se);
    plx_json_number(json, "p", plx_t_two_sided(estimate / se, df));
    plx_calc_write_interval(json, "ci",
                            (struct plx_interval){estimate - distance, estimate + distance});
    plx_json_end_object(json);
}
