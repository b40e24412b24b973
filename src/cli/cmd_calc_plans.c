/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc shrink, samplesize: what a group's mean is worth, and how many answers it takes. */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/shrink.h"
#include "stats/whitehead.h"

#include <math.h>
#include <stdlib.h>

/* Groups by code 0, 1, ...: answers, means, squares about them. Rows with a gap are left out. */
struct groups {
    double *n;
    double *mean;
    gsize count;
    double within;
};

struct answer {
    double code;
    double y;
};

static int compare_answers(gconstpointer a, gconstpointer b)
{
    const struct answer *one = a;
    const struct answer *other = b;
    const int codes = (one->code > other->code) - (one->code < other->code);
    return codes ? codes : (one->y > other->y) - (one->y < other->y);
}

/* Sorted, so that no sum depends on the order of rows; returns how many have no gap. */
static gsize sort_answers(const double *y, const double *code, gsize rows, struct answer *sorted)
{
    gsize n = 0;
    for (gsize i = 0; i < rows; i++)
        if (!isnan(y[i]) && !isnan(code[i]))
            sorted[n++] = (struct answer){code[i], y[i]};
    qsort(sorted, n, sizeof *sorted, compare_answers);
    return n;
}

static void gather(const double *y, const double *code, gsize rows, struct groups *g)
{
    g_autofree struct answer *sorted = g_new(struct answer, rows + 1);
    const gsize n = sort_answers(y, code, rows, sorted);
    for (gsize i = 0; i < n; i++) {
        const gsize j = (gsize)sorted[i].code;
        g->n[j]++;
        g->mean[j] += sorted[i].y;
        g->count = j + 1;
    }
    for (gsize j = 0; j < g->count; j++)
        g->mean[j] /= g->n[j];
    for (gsize i = 0; i < n; i++) {
        const double off = sorted[i].y - g->mean[(gsize)sorted[i].code];
        g->within += off * off;
    }
}

/* Codes without an answer would divide by 0: the rest moves up, in order. */
static void drop_empty(struct groups *g)
{
    gsize kept = 0;
    for (gsize j = 0; j < g->count; j++)
        if (g->n[j] > 0) {
            g->n[kept] = g->n[j];
            g->mean[kept++] = g->mean[j];
        }
    g->count = kept;
}

static void write_shrink(plx_app *app, const struct groups *g)
{
    g_autofree double *effect = g_new0(double, g->count + 1);
    const struct plx_shrink r = plx_shrink(g->mean, g->n, g->count, g->within, effect);
    g_autoptr(plx_json) json = plx_calc_begin(app, "shrink");
    plx_json_integer(json, "groups", (gint64)g->count);
    plx_json_number(json, "between", r.between);
    plx_json_number(json, "within", r.within);
    plx_json_number(json, "mean", r.mean);
    plx_json_numbers(json, "n", g->n, g->count);
    plx_json_numbers(json, "means", g->mean, g->count);
    plx_json_numbers(json, "effects", effect, g->count);
    plx_calc_end(app, json);
}

static gboolean run_shrink(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *y_name = NULL;
    const char *unit = NULL;
    if (!plx_calc_required(invocation, PLX_OPTION_Y, &y_name, error) ||
        !plx_calc_required(invocation, PLX_OPTION_UNIT, &unit, error))
        return FALSE;
    g_autoptr(plx_calc_columns) columns =
        plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!columns)
        return FALSE;
    const gsize rows = plx_calc_columns_rows(columns);
    g_autofree double *y = g_new0(double, rows + 1);
    g_autofree double *code = g_new0(double, rows + 1);
    g_autofree double *n = g_new0(double, rows + 1);
    g_autofree double *mean = g_new0(double, rows + 1);
    if (!plx_calc_columns_numbers(columns, y_name, y, error) ||
        !plx_calc_columns_codes(columns, unit, code, error))
        return FALSE;
    struct groups g = {.n = n, .mean = mean};
    gather(y, code, rows, &g);
    drop_empty(&g);
    write_shrink(app, &g);
    return TRUE;
}

