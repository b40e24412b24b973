/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc lmg, johnson, contrasts, em: what goes with what, from a file of columns. */
#include "base/error.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/cmd_calc_regression.h"
#include "cli/command.h"
#include "stats/comoments.h"
#include "stats/em_covariance.h"
#include "stats/johnson.h"
#include "stats/lmg.h"
#include "stats/penalty_reward.h"

/* Co-moments of the complete rows; NaN (so that nothing is estimated) with too few of them. */
static double *products_of(const double *rows, gsize n, guint p)
{
    const guint k = p + 1;
    double *products = g_new(double, (gsize)k *k);
    g_autofree double *mean = g_new(double, k);
    plx_comoments(rows, NULL, n > k ? n : 0, k, mean, products);
    return products;
}

static void write_bootstrap(plx_app *app, const plx_invocation *invocation, plx_json *json,
                            const double *rows, gsize n, guint p, double level)
{
    const guint replicates = (guint)plx_invocation_integer(invocation, PLX_OPTION_REPLICATES, 0);
    if (replicates == 0)
        return;
    g_autofree struct plx_interval *ci = g_new(struct plx_interval, p + 1);
    plx_lmg_bootstrap(rows, n, p, replicates, level,
                      (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, 1),
                      plx_app_threads(app), ci);
    plx_json_integer(json, "replicates", replicates);
    plx_json_number(json, "level", level);
    plx_calc_write_interval(json, "r_squared_ci", ci[p]);
    plx_json_begin_array(json, "lmg_ci");
    for (guint j = 0; j < p; j++)
        plx_calc_write_interval(json, NULL, ci[j]);
    plx_json_end_array(json);
}

static gboolean run_lmg(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_regression r = {0};
    double level = 0;
    gboolean ok = plx_calc_regression_read(invocation, &r, error) &&
                  plx_calc_read_level(invocation, &level, error);
    if (ok && r.p > PLX_LMG_MAX)
        ok = plx_error(error, PLX_ERROR_USAGE, "%u columns; at most %d ('calc johnson' takes more)",
                       r.p, PLX_LMG_MAX);
    if (ok) {
        gsize n = 0;
        g_autofree double *rows = plx_calc_complete_rows(&r, &n);
        g_autofree double *products = products_of(rows, n, r.p);
        g_autofree double *share = g_new(double, r.p);
        const double r_squared = plx_lmg(products, r.p, share);
        g_autoptr(plx_json) json = plx_calc_begin(app, "lmg");
        plx_json_integer(json, "n", (gint64)n);
        plx_calc_write_names(json, &r);
        plx_json_number(json, "r_squared", r_squared);
        plx_json_numbers(json, "lmg", share, r.p);
        write_bootstrap(app, invocation, json, rows, n, r.p, level);
        plx_calc_end(app, json);
    }
    plx_calc_regression_clear(&r);
    return ok;
}

static gboolean run_johnson(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_regression r = {0};
    const gboolean ok = plx_calc_regression_read(invocation, &r, error);
    if (ok) {
        gsize n = 0;
        g_autofree double *rows = plx_calc_complete_rows(&r, &n);
        g_autofree double *products = products_of(rows, n, r.p);
        g_autofree double *weight = g_new(double, r.p);
        const double r_squared = plx_johnson(products, r.p, weight);
        g_autoptr(plx_json) json = plx_calc_begin(app, "johnson");
        plx_json_integer(json, "n", (gint64)n);
        plx_calc_write_names(json, &r);
        plx_json_number(json, "r_squared", r_squared);
        plx_json_numbers(json, "johnson", weight, r.p);
        plx_calc_end(app, json);
    }
    plx_calc_regression_clear(&r);
    return ok;
}

static void write_contrast(plx_json *json, const char *name, const struct plx_contrast *c)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "name", name);
    plx_json_number(json, "penalty", c->penalty);
    plx_json_number(json, "penalty_se", c->penalty_se);
    plx_json_number(json, "reward", c->reward);
    plx_json_number(json, "reward_se", c->reward_se);
    plx_json_number(json, "riocs", c->range);
    plx_json_number(json, "sgp", c->satisfaction_potential);
    plx_json_number(json, "dgp", c->dissatisfaction_potential);
    plx_json_number(json, "ia", c->asymmetry);
    plx_json_end_object(json);
}

static gboolean run_contrasts(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_calc_regression r = {0};
    double low = 2;
    double high = 5;
    gboolean ok = plx_calc_regression_read(invocation, &r, error) &&
                  plx_calc_optional_number(invocation, PLX_OPTION_LOW, &low, error) &&
                  plx_calc_optional_number(invocation, PLX_OPTION_HIGH, &high, error);
    if (ok && !(low < high))
        ok = plx_error(error, PLX_ERROR_USAGE, "--low must be below --high");
    if (ok) {
        g_autofree struct plx_contrast *contrast = g_new(struct plx_contrast, r.p);
        const struct plx_contrasts all =
            plx_penalty_reward(r.x, r.y, r.n, r.p, low, high, contrast);
        g_autoptr(plx_json) json = plx_calc_begin(app, "contrasts");
        plx_json_integer(json, "n", (gint64)all.n);
        plx_json_string(json, "y", r.y_name);
        plx_json_number(json, "low", low);
        plx_json_number(json, "high", high);
        plx_json_number(json, "r_squared", all.r_squared);
        plx_json_number(json, "intercept", all.intercept);
        plx_json_begin_array(json, "contrasts");
        for (guint j = 0; j < r.p; j++)
            write_contrast(json, r.names[j], &contrast[j]);
        plx_json_end_array(json);
        plx_calc_end(app, json);
    }
    plx_calc_regression_clear(&r);
    return ok;
}

