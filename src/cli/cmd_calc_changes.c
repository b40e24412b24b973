/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc changepoint, its, did: what changed, and when? */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/changepoint.h"
#include "stats/did.h"
#include "stats/its.h"

#include <math.h>
#include <string.h>

/* The series of an argument: a list, or the column --x of a file. Gaps are left out. */
static gboolean read_series(const plx_invocation *invocation, GArray **series, GError **error)
{
    const char *text = plx_invocation_argument(invocation, 0);
    const char *const *names = plx_invocation_list(invocation, PLX_OPTION_X);
    if (!names[0])
        return plx_calc_read_plain(text, series, error);
    if (names[1])
        return plx_error(error, PLX_ERROR_USAGE, "--x: expected one column");
    g_autoptr(plx_calc_columns) columns = plx_calc_columns_read(text, error);
    g_autofree double *x = columns ? plx_calc_columns_all(columns, names, error) : NULL;
    if (!x)
        return FALSE;
    GArray *values = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize i = 0; i < plx_calc_columns_rows(columns); i++)
        if (!isnan(x[i]))
            g_array_append_val(values, x[i]);
    *series = values;
    return TRUE;
}

static void write_segments(plx_json *json, const GArray *segments)
{
    g_autofree gint64 *changes = g_new(gint64, segments->len + 1);
    double rss = 0;
    for (guint i = 0; i < segments->len; i++) {
        const struct plx_segment *s = &g_array_index(segments, struct plx_segment, i);
        rss += s->rss;
        if (i > 0)
            changes[i - 1] = (gint64)s->first;
    }
    plx_json_integers(json, "changepoints", changes, segments->len > 0 ? segments->len - 1 : 0);
    plx_json_number(json, "rss", rss);
    plx_json_begin_array(json, "segments");
    for (guint i = 0; i < segments->len; i++) {
        const struct plx_segment *s = &g_array_index(segments, struct plx_segment, i);
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "from", (gint64)s->first + 1);
        plx_json_integer(json, "to", (gint64)(s->first + s->length));
        plx_json_number(json, "mean", s->mean);
        plx_json_number(json, "rss", s->rss);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static gboolean write_pelt(plx_app *app, const plx_invocation *invocation, const GArray *series,
                           GError **error)
{
    const double *x = (const double *)(const void *)series->data;
    double penalty = plx_pelt_penalty(x, series->len);
    if (!plx_calc_optional_number(invocation, PLX_OPTION_PENALTY, &penalty, error))
        return FALSE;
    if (penalty <= 0)
        return plx_error(error, PLX_ERROR_USAGE, "--penalty: expected a number above 0");
    const gsize shortest = (gsize)plx_invocation_integer(invocation, PLX_OPTION_SHORTEST, 1);
    /* nothing varies: nothing changes, whatever the penalty */
    g_autoptr(GArray) segments = plx_pelt(x, series->len, isnan(penalty) ? 1 : penalty, shortest);
    g_autoptr(plx_json) json = plx_calc_begin(app, "changepoint");
    plx_json_string(json, "algorithm", "pelt");
    plx_json_integer(json, "n", series->len);
    plx_json_number(json, "penalty", penalty);
    write_segments(json, segments);
    plx_calc_end(app, json);
    return TRUE;
}

static void write_pettitt(plx_app *app, const GArray *series)
{
    const struct plx_pettitt result =
        plx_pettitt((const double *)(const void *)series->data, series->len);
    const gint64 before = (gint64)result.before;
    g_autoptr(plx_json) json = plx_calc_begin(app, "changepoint");
    plx_json_string(json, "algorithm", "pettitt");
    plx_json_integer(json, "n", series->len);
    plx_json_number(json, "k", result.k);
    plx_json_number(json, "p", result.p);
    plx_json_integers(json, "changepoints", &before, before > 0 ? 1 : 0);
    plx_calc_end(app, json);
}

static gboolean run_changepoint(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(GArray) series = NULL;
    if (!read_series(invocation, &series, error))
        return FALSE;
    const char *method = plx_invocation_string(invocation, PLX_OPTION_METHOD);
    if (!method || strcmp(method, "pelt") == 0)
        return write_pelt(app, invocation, series, error);
    write_pettitt(app, series);
    return TRUE;
}

/* The columns of an interrupted series; a row with a gap is left out. */
struct series {
    double *y;
    double *time;
    double *offset; /* NULL: none */
    gsize n;
};

static void series_clear(struct series *s)
{
    g_free(s->y);
    g_free(s->time);
    g_free(s->offset);
}

static void drop_gaps(struct series *s)
{
    gsize m = 0;
    for (gsize i = 0; i < s->n; i++) {
        if (isnan(s->y[i]) || isnan(s->time[i]) || (s->offset && isnan(s->offset[i])))
            continue;
        s->y[m] = s->y[i];
        s->time[m] = s->time[i];
        if (s->offset)
            s->offset[m] = s->offset[i];
        m++;
    }
    s->n = m;
}

static gboolean check_order(const struct series *s, GError **error)
{
    for (gsize i = 1; i < s->n; i++)
        if (!(s->time[i] > s->time[i - 1]))
            return plx_error(error, PLX_ERROR_INPUT,
                             "time does not rise from row %" G_GSIZE_FORMAT
                             " to the next; expected one row per time, in order",
                             i);
    return TRUE;
}

static gboolean read_its(const plx_invocation *invocation, struct series *s, GError **error)
{
    const char *y = NULL;
    if (!plx_calc_required(invocation, PLX_OPTION_Y, &y, error))
        return FALSE;
    g_autoptr(plx_calc_columns) columns =
        plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!columns)
        return FALSE;
    s->n = plx_calc_columns_rows(columns);
    s->y = g_new(double, s->n);
    s->time = g_new(double, s->n);
    for (gsize i = 0; i < s->n; i++)
        s->time[i] = (double)i + 1;
    const char *time = plx_invocation_string(invocation, PLX_OPTION_TIME);
    const char *offset = plx_invocation_string(invocation, PLX_OPTION_OFFSET);
    if (!plx_calc_columns_numbers(columns, y, s->y, error) ||
        (time && !plx_calc_columns_numbers(columns, time, s->time, error)))
        return FALSE;
    if (offset) {
        s->offset = g_new(double, s->n);
        if (!plx_calc_columns_numbers(columns, offset, s->offset, error))
            return FALSE;
        for (gsize i = 0; i < s->n; i++) {
            if (s->offset[i] <= 0)
                return plx_error(error, PLX_ERROR_INPUT,
                                 "column '%s' holds numbers that are not above 0", offset);
            s->offset[i] = log(s->offset[i]);
        }
    }
    drop_gaps(s);
    return check_order(s, error);
}

