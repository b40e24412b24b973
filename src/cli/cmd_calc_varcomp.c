/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc varcomp: how much of the variation lies between places, shoppers, days, and within. */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_factors.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/cmd_calc_regression.h"
#include "cli/command.h"
#include "stats/doubles.h"
#include "stats/gstudy.h"
#include "stats/varcomp.h"

#include <math.h>
#include <stdlib.h>

enum { REML, ML, ANOVA };
static const char *const methods[] = {"reml", "ml", "anova", NULL};

static struct plx_varcomp_data data_of(const struct plx_calc_factors *f)
{
    struct plx_varcomp_data data = {.y = f->y, .n = f->n, .k = f->k};
    for (guint j = 0; j < f->k; j++) {
        data.code[j] = f->factor[j].code;
        data.levels[j] = f->factor[j].levels;
    }
    return data;
}

static gboolean check(const struct plx_calc_factors *f, const struct plx_varcomp_data *data,
                      GError **error)
{
    guint which = 0;
    guint other = 0;
    const enum plx_varcomp_fault fault = plx_varcomp_check(data, &which, &other);
    const char *name = f->factor[which].name;
    switch (fault) {
    case PLX_VARCOMP_WELL:
        break;
    case PLX_VARCOMP_ONE_LEVEL:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: column '%s' is '%s' in all rows; a variance needs at least two",
                         f->path, name, f->factor[which].label[0]);
    case PLX_VARCOMP_EACH_ROW:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: column '%s' is another in each row: what it varies is the residual; "
                         "leave it out",
                         f->path, name);
    case PLX_VARCOMP_ALIKE:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: columns '%s' and '%s' put the same rows together; keep one of them",
                         f->path, f->factor[other].name, name);
    case PLX_VARCOMP_TOO_WIDE:
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: more than %d levels beside those of the column with most; this "
                         "would take too long",
                         f->path, PLX_VARCOMP_WIDE);
    }
    return TRUE;
}

/* Of a variance; a standard deviation is its root. */
static void write_component(plx_json *json, const struct plx_component *c, double total)
{
    plx_json_number(json, "variance", c->variance);
    plx_json_number(json, "sd", sqrt(c->variance));
    plx_json_number(json, "share", c->variance / total);
    plx_json_number(json, "se", c->se);
    plx_calc_write_interval(json, "ci", c->ci);
    plx_calc_write_interval(json, "ci_sd", (struct plx_interval){sqrt(c->ci.lo), sqrt(c->ci.hi)});
    plx_json_boolean(json, "boundary", c->boundary);
}

static void write_components(plx_json *json, const struct plx_calc_factors *f,
                             const struct plx_varcomp *r)
{
    double total = r->residual.variance;
    for (guint j = 0; j < f->k; j++)
        total += r->component[j].variance;
    plx_json_begin_array(json, "components");
    for (guint j = 0; j < f->k; j++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "name", f->factor[j].name);
        plx_json_integer(json, "levels", (gint64)f->factor[j].levels);
        write_component(json, &r->component[j], total);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_begin_object(json, "residual");
    write_component(json, &r->residual, total);
    plx_json_end_object(json);
}

static void write_effects(plx_json *json, const struct plx_calc_factors *f, double *const *effect)
{
    plx_json_begin_array(json, "effects");
    for (guint j = 0; j < f->k; j++)
        for (gsize l = 0; l < f->factor[j].levels; l++) {
            plx_json_begin_object(json, NULL);
            plx_json_string(json, "name", f->factor[j].name);
            plx_json_string(json, "level", f->factor[j].label[l]);
            plx_json_number(json, "n", f->factor[j].rows[l]);
            plx_json_number(json, "effect", effect[j][l]);
            plx_json_end_object(json);
        }
    plx_json_end_array(json);
}

static void write_fit(plx_app *app, const struct plx_calc_factors *f, const struct plx_varcomp *r,
                      guint method, double level, double *const *effect)
{
    g_autoptr(plx_json) json = plx_calc_begin(app, "varcomp");
    plx_json_string(json, "estimator", methods[method]);
    plx_json_boolean(json, "reml", method == REML);
    plx_json_integer(json, "n", (gint64)f->n);
    plx_json_integer(json, "left_out", (gint64)f->dropped);
    plx_json_number(json, "level", level);
    write_components(json, f, r);
    plx_json_number(json, "mean", r->mean);
    plx_json_number(json, "mean_se", r->mean_se);
    plx_json_number(json, "log_likelihood", r->log_likelihood);
    plx_json_boolean(json, "converged", r->converged);
    if (effect)
        write_effects(json, f, effect);
    plx_calc_end(app, json);
}

static double mean_of(const double *y, gsize n)
{
    g_autofree double *sorted = g_memdup2(y, n * sizeof *y);
    double sum = 0;
    qsort(sorted, n, sizeof *sorted, plx_doubles_compare);
    for (gsize i = 0; i < n; i++)
        sum += sorted[i];
    return sum / (double)n;
}