static gboolean run_em(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const *names = NULL;
    if (!plx_calc_required_list(invocation, PLX_OPTION_X, &names, error))
        return FALSE;
    const guint k = plx_calc_count(names);
    if (k > PLX_EM_COLUMNS_MAX)
        return plx_error(error, PLX_ERROR_USAGE, "%u columns; at most %d", k, PLX_EM_COLUMNS_MAX);
    g_autoptr(plx_calc_columns) columns =
        plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    g_autofree double *x = columns ? plx_calc_columns_all(columns, names, error) : NULL;
    if (!x)
        return FALSE;
    const gsize n = plx_calc_columns_rows(columns);
    g_autofree double *rows = g_new(double, n *k);
    for (gsize i = 0; i < n; i++)
        for (guint j = 0; j < k; j++)
            rows[i * k + j] = x[j * n + i];
    g_autoptr(plx_em) em = plx_em_new(rows, n, k);
    g_autoptr(plx_json) json = plx_calc_begin(app, "em");
    plx_json_integer(json, "n", (gint64)em->n);
    plx_json_texts(json, "x", names);
    plx_json_numbers(json, "mean", em->mean, k);
    plx_json_numbers(json, "mean_se", em->mean_se, k);
    plx_calc_write_square(json, "covariance", em->covariance, k);
    plx_calc_write_square(json, "covariance_se", em->se, k);
    plx_calc_write_square(json, "pairs", em->pairs, k);
    plx_json_integer(json, "iterations", em->iterations);
    plx_calc_end(app, json);
    return TRUE;
}

static const enum plx_option_id lmg_options[] = {PLX_OPTION_Y,          PLX_OPTION_X,
                                                 PLX_OPTION_REPLICATES, PLX_OPTION_LEVEL,
                                                 PLX_OPTION_SEED,       PLX_OPTION_END};
static const enum plx_option_id johnson_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_END};
static const enum plx_option_id contrasts_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_LOW,
                                                       PLX_OPTION_HIGH, PLX_OPTION_END};
static const enum plx_option_id em_options[] = {PLX_OPTION_X, PLX_OPTION_END};

static const struct plx_example lmg_examples[] = {
    {"calc lmg answers.csv --y all --x in,order,pay --replicates 999",
     "what goes with the overall rating, with intervals"},
    {0},
};
static const struct plx_example johnson_examples[] = {
    {"calc johnson answers.csv --y overall --x arrive,order,pay", "the same in a moment"},
    {0},
};
static const struct plx_example contrasts_examples[] = {
    {"calc contrasts answers.csv --y overall --x arrive,order", "what hurts, what pleases"},
    {0},
};
static const struct plx_example em_examples[] = {
    {"calc em answers.csv --x arrive,order,pay", "where each was asked some of three"},
    {0},
};

const struct plx_command plx_commands_calc_drivers[] = {
    {.name = "calc",
     .verb = "lmg",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Share R squared out among columns, exactly",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     "\n\nEstimator: what each column adds to R squared, averaged over all orders (the Shapley "
     "value), for up to 20 columns; \"lmg\" in the order of --x. With --replicates percentile "
     "intervals from resampled rows.\n\n"
     "Source: Lindeman, Merenda and Gold (1980); Gromping (2006), Journal of Statistical "
     "Software 17; Efron (1979).\n\n"
     "Assumptions: independent rows; levels taken as equally far apart. It shows what goes "
     "with y, never what causes it.",
     .options = lmg_options,
     .examples = lmg_examples,
     .run = run_lmg},
    {.name = "calc",
     .verb = "johnson",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Share R squared out among columns, quickly",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     "\n\nEstimator: relative weights by way of the nearest uncorrelated columns; \"johnson\" "
     "in the order of --x. Null when columns are collinear: use 'calc lmg'.\n\n"
     "Source: Johnson (2000), Multivariate Behavioral Research 35; Genizi (1993).\n\n"
     "Assumptions: independent rows; levels taken as equally far apart. It shows what goes "
     "with y, never what causes it.",
     .options = johnson_options,
     .examples = johnson_examples,
     .run = run_johnson},
    {.name = "calc",
     .verb = "contrasts",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "What hurts when low, and what pleases when high",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     "\n\nEstimator: least squares on two dummies per column, low and high; riocs = reward + "
     "|penalty|, sgp and dgp the shares of it, ia = sgp - dgp: 1 only pleases, -1 only hurts. "
     "Indices are null where the signs contradict.\n\n"
     "Source: Brandt (1987); Mikulic and Prebezac (2008), Managing Service Quality 18.\n\n"
     "Assumptions: independent rows; effects add up; association, no cause.",
     .options = contrasts_options,
     .examples = contrasts_examples,
     .run = run_contrasts},
    {.name = "calc",
     .verb = "em",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Means and covariances where answers are missing",
     .details = PLX_COLUMNS_HELP
     "\n\nEstimator: maximum likelihood of a normal distribution by EM (divides by n); standard "
     "errors from the expected information of what was answered. Null where two columns were "
     "never answered together.\n\n"
     "Source: Dempster, Laird and Rubin (1977), Journal of the Royal Statistical Society B 39; "
     "Orchard and Woodbury (1972).\n\n"
     "Assumptions: independent rows, about normal; answers missing at random, as when questions "
     "are asked by lot.",
     .options = em_options,
     .examples = em_examples,
     .run = run_em},
    {0},
};