static void write_effect(plx_json *json, const char *name, double estimate, double se, double df,
                         double level, gboolean ratio)
{
    const double distance = plx_t_quantile(level, df) * se;
    const struct plx_interval ci = {estimate - distance, estimate + distance};
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "name", name);
    plx_json_number(json, "estimate", estimate);
    plx_json_number(json, "se", se);
    plx_json_number(json, "p", plx_t_two_sided(estimate / se, df));
    plx_calc_write_interval(json, "ci", ci);
    if (ratio) {
        plx_json_number(json, "ratio", exp(estimate));
        plx_calc_write_interval(json, "ratio_ci", (struct plx_interval){exp(ci.lo), exp(ci.hi)});
    }
    plx_json_end_object(json);
}

static void write_its(plx_app *app, const struct plx_its_data *data, double level)
{
    static const char *const names[] = {"intercept", "time", "level", "slope"};
    const guint named = data->slope ? 4 : 3;
    g_autoptr(plx_its) its = plx_its_new(data);
    /* as the authors of the method do: normal for counts, t for means */
    const double df = data->counts ? PLX_INFINITY : its->df;
    g_autoptr(plx_json) json = plx_calc_begin(app, "its");
    plx_json_string(json, "model", data->counts ? "quasi-poisson" : "newey-west");
    plx_json_integer(json, "n", (gint64)data->n);
    plx_json_number(json, "start", data->start);
    plx_json_number(json, "df", its->df);
    plx_json_number(json, "dispersion", its->dispersion);
    plx_json_number(json, "r_squared", its->r_squared);
    if (data->counts)
        plx_json_null(json, "lag");
    else
        plx_json_integer(json, "lag", its->lag);
    plx_json_number(json, "level", level);
    plx_json_begin_array(json, "coefficients");
    for (guint j = 0; j < its->p; j++) {
        g_autofree char *season =
            j < named ? NULL
                      : g_strdup_printf("%s%u", (j - named) % 2 == 0 ? "sin" : "cos",
                                        (j - named) / 2 + 1);
        write_effect(json, season ? season : names[j], its->estimate[j], its->se[j], df, level,
                     data->counts);
    }
    plx_json_end_array(json);
    plx_calc_end(app, json);
}

