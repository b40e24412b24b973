/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc rake: weights that bring answers to known margins. */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/rake.h"
#include "voice/margins.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-12
#define ROUNDS 1000
/* Two lists of targets are of the same people. */
#define SAME_SUM 1e-9

/* What all forms have in common; owns what the task borrows. */
struct work {
    plx_calc_columns *columns;
    double *count;
    double *start;
    guint *category; /* margins x cells */
    struct plx_rake_margin *margin;
    double *weight;
    struct plx_rake_task task;
};

static void work_clear(struct work *w)
{
    plx_calc_columns_free(w->columns);
    g_free(w->count);
    g_free(w->start);
    g_free(w->category);
    g_free(w->margin);
    g_free(w->weight);
}

static gboolean read_trim(const plx_invocation *invocation, struct plx_rake_task *task,
                          GError **error)
{
    const char *text = plx_invocation_string(invocation, PLX_OPTION_TRIM);
    task->low = 0;
    task->high = PLX_INFINITY;
    if (!text)
        return TRUE;
    const char *comma = strchrnul(text, ',');
    if (*comma == '\0' || !plx_number_parse(text, (gsize)(comma - text), &task->low) ||
        !plx_number_parse(comma + 1, strlen(comma + 1), &task->high) || task->low < 0 ||
        !(task->low < 1) || !(task->high > 1))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--trim %s: expected two numbers, one from 0 to below 1 and one above 1, "
                         "like .3,3",
                         text);
    return TRUE;
}

static void prepare(struct work *w, gsize cells, guint margins)
{
    w->category = g_new0(guint, cells * margins + 1);
    w->margin = g_new0(struct plx_rake_margin, margins + 1);
    w->weight = g_new0(double, cells + 1);
    w->task.cells = cells;
    w->task.count = w->count;
    w->task.start = w->start;
    w->task.margin = w->margin;
    w->task.margins = margins;
    w->task.tolerance = TOLERANCE;
    w->task.rounds = ROUNDS;
    for (guint m = 0; m < margins; m++)
        w->margin[m].category = w->category + m * cells;
}

/* "row 2", or "'Graz' of 'place'"; where it is asked for. */
struct named {
    char *what;
    struct plx_loc loc;
};

static gboolean explain(const struct work *w, const struct plx_rake *r, struct named at,
                        GError **error)
{
    g_autofree char *what = at.what;
    const struct plx_rake_margin *m = &w->margin[r->margin];
    double sum = 0;
    for (guint c = 0; c < m->k; c++)
        sum += m->target[c];
    const double share = m->target[r->category] / sum;
    if (r->code == PLX_RAKE_EMPTY)
        return plx_error_at(error, PLX_ERROR_INPUT, &at.loc,
                            "%s is to be %.4g of all, and nobody is in it; expected at least one, "
                            "or a target of 0",
                            what, share);
    if (r->code == PLX_RAKE_BOUNDS)
        return plx_error_at(error, PLX_ERROR_INPUT, &at.loc,
                            "%s is to be %.4g of all; with weights of %g to %g times their mean it "
                            "can be %.4g to %.4g; expected a wider --trim, or values joined",
                            what, share, w->task.low, w->task.high, r->least, MIN(1, r->most));
    return plx_error_at(error, PLX_ERROR_INPUT, &at.loc,
                        "no weights%s meet all margins: after %u rounds %s is off by %.4g of all",
                        isfinite(w->task.high) ? " within --trim" : "", r->rounds, what, r->off);
}

static plx_json *begin(plx_app *app, const struct work *w, const struct plx_rake *r)
{
    double least = PLX_INFINITY;
    double most = 0;
    for (gsize i = 0; i < w->task.cells; i++)
        if (w->weight[i] > 0) {
            least = MIN(least, w->weight[i]);
            most = MAX(most, w->weight[i]);
        }
    const double mean = w->task.total / r->n;
    plx_json *json = plx_calc_begin(app, "rake");
    plx_json_number(json, "n", r->n);
    plx_json_number(json, "total", w->task.total);
    plx_json_integer(json, "rounds", r->rounds);
    plx_json_number(json, "trimmed", r->trimmed);
    plx_json_numbers(json, "weights_from_to", (const double[]){least / mean, most / mean}, 2);
    plx_json_number(json, "n_eff", r->n_eff);
    plx_json_number(json, "deff", r->deff);
    return json;
}

