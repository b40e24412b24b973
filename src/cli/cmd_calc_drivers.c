/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc ols, lmg, johnson, polr, contrasts, em: what goes with what, from a file of columns. */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/comoments.h"
#include "stats/em_covariance.h"
#include "stats/johnson.h"
#include "stats/lmg.h"
#include "stats/ols.h"
#include "stats/penalty_reward.h"
#include "stats/polr.h"

#include <math.h>

/* y and columns of x, one behind the other. */
struct regression {
    gsize n;
    guint p;
    const char *y_name;
    const char *const *names;
    double *x;
    double *y;
    plx_calc_columns *columns;
};

static void regression_clear(struct regression *r)
{
    g_clear_pointer(&r->x, g_free);
    g_clear_pointer(&r->y, g_free);
    g_clear_pointer(&r->columns, plx_calc_columns_free);
}

static gboolean regression_read(const plx_invocation *invocation, struct regression *r,
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

/* The rows without gaps, y last; *n of them. */
static double *complete_rows(const struct regression *r, gsize *n)
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

static void write_names(plx_json *json, const struct regression *r)
{
    plx_json_string(json, "y", r->y_name);
    plx_calc_write_strings(json, "x", r->names);
}

static void write_coefficient(plx_json *json, const char *name, double estimate, double se,
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

static gboolean run_ols(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct regression r = {0};
    double level = 0;
    const gboolean ok =
        regression_read(invocation, &r, error) && plx_calc_read_level(invocation, &level, error);
    if (ok) {
        g_autoptr(plx_ols) fit = plx_ols_new(r.x, r.y, r.n, r.p);
        g_autoptr(plx_json) json = plx_calc_begin(app, "ols");
        plx_json_integer(json, "n", (gint64)fit->n);
        write_names(json, &r);
        plx_json_number(json, "r_squared", fit->r_squared);
        plx_json_number(json, "adjusted_r_squared", fit->adjusted_r_squared);
        plx_json_number(json, "sigma", fit->sigma);
        plx_json_number(json, "df", fit->df);
        plx_json_number(json, "rss", fit->rss);
        plx_json_integer(json, "rank", fit->rank);
        plx_json_number(json, "level", level);
        plx_json_begin_array(json, "coefficients");
        for (guint j = 0; j < fit->p; j++)
            write_coefficient(json, j == 0 ? "(intercept)" : r.names[j - 1], fit->coefficient[j],
                              fit->se[j], fit->df, level);
        plx_json_end_array(json);
        plx_calc_end(app, json);
    }
    regression_clear(&r);
    return ok;
}

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
    struct regression r = {0};
    double level = 0;
    gboolean ok =
        regression_read(invocation, &r, error) && plx_calc_read_level(invocation, &level, error);
    if (ok && r.p > PLX_LMG_MAX)
        ok = plx_error(error, PLX_ERROR_USAGE, "%u columns; at most %d ('calc johnson' takes more)",
                       r.p, PLX_LMG_MAX);
    if (ok) {
        gsize n = 0;
        g_autofree double *rows = complete_rows(&r, &n);
        g_autofree double *products = products_of(rows, n, r.p);
        g_autofree double *share = g_new(double, r.p);
        const double r_squared = plx_lmg(products, r.p, share);
        g_autoptr(plx_json) json = plx_calc_begin(app, "lmg");
        plx_json_integer(json, "n", (gint64)n);
        write_names(json, &r);
        plx_json_number(json, "r_squared", r_squared);
        plx_json_numbers(json, "lmg", share, r.p);
        write_bootstrap(app, invocation, json, rows, n, r.p, level);
        plx_calc_end(app, json);
    }
    regression_clear(&r);
    return ok;
}

static gboolean run_johnson(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct regression r = {0};
    const gboolean ok = regression_read(invocation, &r, error);
    if (ok) {
        gsize n = 0;
        g_autofree double *rows = complete_rows(&r, &n);
        g_autofree double *products = products_of(rows, n, r.p);
        g_autofree double *weight = g_new(double, r.p);
        const double r_squared = plx_johnson(products, r.p, weight);
        g_autoptr(plx_json) json = plx_calc_begin(app, "johnson");
        plx_json_integer(json, "n", (gint64)n);
        write_names(json, &r);
        plx_json_number(json, "r_squared", r_squared);
        plx_json_numbers(json, "johnson", weight, r.p);
        plx_calc_end(app, json);
    }
    regression_clear(&r);
    return ok;
}

static int compare_numbers(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The distinct values of y, in order. */
static GArray *find_levels(const double *y, gsize n)
{
    g_autofree double *sorted = g_memdup2(y, n * sizeof *y);
    qsort(sorted, n, sizeof *sorted, compare_numbers);
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

static void write_polr(plx_app *app, const struct regression *r, const plx_polr *fit,
                       const GArray *levels, double level)
{
    g_autoptr(plx_json) json = plx_calc_begin(app, "polr");
    plx_json_number(json, "n", fit->n);
    write_names(json, r);
    plx_json_numbers(json, "levels", (const double *)(const void *)levels->data, levels->len);
    plx_json_number(json, "deviance", fit->deviance);
    plx_json_number(json, "level", level);
    plx_json_begin_array(json, "coefficients");
    for (guint j = 0; j < fit->p; j++)
        write_coefficient(json, r->names[j], fit->coefficient[j], fit->se[j], PLX_INFINITY, level);
    plx_json_end_array(json);
    plx_json_numbers(json, "cuts", fit->cut, fit->cuts);
    plx_json_numbers(json, "cuts_se", fit->cut_se, fit->cuts);
    plx_calc_end(app, json);
}

/* The rows without gaps that were seen at all, column by column in place; returns how many. */
static gsize keep_complete(struct regression *r, double *weight)
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
    struct regression r = {0};
    double level = 0;
    gboolean ok =
        regression_read(invocation, &r, error) && plx_calc_read_level(invocation, &level, error);
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
    regression_clear(&r);
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
    struct regression r = {0};
    double low = 2;
    double high = 5;
    gboolean ok = regression_read(invocation, &r, error) &&
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
    regression_clear(&r);
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
    plx_calc_write_strings(json, "x", names);
    plx_json_numbers(json, "mean", em->mean, k);
    plx_json_numbers(json, "mean_se", em->mean_se, k);
    plx_calc_write_square(json, "covariance", em->covariance, k);
    plx_calc_write_square(json, "covariance_se", em->se, k);
    plx_calc_write_square(json, "pairs", em->pairs, k);
    plx_json_integer(json, "iterations", em->iterations);
    plx_calc_end(app, json);
    return TRUE;
}

static const enum plx_option_id ols_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_LEVEL,
                                                 PLX_OPTION_END};
static const enum plx_option_id lmg_options[] = {PLX_OPTION_Y,          PLX_OPTION_X,
                                                 PLX_OPTION_REPLICATES, PLX_OPTION_LEVEL,
                                                 PLX_OPTION_SEED,       PLX_OPTION_END};
static const enum plx_option_id johnson_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_END};
static const enum plx_option_id polr_options[] = {
    PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_WEIGHT_COLUMN, PLX_OPTION_LEVEL, PLX_OPTION_END};
