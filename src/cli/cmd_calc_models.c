/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc ols, polr: regressions, from a file of columns. */
#include "base/number.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/cmd_calc_regression.h"
#include "cli/command.h"
#include "stats/doubles.h"
#include "stats/ols.h"
#include "stats/polr.h"

#include <math.h>

static gboolean run_ols(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_regression r = {0};
    double level = 0;
    const gboolean ok = plx_calc_regression_read(invocation, &r, error) &&
                        plx_calc_read_level(invocation, &level, error);
    if (ok) {
        g_autoptr(plx_ols) fit = plx_ols_new(r.x, r.y, r.n, r.p);
        g_autoptr(plx_json) json = plx_calc_begin(app, "ols");
        plx_json_integer(json, "n", (gint64)fit->n);
        plx_calc_write_names(json, &r);
        plx_json_number(json, "r_squared", fit->r_squared);
        plx_json_number(json, "adjusted_r_squared", fit->adjusted_r_squared);
        plx_json_number(json, "sigma", fit->sigma);
        plx_json_number(json, "df", fit->df);
        plx_json_number(json, "rss", fit->rss);
        plx_json_integer(json, "rank", fit->rank);
        plx_json_number(json, "level", level);
        plx_json_begin_array(json, "coefficients");
        for (guint j = 0; j < fit->p; j++)
            plx_calc_write_coefficient(json, j == 0 ? "(intercept)" : r.names[j - 1],
                                       fit->coefficient[j], fit->se[j], fit->df, level);
        plx_json_end_array(json);
        plx_calc_end(app, json);
    }
    plx_calc_regression_clear(&r);
    return ok;
}

/* The distinct values of y, in order. */
static GArray *find_levels(const double *y, gsize n)
{
    g_autofree double *sorted = g_memdup2(y, n * sizeof *y);
    qsort(sorted, n, sizeof *sorted, plx_doubles_compare);
    GArray *levels = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize i = 0; i < n; i++)
        if (i == 0 || sorted[i] != sorted[i - 1])
            g_array_append_val(levels, sorted[i]);
    return levels;
}

static guint level_of(const GArray *levels, double y)
{
    guint level = 0;
    while (g_array_index(levels, double, level) != y)
        level++;
    return level;
}

static void write_polr(plx_app *app, const struct plx_calc_regression *r, const plx_polr *fit,
                       const GArray *levels, double level)
{
    g_autoptr(plx_json) json = plx_calc_begin(app, "polr");
    plx_json_number(json, "n", fit->n);
    plx_calc_write_names(json, r);
    plx_json_numbers(json, "levels", (const double *)(const void *)levels->data, levels->len);
    plx_json_number(json, "deviance", fit->deviance);
    plx_json_number(json, "level", level);
    plx_json_begin_array(json, "coefficients");
    for (guint j = 0; j < fit->p; j++)
        plx_calc_write_coefficient(json, r->names[j], fit->coefficient[j], fit->se[j], PLX_INFINITY,
                                   level);
    plx_json_end_array(json);
    plx_json_numbers(json, "cuts", fit->cut, fit->cuts);
    plx_json_numbers(json, "cuts_se", fit->cut_se, fit->cuts);
    plx_calc_end(app, json);
}

/* The rows without gaps that were seen at all, column by column in place; returns how many. */
static gsize keep_complete(struct plx_calc_regression *r, double *weight)
{
    gsize m = 0;
    g_autofree gsize *kept = g_new(gsize, r->n);
    for (gsize i = 0; i < r->n; i++) {
        gboolean complete = !isnan(r->y[i]) && weight[i] > 0;
        for (guint j = 0; j < r->p; j++)
            complete = complete && !isnan(r->x[j * r->n + i]);
        if (complete)
            kept[m++] = i;
    }
    for (guint j = 0; j < r->p; j++)
        for (gsize i = 0; i < m; i++)
            r->x[j * m + i] = r->x[j * r->n + kept[i]];
    for (gsize i = 0; i < m; i++) {
        r->y[i] = r->y[kept[i]];
        weight[i] = weight[kept[i]];
    }
    return m;
}

static gboolean run_polr(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_regression r = {0};
    double level = 0;
    gboolean ok = plx_calc_regression_read(invocation, &r, error) &&
                  plx_calc_read_level(invocation, &level, error);
    g_autofree double *weight = g_new(double, r.n + 1);
    for (gsize i = 0; i < r.n; i++)
        weight[i] = 1;
    const char *count = plx_invocation_string(invocation, PLX_OPTION_WEIGHT_COLUMN);
    if (ok && count)
        ok = plx_calc_columns_numbers(r.columns, count, weight, error);
    if (ok) {
        r.n = keep_complete(&r, weight);
        g_autoptr(GArray) levels = find_levels(r.y, r.n);
        g_autofree guint *of_row = g_new(guint, r.n + 1);
        for (gsize i = 0; i < r.n; i++)
            of_row[i] = level_of(levels, r.y[i]);
        const struct plx_polr_data data = {r.x, of_row, weight, r.n, r.p, levels->len};
        g_autoptr(plx_polr) fit = plx_polr_new(&data);
        write_polr(app, &r, fit, levels, level);
    }
    plx_calc_regression_clear(&r);
    return ok;
}

static const enum plx_option_id ols_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_LEVEL,
                                                 PLX_OPTION_END};
static const enum plx_option_id polr_options[] = {
    PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_WEIGHT_COLUMN, PLX_OPTION_LEVEL, PLX_OPTION_END};

static const struct plx_example ols_examples[] = {
    {"calc ols longley.csv --y Employed --x GNP,Population,Year", "employment on three columns"},
    {0},
};
static const struct plx_example polr_examples[] = {
    {"calc polr housing.csv --y sat --x infl,cont --count freq", "from a table of counts"},
    {0},
};

const struct plx_command plx_commands_calc_models[] = {
    {.name = "calc",
     .verb = "ols",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Least squares regression",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     "\n\nEstimator: ordinary least squares with an intercept, by Householder QR; of collinear "
     "columns the later has null.\n\n"
     "Source: Golub (1965), Numerische Mathematik 7; proved on NIST's Longley data.\n\n"
     "Assumptions: independent rows of one variance about a plane; more rows than columns.",
     .options = ols_options,
     .examples = ols_examples,
     .run = run_ols},
    {.name = "calc",
     .verb = "polr",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Proportional odds regression of ordered levels",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     "\n\nEstimator: logit P(y <= k) = cut k - x'b by maximum likelihood, in the signs of R's "
     "polr; the levels are the distinct numbers of --y. Null where there is no maximum "
     "(separation).\n\n"
     "Source: McCullagh (1980), Journal of the Royal Statistical Society B 42.\n\n"
     "Assumptions: independent rows; the same odds ratio at every cut; intervals by Wald.",
     .options = polr_options,
     .examples = polr_examples,
     .run = run_polr},
    {0},
};
