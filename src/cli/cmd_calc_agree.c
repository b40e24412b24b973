/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc alpha, icc, kappa: do those who saw the same say the same? */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/alpha.h"
#include "stats/gstudy.h"
#include "stats/icc.h"
#include "stats/kappa.h"

#include <math.h>
#include <string.h>

/* The file of the argument. */
struct table {
    plx_calc_columns *columns;
    double *value;
    gsize rows;
    gsize k;
};

static gboolean read_table(const plx_invocation *invocation, struct table *table, GError **error)
{
    g_autoptr(plx_calc_columns) columns =
        plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!columns)
        return FALSE;
    table->value = plx_calc_columns_table(columns, &table->k, error);
    table->rows = plx_calc_columns_rows(columns);
    if (!table->value)
        return FALSE;
    table->columns = g_steal_pointer(&columns);
    return TRUE;
}

static void clear_table(struct table *table)
{
    g_free(table->value);
    plx_calc_columns_free(table->columns);
}

static gboolean run_alpha(plx_app *app, const plx_invocation *invocation, GError **error)
{
    static const char *const scales[] = {"nominal", "ordinal", "interval", "ratio", NULL};
    struct table t = {0};
    double level = 0;
    if (!plx_calc_read_level(invocation, &level, error) || !read_table(invocation, &t, error))
        return FALSE;
    const guint scale = plx_invocation_has(invocation, PLX_OPTION_SCALE)
                            ? plx_calc_choice(invocation, PLX_OPTION_SCALE, scales)
                            : PLX_ALPHA_ORDINAL;
    const gint64 replicates = plx_invocation_integer(invocation, PLX_OPTION_REPLICATES, 0);
    const guint64 seed = (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, 1);
    const struct plx_alpha r = plx_alpha(t.value, t.rows, t.k, scale);
    g_autoptr(plx_json) json = plx_calc_begin(app, "alpha");
    plx_json_string(json, "scale", scales[scale]);
    plx_json_integer(json, "observers", (gint64)t.rows);
    plx_json_integer(json, "units", (gint64)r.units);
    plx_json_integer(json, "values", (gint64)r.values);
    plx_json_number(json, "observed", r.observed);
    plx_json_number(json, "expected", r.expected);
    plx_json_number(json, "alpha", r.alpha);
    if (replicates > 0) {
        plx_json_number(json, "level", level);
        plx_calc_write_interval(
            json, "ci",
            plx_alpha_bootstrap(t.value, t.rows, t.k, scale, level, (guint)replicates, seed));
    }
    plx_calc_end(app, json);
    clear_table(&t);
    return TRUE;
}

static void write_gstudy(plx_json *json, const struct plx_icc *r, double aim)
{
    const struct plx_gstudy g = plx_gstudy_crossed(r);
    const double judges[] = {(double)r->judges};
    const double ranks = plx_gstudy_needed(&g, PLX_GSTUDY_RELATIVE, aim, judges, 0);
    const double levels = plx_gstudy_needed(&g, PLX_GSTUDY_ABSOLUTE, aim, judges, 0);
    plx_json_begin_object(json, "gstudy");
    plx_json_number(json, "target", g.source[0].variance);
    plx_json_number(json, "judge", g.source[1].variance);
    plx_json_number(json, "error", g.source[2].variance);
    plx_json_number(json, "erho2", plx_gstudy_reliability(&g, PLX_GSTUDY_RELATIVE, judges));
    plx_json_number(json, "phi", plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, judges));
    plx_json_number(json, "aim", aim);
    plx_json_number(json, "judges_for_erho2", ceil(ranks));
    plx_json_number(json, "judges_for_phi", ceil(levels));
    plx_json_end_object(json);
}

static gboolean run_icc(plx_app *app, const plx_invocation *invocation, GError **error)
{
    static const char *const forms[] = {"1,1", "2,1", "3,1", "1,k", "2,k", "3,k"};
    struct table t = {0};
    double level = 0;
    double aim = 0;
    if (!plx_calc_read_level(invocation, &level, error) ||
        !plx_calc_read_aim(invocation, &aim, error) || !read_table(invocation, &t, error))
        return FALSE;
    const struct plx_icc r = plx_icc(t.value, t.rows, t.k, level);
    g_autoptr(plx_json) json = plx_calc_begin(app, "icc");
    plx_json_integer(json, "targets", (gint64)r.targets);
    plx_json_integer(json, "judges", (gint64)r.judges);
    plx_json_number(json, "ms_between", r.between);
    plx_json_number(json, "ms_within", r.within);
    plx_json_number(json, "ms_judges", r.judge);
    plx_json_number(json, "ms_error", r.error);
    plx_json_number(json, "level", level);
    plx_json_begin_array(json, "icc");
    for (guint f = 0; f < PLX_ICC_FORMS; f++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "form", forms[f]);
        plx_json_number(json, "icc", r.icc[f]);
        plx_calc_write_interval(json, "ci", r.ci[f]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    write_gstudy(json, &r, aim);
    plx_calc_end(app, json);
    clear_table(&t);
    return TRUE;
}

static gboolean check_counts(const struct table *t, GError **error)
{
    for (gsize i = 0; i < t->rows * t->k; i++) {
        const char *column = plx_calc_columns_name(t->columns, i % t->k);
        const struct plx_loc loc = {plx_calc_columns_path(t->columns),
                                    plx_calc_columns_line(t->columns, i / t->k), 0};
        if (isnan(t->value[i]))
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "no count in column '%s'; expected 0 or more", column);
        if (t->value[i] < 0)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "%g in column '%s' is not a count; expected 0 or more", t->value[i],
                                column);
    }
    return TRUE;
}