/* Numbers that must be 0 or more; FILE:LINE where they are not. */
static gboolean check_numbers(const plx_calc_columns *columns, const double *value, gsize rows,
                              gsize k, const char *what, GError **error)
{
    for (gsize i = 0; i < rows * k; i++)
        if (!(value[i] >= 0))
            return plx_error_at(error, PLX_ERROR_INPUT,
                                &(struct plx_loc){plx_calc_columns_path(columns),
                                                  plx_calc_columns_line(columns, i / k), 0},
                                isnan(value[i]) ? "no %s in this row; expected 0 or more"
                                                : "a %s below 0; expected 0 or more",
                                what);
    return TRUE;
}

static double sum_of(const GArray *values)
{
    double sum = 0;
    for (guint i = 0; i < values->len; i++)
        sum += g_array_index(values, double, i);
    return sum;
}

static gboolean check_targets(const GArray *rows, const GArray *cols, gsize n, gsize k,
                              const char *path, GError **error)
{
    const double a = sum_of(rows);
    const double b = sum_of(cols);
    if (rows->len != n || cols->len != k)
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: %" G_GSIZE_FORMAT " rows and %" G_GSIZE_FORMAT
                         " columns; --rows has %u numbers and --cols %u",
                         path, n, k, rows->len, cols->len);
    if (fabs(a - b) > SAME_SUM * a)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--rows sums to %.12g and --cols to %.12g; expected the same", a, b);
    return TRUE;
}

static gboolean run_table(plx_app *app, const char *path, const GArray *rows, const GArray *cols,
                          struct work *w, GError **error)
{
    gsize k = 0;
    w->columns = plx_calc_columns_read(path, error);
    w->count = w->columns ? plx_calc_columns_table(w->columns, &k, error) : NULL;
    if (!w->count)
        return FALSE;
    const gsize n = plx_calc_columns_rows(w->columns);
    if (!check_numbers(w->columns, w->count, n, k, "count", error) ||
        !check_targets(rows, cols, n, k, path, error))
        return FALSE;
    prepare(w, n * k, 2);
    for (gsize i = 0; i < n * k; i++) {
        w->category[i] = (guint)(i / k);
        w->category[n * k + i] = (guint)(i % k);
    }
    w->margin[0].k = rows->len;
    w->margin[0].target = (const double *)(const void *)rows->data;
    w->margin[1].k = cols->len;
    w->margin[1].target = (const double *)(const void *)cols->data;
    w->task.total = sum_of(rows);
    const struct plx_rake r = plx_rake(&w->task, w->weight);
    if (r.code != PLX_RAKE_DONE)
        return explain(w, &r,
                       (struct named){g_strdup_printf("%s %u", r.margin == 0 ? "row" : "column",
                                                      r.category + 1),
                                      {path, 0, 0}},
                       error);
    g_autoptr(plx_json) json = begin(app, w, &r);
    for (gsize i = 0; i < n * k; i++)
        w->count[i] *= w->weight[i];
    plx_json_begin_array(json, "fitted");
    for (gsize i = 0; i < n; i++)
        plx_json_numbers(json, NULL, w->count + i * k, k);
    plx_json_end_array(json);
    plx_calc_end(app, json);
    return TRUE;
}

/* A column of an option, 0 or more; NULL in *out when it was not given. */
static gboolean read_optional(const plx_invocation *invocation, enum plx_option_id id,
                              const plx_calc_columns *columns, double **out, GError **error)
{
    const char *name = plx_invocation_string(invocation, id);
    const gsize n = plx_calc_columns_rows(columns);
    if (!name)
        return TRUE;
    g_autofree double *value = g_new(double, n + 1);
    if (!plx_calc_columns_numbers(columns, name, value, error) ||
        !check_numbers(columns, value, n, 1, name, error))
        return FALSE;
    *out = g_steal_pointer(&value);
    return TRUE;
}

