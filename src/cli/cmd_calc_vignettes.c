/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc vignettes: do two groups mean the same by a level? */
#include "base/error.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/vignettes.h"

#include <math.h>
#include <string.h>

#define CODE_ORDERS "vignettes_order"
#define CODE_NOT "vignettes_do_not_order"

/* Rows without a gap. Groups are codes in byte order of their names; without --group one. */
struct cases {
    plx_calc_columns *columns;
    double *y;
    double *z;          /* j beside each y */
    double *code;       /* of the group */
    const char **label; /* by row as read; NULL: no groups */
    const char **name;  /* by code; NULL where nobody is in it */
    gsize n;
    guint j;
};

static void clear_cases(struct cases *c)
{
    plx_calc_columns_free(c->columns);
    g_free(c->y);
    g_free(c->z);
    g_free(c->code);
    g_free(c->label);
    g_free(c->name);
}

/* Moves rows without a gap to the front; `vignettes`: column behind column. */
static void compact(struct cases *c, const double *vignettes, gsize rows)
{
    for (gsize i = 0; i < rows; i++) {
        gboolean whole = !isnan(c->y[i]) && !isnan(c->code[i]);
        for (guint k = 0; k < c->j; k++)
            whole = whole && !isnan(vignettes[k * rows + i]);
        if (!whole)
            continue;
        for (guint k = 0; k < c->j; k++)
            c->z[c->n * c->j + k] = vignettes[k * rows + i];
        c->y[c->n] = c->y[i];
        c->code[c->n] = c->code[i];
        c->name[(gsize)c->code[i]] = c->label ? c->label[i] : "";
        c->n++;
    }
}

static gboolean read_groups(const plx_invocation *invocation, struct cases *c, GError **error)
{
    const char *group = plx_invocation_string(invocation, PLX_OPTION_GROUP);
    const gsize rows = plx_calc_columns_rows(c->columns);
    c->code = g_new0(double, rows + 1);
    c->name = g_new0(const char *, rows + 1);
    if (!group)
        return TRUE;
    c->label = plx_calc_columns_texts(c->columns, group, error);
    return c->label && plx_calc_columns_codes(c->columns, group, c->code, error);
}

static gboolean read_cases(const plx_invocation *invocation, struct cases *c, GError **error)
{
    const char *y = NULL;
    const char *const *x = NULL;
    if (!plx_calc_required(invocation, PLX_OPTION_Y, &y, error) ||
        !plx_calc_required_list(invocation, PLX_OPTION_X, &x, error))
        return FALSE;
    c->j = plx_calc_count(x);
    if (c->j > PLX_VIGNETTES_MAX)
        return plx_error(error, PLX_ERROR_USAGE, "--x: %u vignettes; expected at most %d", c->j,
                         PLX_VIGNETTES_MAX);
    c->columns = plx_calc_columns_read(plx_invocation_argument(invocation, 0), error);
    if (!c->columns || !read_groups(invocation, c, error))
        return FALSE;
    const gsize rows = plx_calc_columns_rows(c->columns);
    g_autofree double *vignettes = plx_calc_columns_all(c->columns, x, error);
    c->y = g_new(double, rows + 1);
    c->z = g_new(double, rows * c->j + 1);
    if (!vignettes || !plx_calc_columns_numbers(c->columns, y, c->y, error))
        return FALSE;
    compact(c, vignettes, rows);
    return c->n > 0 || plx_error_at(error, PLX_ERROR_INPUT,
                                    &(struct plx_loc){plx_calc_columns_path(c->columns), 0, 0},
                                    "no row in which all of them were rated");
}

/* The rows of one group. */
struct group {
    double *y;
    double *z;
    gsize n;
};

static struct group group_of(const struct cases *c, gsize code)
{
    struct group g = {g_new(double, c->n + 1), g_new(double, c->n * c->j + 1), 0};
    for (gsize i = 0; i < c->n; i++)
        if (c->code[i] == (double)code) {
            memcpy(g.z + g.n * c->j, c->z + i * c->j, c->j * sizeof *g.z);
            g.y[g.n++] = c->y[i];
        }
    return g;
}

static void group_clear(struct group *g)
{
    g_free(g->y);
    g_free(g->z);
}

static void write_group(plx_json *json, const char *name, const struct group *g, guint j)
{
    double share[2 * PLX_VIGNETTES_MAX + 1];
    const struct plx_vignettes r = plx_vignettes(g->y, g->z, g->n, j, share);
    const double n = (double)r.n;
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "group", name);
    plx_json_integer(json, "n", (gint64)r.n);
    plx_json_string(json, "code", r.orders ? CODE_ORDERS : CODE_NOT);
    plx_json_number(json, "tied", (double)r.tied / n);
    plx_json_number(json, "misordered", (double)r.misordered / n);
    plx_json_number(json, "ranges", (double)r.ranges / n);
    plx_json_number(json, "mean", r.raw);
    plx_json_number(json, "c_mean", r.mean);
    plx_calc_write_interval(json, "c_mean_bounds", (struct plx_interval){r.mean_lo, r.mean_hi});
    plx_json_numbers(json, "c", share, 2 * j + 1);
    plx_json_end_object(json);
}