static gboolean run_its(plx_app *app, const plx_invocation *invocation, GError **error)
{
    double level = 0;
    double start = PLX_NAN;
    double period = 0;
    const char *text = NULL;
    if (!plx_calc_read_level(invocation, &level, error) ||
        !plx_calc_required(invocation, PLX_OPTION_START, &text, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_START, &start, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_PERIOD, &period, error))
        return FALSE;
    if (period < 0)
        return plx_error(error, PLX_ERROR_USAGE, "--period: expected a number above 0");
    const gboolean counts = plx_invocation_has(invocation, PLX_OPTION_COUNTS);
    if (plx_invocation_has(invocation, PLX_OPTION_OFFSET) && !counts)
        return plx_error(error, PLX_ERROR_USAGE, "--offset goes with --counts");
    struct series s = {0};
    const gboolean ok = read_its(invocation, &s, error);
    if (ok) {
        const struct plx_its_data data = {
            .y = s.y,
            .time = s.time,
            .offset = s.offset,
            .n = s.n,
            .start = start,
            .slope = !plx_invocation_has(invocation, PLX_OPTION_NO_SLOPE),
            .counts = counts,
            .period = period,
            .harmonics = 2,
            .lag = (gint)plx_invocation_integer(invocation, PLX_OPTION_LAG, -1)};
        write_its(app, &data, level);
    }
    series_clear(&s);
    return ok;
}

static void write_did(plx_app *app, const struct plx_did *did, gboolean units, double level)
{
    g_autoptr(plx_json) json = plx_calc_begin(app, "did");
    plx_json_number(json, "n", did->n[0][0] + did->n[0][1] + did->n[1][0] + did->n[1][1]);
    if (units)
        plx_json_number(json, "units", did->units[0] + did->units[1]);
    else
        plx_json_null(json, "units");
    plx_json_numbers(json, "treated", did->mean[1], 2);
    plx_json_numbers(json, "control", did->mean[0], 2);
    plx_json_number(json, "did", did->estimate);
    plx_json_number(json, "se", did->se);
    plx_json_number(json, "df", did->df);
    plx_json_number(json, "p", did->p);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "ci", did->ci);
    plx_calc_end(app, json);
}

static gboolean run_did(plx_app *app, const plx_invocation *invocation, GError **error)
{
    static const enum plx_option_id ids[] = {PLX_OPTION_Y, PLX_OPTION_TREATED, PLX_OPTION_AFTER};
    const char *names[4] = {NULL};
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error))
        return FALSE;
    for (guint i = 0; i < 3; i++)
        if (!plx_calc_required(invocation, ids[i], &names[i], error))
            return FALSE;
    g_autoptr(plx_calc_columns) columns =
        plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    g_autofree double *x = columns ? plx_calc_columns_all(columns, names, error) : NULL;
    if (!x)
        return FALSE;
    const gsize n = plx_calc_columns_rows(columns);
    const char *unit_name = plx_invocation_string(invocation, PLX_OPTION_UNIT);
    g_autofree double *unit = unit_name ? g_new(double, n) : NULL;
    if (unit && !plx_calc_columns_codes(columns, unit_name, unit, error))
        return FALSE;
    const struct plx_did did = plx_did(&(struct plx_did_data){x, x + n, x + 2 * n, unit, n}, level);
    write_did(app, &did, unit != NULL, level);
    return TRUE;
}