/* Which value of a margin each row has. */
static gboolean read_category(const plx_calc_columns *columns, const plx_margins *margins,
                              const struct plx_margin *margin, guint *category, GError **error)
{
    g_autofree const char **cell = plx_calc_columns_texts(columns, margin->key, error);
    if (!cell) {
        g_prefix_error(error, "%s:%" G_GUINT64_FORMAT ": ", plx_margins_name(margins),
                       margin->line);
        return FALSE;
    }
    for (gsize i = 0; i < plx_calc_columns_rows(columns); i++) {
        const gint found = plx_margin_find(margin, cell[i]);
        if (found < 0)
            return plx_error_at(error, PLX_ERROR_INPUT,
                                &(struct plx_loc){plx_calc_columns_path(columns),
                                                  plx_calc_columns_line(columns, i), 0},
                                "'%s' in column '%s' is not in %s; expected one of its %u values",
                                cell[i], margin->key, plx_margins_name(margins), margin->n);
        category[i] = (guint)found;
    }
    return TRUE;
}

static double part(const struct work *w, const struct plx_rake_margin *m, guint c, gboolean after)
{
    double sum = 0;
    double in = 0;
    for (gsize i = 0; i < w->task.cells; i++) {
        const double weight = after ? w->weight[i] : w->start ? w->start[i] : 1;
        const double people = weight * (w->count ? w->count[i] : 1);
        sum += people;
        in += m->category[i] == c ? people : 0;
    }
    return in / sum;
}

static void write_cells(plx_app *app, const struct work *w, const plx_margins *margins,
                        const struct plx_rake *r)
{
    g_autoptr(plx_json) json = begin(app, w, r);
    plx_json_begin_array(json, "margins");
    for (guint m = 0; m < w->task.margins; m++) {
        const struct plx_margin *margin = plx_margins_get(margins, m);
        for (guint c = 0; c < margin->n; c++) {
            plx_json_begin_object(json, NULL);
            plx_json_string(json, "key", margin->key);
            plx_json_string(json, "value", margin->value[c]);
            plx_json_number(json, "target", margin->share[c]);
            plx_json_number(json, "before", part(w, &w->margin[m], c, FALSE));
            plx_json_number(json, "after", part(w, &w->margin[m], c, TRUE));
            plx_json_end_object(json);
        }
    }
    plx_json_end_array(json);
    plx_json_numbers(json, "weights", w->weight, w->task.cells);
    plx_calc_end(app, json);
}

static gboolean run_cells(plx_app *app, const plx_invocation *invocation,
                          const plx_margins *margins, struct work *w, GError **error)
{
    w->columns = plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!w->columns ||
        !read_optional(invocation, PLX_OPTION_WEIGHT_COLUMN, w->columns, &w->count, error) ||
        !read_optional(invocation, PLX_OPTION_WEIGHT, w->columns, &w->start, error))
        return FALSE;
    const gsize cells = plx_calc_columns_rows(w->columns);
    prepare(w, cells, plx_margins_count(margins));
    for (gsize i = 0; i < cells; i++)
        w->task.total += w->count ? w->count[i] : 1;
    if (!(w->task.total > 0))
        return plx_error_at(error, PLX_ERROR_INPUT,
                            &(struct plx_loc){plx_calc_columns_path(w->columns), 0, 0},
                            "all counts are 0; expected at least one above");
    for (guint m = 0; m < w->task.margins; m++) {
        const struct plx_margin *margin = plx_margins_get(margins, m);
        w->margin[m].k = margin->n;
        w->margin[m].target = margin->share;
        if (!read_category(w->columns, margins, margin, w->category + m * cells, error))
            return FALSE;
    }
    const struct plx_rake r = plx_rake(&w->task, w->weight);
    if (r.code != PLX_RAKE_DONE) {
        const struct plx_margin *margin = plx_margins_get(margins, r.margin);
        const struct named at = {
            g_strdup_printf("'%s' of '%s'", margin->value[r.category], margin->key),
            {plx_margins_name(margins), margin->line_of[r.category], 0}};
        return explain(w, &r, at, error);
    }
    write_cells(app, w, margins, &r);
    return TRUE;
}

