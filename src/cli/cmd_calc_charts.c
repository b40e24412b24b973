/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc chart: is it always like that? */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_output.h"
#include "cli/cmd_calc_series.h"
#include "cli/command.h"
#include "stats/control_chart.h"
#include "stats/drift_chart.h"

#include <math.h>
#include <string.h>

/* [lo, hi] where all points have the same limits, else null. */
static void write_limits(plx_json *json, const struct plx_control_point *point, gsize m)
{
    const struct plx_interval *same = NULL;
    for (gsize i = 0; i < m; i++) {
        const struct plx_interval *limits = &point[i].limits;
        if (isnan(limits->lo) && isnan(limits->hi))
            continue;
        if (same && (same->lo != limits->lo || same->hi != limits->hi)) {
            plx_json_null(json, "limits");
            return;
        }
        same = limits;
    }
    if (same)
        plx_calc_write_interval(json, "limits", *same);
    else
        plx_json_null(json, "limits");
}

static void write_points(plx_json *json, const struct plx_control_point *point, gsize m)
{
    plx_json_begin_array(json, "points");
    for (gsize i = 0; i < m; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_number(json, "value", point[i].value);
        plx_calc_write_interval(json, "limits", point[i].limits);
        plx_json_boolean(json, "signal", point[i].signal);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static plx_json *begin_chart(plx_app *app, const char *kind, gsize m, double center)
{
    plx_json *json = plx_calc_begin(app, "chart");
    plx_json_string(json, "chart", kind);
    plx_json_integer(json, "n", (gint64)m);
    plx_json_number(json, "center", center);
    return json;
}

static gboolean chart_attribute(plx_app *app, const plx_invocation *invocation, const char *kind,
                                struct plx_calc_series *s, GError **error)
{
    if (kind[0] == 'c' && !s->n)
        s->n = plx_calc_repeat(1, s->m);
    if (!plx_calc_series_check(kind, s, error))
        return FALSE;
    const gboolean laney = plx_invocation_has(invocation, PLX_OPTION_LANEY);
    g_autofree struct plx_control_point *point = g_new(struct plx_control_point, s->m);
    const struct plx_control_chart chart = kind[0] == 'p'
                                               ? plx_p_chart(s->x, s->n, s->m, laney, point)
                                               : plx_u_chart(s->x, s->n, s->m, laney, point);
    g_autoptr(plx_json) json = begin_chart(app, kind, s->m, chart.center);
    write_limits(json, point, s->m);
    plx_calc_write_signals(json, "signals", point, s->m);
    plx_json_number(json, "sigma_z", chart.sigma_z);
    write_points(json, point, s->m);
    plx_calc_end(app, json);
    return TRUE;
}

static void chart_xmr(plx_app *app, const struct plx_calc_series *s)
{
    g_autofree struct plx_control_point *point = g_new(struct plx_control_point, s->m);
    g_autofree struct plx_control_point *range = g_new(struct plx_control_point, s->m);
    const struct plx_xmr_chart chart = plx_xmr_chart(s->x, s->m, point, range);
    g_autoptr(plx_json) json = begin_chart(app, "xmr", s->m, chart.center);
    plx_calc_write_interval(json, "limits", chart.limits);
    plx_calc_write_signals(json, "signals", point, s->m);
    plx_json_number(json, "mean_moving_range", chart.mean_range);
    plx_json_number(json, "moving_range_limit", chart.range_limit);
    plx_calc_write_signals(json, "moving_range_signals", range, s->m);
    write_points(json, point, s->m);
    plx_calc_end(app, json);
}

/* What the charts with a memory need beside the values. */
struct aim {
    double center;
    double sigma;
    double slack;
    double limit;
    double lambda;
};

static gboolean read_aim(const plx_invocation *invocation, const struct plx_calc_series *s,
                         struct aim *aim, GError **error)
{
    double sum = 0;
    double count = 0;
    for (gsize i = 0; i < s->m; i++)
        if (!isnan(s->x[i])) {
            sum += s->x[i];
            count++;
        }
    aim->center = sum / count;
    aim->sigma = plx_moving_sigma(s->x, s->m);
    if (!plx_calc_optional_number(invocation, PLX_OPTION_CENTER, &aim->center, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_SIGMA, &aim->sigma, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_SLACK, &aim->slack, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_LIMIT, &aim->limit, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_LAMBDA, &aim->lambda, error))
        return FALSE;
    if (!(aim->lambda > 0 && aim->lambda <= 1) || aim->sigma < 0 || aim->slack < 0 ||
        !(aim->limit > 0))
        return plx_error(error, PLX_ERROR_USAGE,
                         "expected --sigma and --slack of at least 0, --limit above 0, --lambda "
                         "above 0 and up to 1");
    return TRUE;
}

static gboolean chart_cusum(plx_app *app, const plx_invocation *invocation,
                            const struct plx_calc_series *s, GError **error)
{
    struct aim aim = {.slack = 0.5, .limit = 5, .lambda = 1};
    if (!read_aim(invocation, s, &aim, error))
        return FALSE;
    g_autofree struct plx_cusum_point *point = g_new(struct plx_cusum_point, s->m);
    const double limit = aim.limit * aim.sigma;
    const gssize before = plx_cusum(s->x, s->m, aim.center, aim.slack * aim.sigma, limit, point);
    g_autofree double *high = g_new(double, s->m);
    g_autofree double *low = g_new(double, s->m);
    g_autofree struct plx_control_point *signal = g_new0(struct plx_control_point, s->m);
    for (gsize i = 0; i < s->m; i++) {
        high[i] = point[i].high;
        low[i] = point[i].low;
        signal[i].signal = point[i].signal;
    }
    g_autoptr(plx_json) json = begin_chart(app, "cusum", s->m, aim.center);
    plx_calc_write_interval(json, "limits", (struct plx_interval){-limit, limit});
    plx_calc_write_signals(json, "signals", signal, s->m);
    if (before >= -1)
        plx_json_integer(json, "shift_after", before + 1);
    else
        plx_json_null(json, "shift_after");
    plx_json_number(json, "sigma", aim.sigma);
    plx_json_numbers(json, "c_plus", high, s->m);
    plx_json_numbers(json, "c_minus", low, s->m);
    plx_calc_end(app, json);
    return TRUE;
}

static gboolean chart_ewma(plx_app *app, const plx_invocation *invocation,
                           const struct plx_calc_series *s, GError **error)
{
    struct aim aim = {.slack = 0, .limit = 2.7, .lambda = 0.1};
    if (!read_aim(invocation, s, &aim, error))
        return FALSE;
    g_autofree struct plx_control_point *point = g_new(struct plx_control_point, s->m);
    plx_ewma(s->x, s->m, aim.center, aim.sigma, aim.lambda, aim.limit, point);
    g_autoptr(plx_json) json = begin_chart(app, "ewma", s->m, aim.center);
    write_limits(json, point, s->m);
    plx_calc_write_signals(json, "signals", point, s->m);
    plx_json_number(json, "sigma", aim.sigma);
    plx_json_number(json, "lambda", aim.lambda);
    write_points(json, point, s->m);
    plx_calc_end(app, json);
    return TRUE;
}

static gboolean draw_chart(plx_app *app, const plx_invocation *invocation,
                           struct plx_calc_series *s, GError **error)
{
    const char *kind = plx_invocation_argument(invocation, 0);
    if (strcmp(kind, "p") == 0 || strcmp(kind, "u") == 0 || strcmp(kind, "c") == 0)
        return chart_attribute(app, invocation, kind, s, error);
    if (strcmp(kind, "cusum") == 0)
        return chart_cusum(app, invocation, s, error);
    if (strcmp(kind, "ewma") == 0)
        return chart_ewma(app, invocation, s, error);
    if (strcmp(kind, "xmr") != 0)
        return plx_error(error, PLX_ERROR_USAGE,
                         "no chart '%s'; there are: p, u, c, xmr, cusum, ewma", kind);
    chart_xmr(app, s);
    return TRUE;
}

static gboolean run_chart(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_series s = {0};
    const gboolean ok =
        plx_calc_series_read(invocation, 1, &s, error) && draw_chart(app, invocation, &s, error);
    plx_calc_series_clear(&s);
    return ok;
}

static const enum plx_option_id chart_options[] = {
    PLX_OPTION_X,     PLX_OPTION_N,     PLX_OPTION_LANEY,  PLX_OPTION_CENTER, PLX_OPTION_SIGMA,
    PLX_OPTION_SLACK, PLX_OPTION_LIMIT, PLX_OPTION_LAMBDA, PLX_OPTION_END};

static const struct plx_example chart_examples[] = {
    {"calc chart u --x 10,12,8,14,10,16 --n 5", "defects of five each"},
    {"calc chart p weeks.csv --x bad --n answers --laney", "shares by week, from a file"},
    {"calc chart cusum --x 9.4,8,9.3,11.7,12.2 --center 10 --sigma 1", "small shifts that last"},
    {0},
};

const struct plx_command plx_commands_calc_charts[] = {
    {.name = "calc",
     .verb = "chart",
     .arguments = "KIND [FILE]",
     .min_arguments = 1,
     .max_arguments = 2,
     .words = "p u c xmr cusum ewma",
     .summary = "Control chart: always like that, or something else",
     .details =
         "KIND is p (shares), u (counts per unit), c (counts), xmr (single values), cusum or ewma "
         "(small shifts that last). --x and --n are columns of FILE, or without FILE numbers or a "
         "file with one per line. \"signals\" are places from 1; \"limits\" is null where they "
         "differ from point to point.\n\n"
         "Estimator: limits three standard errors from the centre, for xmr 2.66 mean moving "
         "ranges; "
         "--laney widens those of p and u by moving ranges. cusum adds up what is more than "
         "--slack "
         "off, ewma forgets by --lambda.\n\n"
         "Source: Shewhart (1931); Wheeler and Chambers (1992); Laney (2002), Quality Engineering "
         "14; Page (1954); Roberts (1959).\n\n"
         "Assumptions: points in order of time; for p, u, c only sampling between them; cusum and "
         "ewma: independent, of one standard deviation.",
     .options = chart_options,
     .examples = chart_examples,
     .run = run_chart},
    {0},
};