static const enum plx_option_id changepoint_options[] = {
    PLX_OPTION_METHOD, PLX_OPTION_X, PLX_OPTION_PENALTY, PLX_OPTION_SHORTEST, PLX_OPTION_END};
static const enum plx_option_id its_options[] = {
    PLX_OPTION_Y,      PLX_OPTION_TIME,   PLX_OPTION_START, PLX_OPTION_NO_SLOPE, PLX_OPTION_COUNTS,
    PLX_OPTION_OFFSET, PLX_OPTION_PERIOD, PLX_OPTION_LAG,   PLX_OPTION_LEVEL,    PLX_OPTION_END};
static const enum plx_option_id did_options[] = {PLX_OPTION_Y,     PLX_OPTION_TREATED,
                                                 PLX_OPTION_AFTER, PLX_OPTION_UNIT,
                                                 PLX_OPTION_LEVEL, PLX_OPTION_END};

static const struct plx_example changepoint_examples[] = {
    {"calc changepoint --method pelt weeks.txt", "one number per line"},
    {"calc changepoint --method pettitt nile.csv --x flow", "one column of a file"},
    {0},
};
static const struct plx_example its_examples[] = {
    {"calc its weeks.csv --y level --start 37", "since week 37"},
    {"calc its sicily.csv --y aces --start 37 --counts --offset stdpop",
     "counts relative to a population"},
    {0},
};
static const struct plx_example did_examples[] = {
    {"calc did stores.csv --y staff --treated nj --after wave2 --unit store", "stores seen twice"},
    {0},
};

const struct plx_command plx_commands_calc_changes[] = {
    {.name = "calc",
     .verb = "changepoint",
     .arguments = "LIST",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Where a series changed",
     .details =
         "LIST is a list of numbers, or a file; with --x one of its columns. \"changepoints\" are "
         "the numbers of values before each change.\n\n"
         "Estimator: pelt (default): the parts that minimise squares about their means plus "
         "--penalty per change, exactly. pettitt: one change by ranks, with p.\n\n"
         "Source: Killick, Fearnhead and Eckley (2012), Journal of the American Statistical "
         "Association 107; Pettitt (1979), Applied Statistics 28.\n\n"
         "Assumptions: values in order of time, independent about their level; pelt: of one "
         "variance.",
     .options = changepoint_options,
     .examples = changepoint_examples,
     .run = run_changepoint},
    {.name = "calc",
     .verb = "its",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Did level or slope change when something began",
     .details =
         "One row per time, in order. \"level\" is the jump at --start, \"slope\" the change of "
         "the "
         "slope from there on; with --counts also as ratios.\n\n"
         "Estimator: segmented least squares with Newey-West errors and t; --counts: quasi-Poisson "
         "with normal intervals. --period adds two pairs of sine and cosine.\n\n"
         "Source: Wagner et al. (2002); Newey and West (1987), Econometrica 55; Lopez Bernal et "
         "al. "
         "(2017), International Journal of Epidemiology 46.\n\n"
         "Assumptions: without the interruption the line before it would have gone on; nothing "
         "else "
         "began then.",
     .options = its_options,
     .examples = its_examples,
     .run = run_its},
    {.name = "calc",
     .verb = "did",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Difference in differences",
     .details =
         "\"treated\" and \"control\" are the means before and after.\n\n"
         "Estimator: (treated after - before) - (control after - before); variances of the four "
         "cells, or with --unit cluster-robust by unit; t with Satterthwaite's degrees of "
         "freedom.\n\n"
         "Source: Card and Krueger (1994), American Economic Review 84; Binder (1983), "
         "International Statistical Review 51.\n\n"
         "Assumptions: without the treatment both groups would have changed alike.",
     .options = did_options,
     .examples = did_examples,
     .run = run_did},
    {0},
};