static const enum plx_option_id contrasts_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_LOW,
                                                       PLX_OPTION_HIGH, PLX_OPTION_END};
static const enum plx_option_id em_options[] = {PLX_OPTION_X, PLX_OPTION_END};

static const struct plx_example ols_examples[] = {
    {"calc ols longley.csv --y Employed --x GNP,Population,Year", "employment on three columns"},
    {0},
};
static const struct plx_example lmg_examples[] = {
    {"calc lmg answers.csv --y all --x in,order,pay --replicates 999",
     "what goes with the overall rating, with intervals"},
    {0},
};
static const struct plx_example johnson_examples[] = {
    {"calc johnson answers.csv --y overall --x arrive,order,pay", "the same in a moment"},
    {0},
};
static const struct plx_example polr_examples[] = {
    {"calc polr housing.csv --y sat --x infl,cont --count freq", "from a table of counts"},
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

#define COLUMNS_HELP                                                                               \
    "FILE has a header iff its first row holds a non-number; else columns are 1, 2, 3, ... . An "  \
    "empty cell or NA is missing. "
#define COMPLETE_HELP "Rows with a gap are left out."

const struct plx_command plx_commands_calc_drivers[] = {
    {.name = "calc",
     .verb = "ols",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Least squares regression",
     .details = COLUMNS_HELP COMPLETE_HELP
     "\n\nEstimator: ordinary least squares with an intercept, by Householder QR; of collinear "
     "columns the later has null.\n\n"
     "Source: Golub (1965), Numerische Mathematik 7; proved on NIST's Longley data.\n\n"
     "Assumptions: independent rows of one variance about a plane; more rows than columns.",
     .options = ols_options,
     .examples = ols_examples,
     .run = run_ols},
    {.name = "calc",
     .verb = "lmg",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Share R squared out among columns, exactly",
     .details = COLUMNS_HELP COMPLETE_HELP
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
     .details = COLUMNS_HELP COMPLETE_HELP
     "\n\nEstimator: relative weights by way of the nearest uncorrelated columns; \"johnson\" "
     "in the order of --x. Null when columns are collinear: use 'calc lmg'.\n\n"
     "Source: Johnson (2000), Multivariate Behavioral Research 35; Genizi (1993).\n\n"
     "Assumptions: independent rows; levels taken as equally far apart. It shows what goes "
     "with y, never what causes it.",
     .options = johnson_options,
     .examples = johnson_examples,
     .run = run_johnson},
    {.name = "calc",
     .verb = "polr",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Proportional odds regression of ordered levels",
     .details = COLUMNS_HELP COMPLETE_HELP
     "\n\nEstimator: logit P(y <= k) = cut k - x'b by maximum likelihood, in the signs of R's "
     "polr; the levels are the distinct numbers of --y. Null where there is no maximum "
     "(separation).\n\n"
     "Source: McCullagh (1980), Journal of the Royal Statistical Society B 42.\n\n"
     "Assumptions: independent rows; the same odds ratio at every cut; intervals by Wald.",
     .options = polr_options,
     .examples = polr_examples,
     .run = run_polr},
    {.name = "calc",
     .verb = "contrasts",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "What hurts when low, and what pleases when high",
     .details = COLUMNS_HELP COMPLETE_HELP
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
     .details = COLUMNS_HELP
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