static gboolean run_samplesize(plx_app *app, const plx_invocation *invocation, GError **error)
{
    double ratio = PLX_NAN;
    double power = 0.9;
    double level = 0;
    g_autoptr(GArray) weights = NULL;
    if (!plx_calc_optional_number(invocation, PLX_OPTION_LOG_ODDS, &ratio, error) ||
        !plx_calc_optional_number(invocation, PLX_OPTION_POWER, &power, error) ||
        !plx_calc_read_level(invocation, &level, error) ||
        !plx_calc_read_weights(plx_invocation_argument(invocation, 0), &weights, error))
        return FALSE;
    if (!isfinite(ratio))
        return plx_error(error, PLX_ERROR_USAGE, "'calc samplesize' needs --log-odds NUMBER");
    if (!(power > 0) || !(power < 1))
        return plx_error(error, PLX_ERROR_USAGE, "--power: expected a number between 0 and 1");
    double *p = (double *)(void *)weights->data;
    double sum = 0;
    for (guint i = 0; i < weights->len; i++)
        sum += p[i];
    for (guint i = 0; i < weights->len; i++)
        p[i] /= sum;
    g_autofree double *other = g_new(double, weights->len);
    plx_whitehead_shift(p, weights->len, ratio, other);
    g_autoptr(plx_json) json = plx_calc_begin(app, "samplesize");
    plx_json_number(json, "log_odds_ratio", ratio);
    plx_json_number(json, "power", power);
    plx_json_number(json, "level", level);
    plx_json_numbers(json, "control", p, weights->len);
    plx_json_numbers(json, "experimental", other, weights->len);
    plx_json_number(json, "total", plx_whitehead_total(p, weights->len, ratio, 1 - level, power));
    plx_calc_end(app, json);
    return TRUE;
}

static const enum plx_option_id shrink_options[] = {PLX_OPTION_Y, PLX_OPTION_UNIT, PLX_OPTION_END};
static const enum plx_option_id samplesize_options[] = {PLX_OPTION_LOG_ODDS, PLX_OPTION_POWER,
                                                        PLX_OPTION_LEVEL, PLX_OPTION_END};

static const struct plx_example shrink_examples[] = {
    {"calc shrink visits.csv --y level --unit place", "places, drawn in by how little is known"},
    {0},
};
static const struct plx_example samplesize_examples[] = {
    {"calc samplesize .2,.5,.2,.1 --log-odds .887", "four levels, the odds to be moved"},
    {0},
};

const struct plx_command plx_commands_calc_plans[] = {
    {.name = "calc",
     .verb = "shrink",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Means of groups, drawn towards the common one",
     .details =
         "--y by --unit, in byte order of the units. Rows with a gap are left out.\n\n"
         "Estimator: variances between and within groups by REML; \"effects\" are the best "
         "linear predictions of the groups' distances from the mean.\n\n"
         "Source: Patterson and Thompson (1971), Biometrika 58; Robinson (1991), Statistical "
         "Science 6.\n\n"
         "Assumptions: normal, independent effects and answers; one variance in all groups.",
     .options = shrink_options,
     .examples = shrink_examples,
     .run = run_shrink},
    {.name = "calc",
     .verb = "samplesize",
     .arguments = "SHARES",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Answers it takes to see an ordinal improvement",
     .details = "SHARES (or counts) of the levels as they are now; --log-odds is the logarithm of "
                "the odds ratio to be seen, --level 0.95 a two-sided test at 5 %.\n\n"
                "Estimator: answers of both arms of equal size together, not rounded.\n\n"
                "Source: Whitehead (1993), Statistics in Medicine 12.\n\n"
                "Assumptions: proportional odds; independent answers, many of them.",
     .options = samplesize_options,
     .examples = samplesize_examples,
     .run = run_samplesize},
    {0},
};