static gboolean run_rake(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *file = plx_invocation_string(invocation, PLX_OPTION_WEIGHTS_FILE);
    const char *rows_text = plx_invocation_string(invocation, PLX_OPTION_ROWS);
    const char *cols_text = plx_invocation_string(invocation, PLX_OPTION_COLS);
    g_autoptr(plx_margins) margins = NULL;
    g_autoptr(GArray) rows = NULL;
    g_autoptr(GArray) cols = NULL;
    struct work w = {0};
    if (file ? rows_text || cols_text : !rows_text || !cols_text)
        return plx_error(error, PLX_ERROR_USAGE,
                         "'calc rake' needs either --weights FILE, or --rows and --cols");
    if (!file && (plx_invocation_has(invocation, PLX_OPTION_WEIGHT) ||
                  plx_invocation_has(invocation, PLX_OPTION_WEIGHT_COLUMN)))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--count and --weight name columns beside --weights FILE; with --rows and "
                         "--cols the whole file is a table");
    if (!read_trim(invocation, &w.task, error) ||
        (!file && (!plx_calc_read_weights(rows_text, &rows, error) ||
                   !plx_calc_read_weights(cols_text, &cols, error))))
        return FALSE;
    margins = file ? plx_margins_read(file, PLX_MARGINS_ANY, error) : NULL;
    if (file && !margins)
        return FALSE;
    const gboolean ok =
        margins ? run_cells(app, invocation, margins, &w, error)
                : run_table(app, plx_invocation_argument(invocation, 0), rows, cols, &w, error);
    work_clear(&w);
    return ok;
}

static const enum plx_option_id rake_options[] = {
    PLX_OPTION_WEIGHTS_FILE, PLX_OPTION_WEIGHT_COLUMN, PLX_OPTION_WEIGHT, PLX_OPTION_ROWS,
    PLX_OPTION_COLS,         PLX_OPTION_TRIM,          PLX_OPTION_END};

static const struct plx_example rake_examples[] = {
    {"calc rake answers.csv --weights margins.csv --trim .3,3", "rows with columns as the keys"},
    {"calc rake cells.csv --weights margins.csv --count n", "cells, each of n people"},
    {"calc rake table.csv --rows 150,300,400,150 --cols 200,300,400,100", "a table of two margins"},
    {0},
};

const struct plx_command plx_commands_calc_rake[] = {
    {.name = "calc",
     .verb = "rake",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Weights that bring answers to known margins",
     .details =
         "With --weights MARGINS: FILE has a column for each key of the margins, each row is one "
         "person or --count of them; \"weights\" is one per row, 1 on average. MARGINS is CSV "
         "with the columns key, value and share (or count): place,Graz,0.4. Shares of a key sum to "
         "1; an empty value is those who have none. With --rows and --cols: FILE is a table of "
         "counts, and \"fitted\" is that table with the sums asked for.\n\n"
         "Estimator: iterative proportional fitting until all margins hold to 1e-12 of the total; "
         "with --trim, margins and bounds at once. \"deff\" and \"n_eff\": what unequal weights "
         "cost.\n\n"
         "Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11; for --trim "
         "Deville and S\303\244rndal (1992), Journal of the American Statistical Association 87; "
         "Kish (1965), Survey Sampling.\n\n"
         "Assumptions: those who answered are like those of the same cell who did not; margins are "
         "known without error.",
     .options = rake_options,
     .examples = rake_examples,
     .run = run_rake},
    {0},
};
