/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc frechet: what shares of single moments say about the whole. */
#include "base/error.h"
#include "base/number.h"
#include "cli/cmd_calc_columns.h"
#include "cli/cmd_calc_input.h"
#include "cli/cmd_calc_output.h"
#include "cli/command.h"
#include "stats/frechet.h"

#include <string.h>

/* Shares, and what they are of when they were given as X/N. */
struct shares {
    GArray *p;
    GArray *x;
    GArray *n; /* as long as p, or empty */
};

static void clear_shares(struct shares *s)
{
    g_clear_pointer(&s->p, g_array_unref);
    g_clear_pointer(&s->x, g_array_unref);
    g_clear_pointer(&s->n, g_array_unref);
}

static gboolean read_counted(const plx_invocation *invocation, struct shares *s, GError **error)
{
    for (guint i = 0; i < plx_invocation_n_arguments(invocation); i++) {
        double x = 0;
        double n = 0;
        if (!plx_calc_read_share(plx_invocation_argument(invocation, i), &x, &n, error))
            return FALSE;
        const double p = x / n;
        g_array_append_val(s->x, x);
        g_array_append_val(s->n, n);
        g_array_append_val(s->p, p);
    }
    return TRUE;
}

/* X/N several times, or one list of shares. (A path has a slash too, but is there.) */
static gboolean read_shares(const plx_invocation *invocation, struct shares *s, GError **error)
{
    const char *first = plx_invocation_argument(invocation, 0);
    const gboolean counted = strchr(first, '/') && !g_file_test(first, G_FILE_TEST_EXISTS);
    if (counted || plx_invocation_n_arguments(invocation) > 1)
        return read_counted(invocation, s, error);
    GArray *read = NULL;
    if (!plx_calc_read_plain(first, &read, error))
        return FALSE;
    g_array_unref(s->p);
    s->p = read;
    for (guint i = 0; i < read->len; i++) {
        const double p = g_array_index(read, double, i);
        if (!(p >= 0) || !(p <= 1))
            return plx_error(error, PLX_ERROR_USAGE,
                             "'%s': value %u is not a share; expected numbers from 0 to 1", first,
                             i + 1);
    }
    return TRUE;
}

static gboolean read_joint(const plx_invocation *invocation, double *joint, GError **error)
{
    double value = PLX_NAN;
    if (!plx_calc_optional_number(invocation, PLX_OPTION_JOINT, &value, error))
        return FALSE;
    if (value < 0 || value > 1)
        return plx_error(error, PLX_ERROR_USAGE, "--joint: expected a share from 0 to 1");
    *joint = value;
    return TRUE;
}

static void write_frechet(plx_app *app, const struct shares *s, double level, double joint)
{
    const double *p = (const double *)(const void *)s->p->data;
    const double *x = (const double *)(const void *)s->x->data;
    const double *n = (const double *)(const void *)s->n->data;
    const gsize k = s->p->len;
    const struct plx_frechet r = plx_frechet(p, k);
    g_autoptr(plx_json) json = plx_calc_begin(app, "frechet");
    plx_json_integer(json, "k", (gint64)k);
    plx_json_numbers(json, "shares", p, k);
    plx_calc_write_interval(json, "all", r.all);
    plx_calc_write_interval(json, "at_least_one", r.any);
    if (s->n->len > 0) {
        plx_json_number(json, "level", level);
        plx_calc_write_interval(json, "all_ci", plx_frechet_all_interval(x, n, k, level));
        plx_calc_write_interval(json, "at_least_one_ci", plx_frechet_any_interval(x, n, k, level));
    }
    plx_json_number(json, "all_if_independent", r.independent_all);
    plx_json_number(json, "at_least_one_if_independent", r.independent_any);
    plx_json_number(json, "expected_bad", r.expected_bad);
    plx_calc_write_interval(json, "dependence_from_to", r.dependence);
    plx_json_number(json, "joint", joint);
    plx_json_number(json, "dependence",
                    r.independent_all > 0 ? joint / r.independent_all : PLX_NAN);
    plx_calc_end(app, json);
}

static gboolean run_frechet(plx_app *app, const plx_invocation *invocation, GError **error)
{
    double level = 0;
    double joint = PLX_NAN;
    struct shares s = {g_array_new(FALSE, FALSE, sizeof(double)),
                       g_array_new(FALSE, FALSE, sizeof(double)),
                       g_array_new(FALSE, FALSE, sizeof(double))};
    const gboolean ok = plx_calc_read_level(invocation, &level, error) &&
                        read_joint(invocation, &joint, error) && read_shares(invocation, &s, error);
    if (ok)
        write_frechet(app, &s, level, joint);
    clear_shares(&s);
    return ok;
}

static const enum plx_option_id frechet_options[] = {PLX_OPTION_JOINT, PLX_OPTION_LEVEL,
                                                     PLX_OPTION_END};

static const struct plx_example frechet_examples[] = {
    {"calc frechet .95,.9,.8 --joint .75", "three moments, and for how many all were fine"},
    {"calc frechet 95/100 90/100 80/100", "the same with what the shares are of"},
    {0},
};

const struct plx_command plx_commands_calc_frechet[] = {
    {.name = "calc",
     .verb = "frechet",
     .arguments = "SHARES | X/N...",
     .min_arguments = 1,
     .max_arguments = G_MAXUINT,
     .summary = "For how many all was fine, from single moments",
     .details =
         "SHARES: for which share each moment was fine, a list or a file. Each share must be of "
         "the same people.\n\n"
         "Estimator: the least and the most that \"all\" fine and \"at_least_one\" fine can be, "
         "however the moments hang together; what both would be if they did not; bad moments per "
         "person. With X/N also bounds with sampling error, from Wilson limits at 1 - (1 - level) "
         "/ k of each share. \"dependence\" is --joint over its independence value.\n\n"
         "Source: Boole (1854), An Investigation of the Laws of Thought; Fr\303\251chet (1935), "
         "Fundamenta Mathematicae 25.\n\n"
         "Assumptions: none about dependence. Bounds are no estimate, nor is independence.",
     .options = frechet_options,
     .examples = frechet_examples,
     .run = run_frechet},
    {0},
};