static void write_difference(plx_json *json, const struct cases *c, gsize a, gsize b, double level)
{
    struct group ga = group_of(c, a);
    struct group gb = group_of(c, b);
    const struct plx_vignette_difference d =
        plx_vignette_difference(ga.y, ga.z, ga.n, gb.y, gb.z, gb.n, c->j, level);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "a", c->name[a]);
    plx_json_string(json, "b", c->name[b]);
    plx_json_string(json, "code", isnan(d.corrected) ? CODE_NOT : CODE_ORDERS);
    plx_json_number(json, "raw", d.raw);
    plx_calc_write_interval(json, "raw_ci", d.raw_ci);
    plx_json_number(json, "raw_p_hat", d.raw_p);
    plx_calc_write_interval(json, "raw_p_hat_ci", d.raw_p_ci);
    plx_json_number(json, "corrected", d.corrected);
    plx_calc_write_interval(json, "corrected_ci", d.corrected_ci);
    plx_calc_write_interval(json, "corrected_bounds", d.corrected_bounds);
    plx_json_number(json, "corrected_p_hat", d.corrected_p);
    plx_calc_write_interval(json, "corrected_p_hat_ci", d.corrected_p_ci);
    plx_json_end_object(json);
    group_clear(&ga);
    group_clear(&gb);
}

static void write_cases(plx_json *json, const struct cases *c)
{
    plx_json_begin_array(json, "cases");
    for (gsize i = 0; i < c->n; i++) {
        const struct plx_vignette_range r = plx_vignette_range(c->y[i], c->z + i * c->j, c->j);
        plx_json_numbers(json, NULL, (const double[]){r.lo, r.hi}, 2);
    }
    plx_json_end_array(json);
}

static void write_all(plx_app *app, const struct cases *c, double level)
{
    const gsize codes = plx_calc_columns_rows(c->columns);
    g_autoptr(plx_json) json = plx_calc_begin(app, "vignettes");
    plx_json_integer(json, "n", (gint64)c->n);
    plx_json_integer(json, "vignettes", c->j);
    plx_json_string(json, "rule", "uniform");
    plx_json_number(json, "level", level);
    plx_json_begin_array(json, "groups");
    for (gsize a = 0; a < codes; a++)
        if (c->name[a]) {
            struct group g = group_of(c, a);
            write_group(json, c->label ? c->name[a] : NULL, &g, c->j);
            group_clear(&g);
        }
    plx_json_end_array(json);
    plx_json_begin_array(json, "differences");
    for (gsize a = 0; a < codes; a++)
        for (gsize b = a + 1; c->name[a] && b < codes; b++)
            if (c->name[b])
                write_difference(json, c, a, b, level);
    plx_json_end_array(json);
    write_cases(json, c);
    plx_calc_end(app, json);
}

static gboolean run_vignettes(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct cases c = {0};
    double level = 0;
    const gboolean ok =
        plx_calc_read_level(invocation, &level, error) && read_cases(invocation, &c, error);
    if (ok)
        write_all(app, &c, level);
    clear_cases(&c);
    return ok;
}

static const enum plx_option_id vignettes_options[] = {PLX_OPTION_Y, PLX_OPTION_X, PLX_OPTION_GROUP,
                                                       PLX_OPTION_LEVEL, PLX_OPTION_END};

static const struct plx_example vignettes_examples[] = {
    {"calc vignettes answers.csv --y own --x low,high --group audience",
     "own answers beside two described ones"},
    {0},
};

const struct plx_command plx_commands_calc_vignettes[] = {
    {.name = "calc",
     .verb = "vignettes",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Own ratings, told by ratings of described moments",
     .details =
         "--y is the own rating, --x those of the same described moments (vignettes), the lowest "
         "first; rows with a gap are left out.\n\n"
         "Estimator: C, from 1 (below the first vignette) over 2 (as the first), 3 (between) to "
         "2J + 1 (above the last), with a range where vignettes tie or stand in the wrong order "
         "(\"cases\"); its distribution by --group with ranges spread evenly (\"rule\": "
         "\"uniform\"); differences of groups, raw in levels and corrected in steps of C, with "
         "Welch's interval and (\"corrected_bounds\") what ranges leave open; p_hat compares the "
         "two. Where not more than half of a group put two neighbours in order the code is "
         "\"vignettes_do_not_order\" and nothing is corrected.\n\n"
         "Source: King and Wand (2007), Political Analysis 15.\n\n"
         "Assumptions: all understand the vignettes alike, and rate them as they rate themselves.",
     .options = vignettes_options,
     .examples = vignettes_examples,
     .run = run_vignettes},
    {0},
};