/* One factor, or two in a full table. */
static gboolean fit_anova(const struct plx_calc_factors *f, struct plx_varcomp *r, GError **error)
{
    const struct plx_gstudy_data data = {.y = f->y,
                                         .n = f->n,
                                         .target = f->factor[0].code,
                                         .targets = f->factor[0].levels,
                                         .facets = f->k - 1,
                                         .facet = {f->factor[1].code},
                                         .levels = {f->factor[1].levels}};
    struct plx_gstudy g;
    guint which = 0;
    if (f->k > 2 || plx_gstudy_anova(&data, &g, &which) != PLX_GSTUDY_WELL)
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: ANOVA takes one column of groups, or two of which each pair has one "
                         "row; use --method reml",
                         f->path);
    *r = (struct plx_varcomp){
        .mean = mean_of(f->y, f->n), .mean_se = PLX_NAN, .log_likelihood = PLX_NAN};
    r->converged = TRUE;
    for (guint j = 0; j <= f->k; j++) {
        const struct plx_gsource *s = &g.source[j];
        *(j < f->k ? &r->component[j] : &r->residual) =
            (struct plx_component){s->variance, PLX_NAN, s->ci, s->boundary};
    }
    return TRUE;
}

static gboolean fit(plx_app *app, const struct plx_calc_factors *f, guint method, double level,
                    gboolean effects, GError **error)
{
    const struct plx_varcomp_data data = data_of(f);
    struct plx_varcomp r;
    double *effect[PLX_CALC_FACTORS] = {NULL};
    if (!check(f, &data, error))
        return FALSE;
    if (method == ANOVA) {
        if (!fit_anova(f, &r, error))
            return FALSE;
        write_fit(app, f, &r, method, level, NULL);
        return TRUE;
    }
    for (guint j = 0; j < f->k; j++)
        effect[j] = g_new(double, f->factor[j].levels);
    r = plx_varcomp(&data, method == ML, level, effect);
    write_fit(app, f, &r, method, level, effects ? effect : NULL);
    for (guint j = 0; j < f->k; j++)
        g_free(effect[j]);
    return TRUE;
}

static gboolean run_varcomp(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const *names = NULL;
    double level = 0;
    struct plx_calc_factors f = {0};
    const guint method = plx_calc_choice(invocation, PLX_OPTION_METHOD, methods);
    const gboolean effects = plx_invocation_has(invocation, PLX_OPTION_EFFECTS);
    if (effects && method == ANOVA)
        return plx_error(error, PLX_ERROR_USAGE, "--effects goes with --method reml or ml");
    const gboolean ok = plx_calc_required_list(invocation, PLX_OPTION_RANDOM, &names, error) &&
                        plx_calc_read_level(invocation, &level, error) &&
                        plx_calc_factors_read(invocation, names, &f, error) &&
                        fit(app, &f, method, level, effects, error);
    plx_calc_factors_clear(&f);
    return ok;
}

static const enum plx_option_id varcomp_options[] = {PLX_OPTION_Y,       PLX_OPTION_RANDOM,
                                                     PLX_OPTION_METHOD,  PLX_OPTION_LEVEL,
                                                     PLX_OPTION_EFFECTS, PLX_OPTION_END};

static const struct plx_option_help varcomp_help[] = {
    {PLX_OPTION_METHOD, "Which method: reml (default), ml, anova"},
    {PLX_OPTION_LEVEL, "Level of the intervals (default 0.95)"},
    {0},
};

static const struct plx_example varcomp_examples[] = {
    {"calc varcomp visits.csv --y level --random place,shopper",
     "do visits differ by place, or by who went?"},
    {"calc varcomp visits.csv --y level --random place --method anova", "one way, by mean squares"},
    {0},
};

const struct plx_command plx_commands_calc_varcomp[] = {
    {.name = "calc",
     .verb = "varcomp",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "How much varies between groups, and how much within",
     .details = PLX_COLUMNS_HELP PLX_COMPLETE_HELP
     " --random names up to eight columns of groups, crossed or nested, of any size; their "
     "cells are names, also where they are numbers. What is nested needs names of its own "
     "(visit \"1\" of every place is one visit).\n\n"
     "Estimator: a mean and one random effect per column, by restricted maximum likelihood "
     "(--method ml: maximum likelihood; anova: mean squares, of one column or of a full "
     "table of two). \"boundary\": the variance is 0, and the likelihood wants it no higher. "
     "\"ci\" is of the variance, by profile likelihood, from 200 degrees of freedom on by "
     "chi-square; \"ci_sd\" of its root. --effects: what each level is predicted to add, "
     "drawn towards 0 by how little is known of it.\n\n"
     "Source: Patterson and Thompson (1971), Biometrika 58; Gilmour, Thompson and Cullis "
     "(1995), Biometrics 51; Bates, Maechler, Bolker and Walker (2015), Journal of "
     "Statistical Software 67.\n\n"
     "Assumptions: normal, independent effects and residuals; levels of y taken as equally "
     "far apart; groups drawn from many.",
     .options = varcomp_options,
     .option_help = varcomp_help,
     .methods = "reml ml anova",
     .examples = varcomp_examples,
     .run = run_varcomp},
    {0},
};
