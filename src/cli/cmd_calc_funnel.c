/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc funnel: which places differ by more than chance? */
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_output.h"
#include "cli/cmd_calc_series.h"
#include "cli/command.h"
#include "stats/funnel.h"

#include <math.h>

static void write_funnel(plx_app *app, const struct plx_calc_series *s, double target)
{
    g_autofree struct plx_control_point *inner = g_new0(struct plx_control_point, s->m);
    g_autofree struct plx_control_point *outer = g_new0(struct plx_control_point, s->m);
    for (gsize i = 0; i < s->m; i++) {
        const double value = s->n[i] > 0 ? s->x[i] / s->n[i] : PLX_NAN;
        inner[i].value = outer[i].value = value;
        inner[i].limits = plx_funnel_share(s->n[i], target, 0.95);
        outer[i].limits = plx_funnel_share(s->n[i], target, 0.998);
        inner[i].signal = value < inner[i].limits.lo || value > inner[i].limits.hi;
        outer[i].signal = value < outer[i].limits.lo || value > outer[i].limits.hi;
    }
    g_autoptr(plx_json) json = plx_calc_begin(app, "funnel");
    plx_json_integer(json, "n", (gint64)s->m);
    plx_json_number(json, "center", target);
    plx_calc_write_signals(json, "signals", outer, s->m);
    plx_calc_write_signals(json, "signals_95", inner, s->m);
    plx_json_begin_array(json, "points");
    for (gsize i = 0; i < s->m; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_number(json, "value", outer[i].value);
        plx_calc_write_interval(json, "limits", outer[i].limits);
        plx_calc_write_interval(json, "limits_95", inner[i].limits);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_calc_end(app, json);
}

static gboolean run_funnel(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_series s = {0};
    gboolean ok =
        plx_calc_series_read(invocation, 0, &s, error) && plx_calc_series_check("p", &s, error);
    if (ok) {
        double counted = 0;
        double units = 0;
        for (gsize i = 0; i < s.m; i++)
            if (s.n[i] > 0 && !isnan(s.x[i])) {
                counted += s.x[i];
                units += s.n[i];
            }
        double target = counted / units;
        ok = plx_calc_optional_number(invocation, PLX_OPTION_CENTER, &target, error);
        if (ok)
            write_funnel(app, &s, target);
    }
    plx_calc_series_clear(&s);
    return ok;
}

static const enum plx_option_id funnel_options[] = {PLX_OPTION_X, PLX_OPTION_N, PLX_OPTION_CENTER,
                                                    PLX_OPTION_END};

static const struct plx_example funnel_examples[] = {
    {"calc funnel places.csv --x bad --n answers", "which places differ by more than chance"},
    {0},
};

const struct plx_command plx_commands_calc_funnel[] = {
    {.name = "calc",
     .verb = "funnel",
     .arguments = "[FILE]",
     .max_arguments = 1,
     .summary = "Which places differ by more than chance",
     .details =
         "--x of --n by place, as for 'calc chart'. \"signals\" lie outside the limits of 99.8 %, "
         "\"signals_95\" outside those of 95 %.\n\n"
         "Estimator: exact binomial limits about the common share (or --center), interpolated; the "
         "upper one mirrors the lower.\n\n"
         "Source: Spiegelhalter (2005), Statistics in Medicine 24.\n\n"
         "Assumptions: independent answers; places alike but for chance.",
     .options = funnel_options,
     .examples = funnel_examples,
     .run = run_funnel},
    {0},
};