/* Of the table or, with --raters, of many who judged the same. */
static gboolean check_table(const struct table *t, gboolean raters, GError **error)
{
    if (!check_counts(t, error))
        return FALSE;
    return raters || t->rows == t->k ||
           plx_error(error, PLX_ERROR_INPUT,
                     "%s: %" G_GSIZE_FORMAT " rows and %" G_GSIZE_FORMAT
                     " columns; expected a square table, or --raters",
                     plx_calc_columns_path(t->columns), t->rows, t->k);
}

static void write_kappa(plx_app *app, const struct plx_kappa *r, const char *weights, double level)
{
    g_autoptr(plx_json) json = plx_calc_begin(app, "kappa");
    if (weights)
        plx_json_string(json, "weights", weights);
    plx_json_number(json, "n", r->n);
    plx_json_number(json, "observed", r->observed);
    plx_json_number(json, "expected", r->expected);
    plx_json_number(json, "kappa", r->kappa);
    plx_json_number(json, "se", r->se);
    plx_json_number(json, "z", r->z);
    if (weights) {
        plx_json_number(json, "level", level);
        plx_calc_write_interval(json, "ci", r->ci);
    }
    plx_calc_end(app, json);
}

static gboolean run_kappa(plx_app *app, const plx_invocation *invocation, GError **error)
{
    static const char *const words[] = {"none", "linear", "quadratic", NULL};
    const gboolean raters = plx_invocation_has(invocation, PLX_OPTION_RATERS);
    const guint weights = plx_calc_choice(invocation, PLX_OPTION_WEIGHTS, words);
    struct table t = {0};
    double level = 0;
    if (raters && plx_invocation_has(invocation, PLX_OPTION_WEIGHTS))
        return plx_error(error, PLX_ERROR_USAGE, "--raters and --weights do not go together");
    if (!plx_calc_read_level(invocation, &level, error) || !read_table(invocation, &t, error))
        return FALSE;
    const gboolean ok = check_table(&t, raters, error);
    if (ok) {
        const struct plx_kappa r = raters ? plx_kappa_fleiss(t.value, t.rows, t.k)
                                          : plx_kappa_cohen(t.value, t.k, weights, level);
        write_kappa(app, &r, raters ? NULL : words[weights], level);
    }
    clear_table(&t);
    return ok;
}

static const enum plx_option_id alpha_options[] = {
    PLX_OPTION_SCALE, PLX_OPTION_LEVEL, PLX_OPTION_REPLICATES, PLX_OPTION_SEED, PLX_OPTION_END};
static const enum plx_option_id icc_options[] = {PLX_OPTION_LEVEL, PLX_OPTION_AIM, PLX_OPTION_END};
static const enum plx_option_id kappa_options[] = {PLX_OPTION_WEIGHTS, PLX_OPTION_RATERS,
                                                   PLX_OPTION_LEVEL, PLX_OPTION_END};

static const struct plx_example alpha_examples[] = {
    {"calc alpha --scale ordinal visits.csv --replicates 1000",
     "observers by units, with interval"},
    {0},
};
static const struct plx_example icc_examples[] = {
    {"calc icc visits.csv", "targets by judges"},
    {0},
};
static const struct plx_example kappa_examples[] = {
    {"calc kappa --weights linear table.csv", "two raters: how often which pair of answers"},
    {"calc kappa --raters counts.csv", "several raters: subjects by categories"},
    {0},
};

const struct plx_command plx_commands_calc_agree[] = {
    {.name = "calc",
     .verb = "alpha",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Krippendorff's alpha, agreement of observers",
     .details = "Rows are observers, columns units; an empty cell is missing.\n\n"
                "Estimator: 1 - observed / expected disagreement; with --replicates \"ci\", by "
                "resampling whole units.\n\n"
                "Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.\n\n"
                "Assumptions: observers are interchangeable, units independent; --scale says what "
                "differences mean.",
     .options = alpha_options,
     .examples = alpha_examples,
     .run = run_alpha},
    {.name = "calc",
     .verb = "icc",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Intraclass correlations, and how many judges it takes",
     .details =
         "Rows are targets, columns judges; rows with an empty cell are left out.\n\n"
         "Estimator: the six forms from mean squares, with F intervals; \"gstudy\": variance "
         "of targets, judges and the rest (none below 0), reliability of ranks (erho2) and of "
         "levels (phi), and the judges it takes to bring them to --aim.\n\n"
         "Source: Shrout and Fleiss (1979), Psychological Bulletin 86; Brennan (2001), "
         "Generalizability Theory.\n\n"
         "Assumptions: normal, independent effects; levels taken as equally far apart.",
     .options = icc_options,
     .examples = icc_examples,
     .run = run_icc},
    {.name = "calc",
     .verb = "kappa",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Kappa, agreement of raters on categories",
     .details =
         "A square table of counts: how often the first rater said the row and the second "
         "the column. With --raters: rows are subjects, columns how many raters chose each "
         "category, as many for every subject (else null).\n\n"
         "Estimator: agreement beyond chance, weighted by distance with --weights; \"z\" is "
         "against kappa 0.\n\n"
         "Source: Cohen (1968), Psychological Bulletin 70; Fleiss, Cohen and Everitt (1969), "
         "same journal 72; for --raters Fleiss (1971) 76, and Fleiss, Nee and Landis (1979) "
         "86.\n\n"
         "Assumptions: independent subjects, enough of them for normal intervals.",
     .options = kappa_options,
     .examples = kappa_examples,
     .run = run_kappa},
    {0},
};
