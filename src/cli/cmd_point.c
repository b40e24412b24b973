/* SPDX-License-Identifier: GPL-3.0-or-later */
/* point: all evidence on one point (docs/readings.md). */
#include "cli/cmd_source.h"
#include "report/gaps_csv.h"
#include "report/point.h"

#include <string.h>

/* The point once more, split: a reading of its own. No split is no error: without places or dates,
 * or where nothing of it may be shown, the point is shown without. */
static gboolean read_split(const plx_cmd_source *source, const plx_invocation *invocation,
                           const char *by, plx_gaps **split, GError **error)
{
    g_autoptr(GError) failure = NULL;
    *split = plx_cmd_source_point_by(source, invocation, by, &failure);
    if (*split || g_error_matches(failure, PLX_ERROR, PLX_ERROR_USAGE) ||
        g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_FOUND) ||
        g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_SHOWN))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static gboolean plx_cmd_point(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    g_autoptr(plx_gaps) gaps =
        plx_cmd_source_gaps(source, invocation, plx_invocation_argument(invocation, 1), error);
    if (!gaps)
        return FALSE;
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "csv") == 0) {
        plx_gaps_csv(gaps, plx_app_out(app));
        return TRUE;
    }
    g_autoptr(plx_gaps) place = NULL;
    g_autoptr(plx_gaps) month = NULL;
    if (!plx_invocation_has(invocation, PLX_OPTION_BY) &&
        (!read_split(source, invocation, "place", &place, error) ||
         !read_split(source, invocation, "month", &month, error)))
        return FALSE;
    const struct plx_point_splits splits = {place, month};
    if (strcmp(format, "json") == 0) {
        plx_point_json(gaps, &splits, plx_app_out(app));
    } else {
        const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                                plx_app_unicode(app), plx_app_verbose(app)};
        plx_point_table(gaps, &splits, &table, plx_app_out(app));
    }
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"point ratings.csv doorstep", "every voice, every pair, every belief on it"},
    {"point ratings.csv \"At the doorstep\" --by month", "the same, month by month"},
    {0},
};

const struct plx_command plx_commands_point[] = {
    {.name = "point",
     .arguments = "SOURCE POINT",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Show all evidence on one point",
     .details = "POINT is its id or title. Intervals are adjusted for the gaps of this document "
                "only, so they are narrower than in 'gaps': pick the point before you look at the "
                "numbers, or quote those of 'gaps'.\n\n"
                "Without --by the voices follow place by place and month by month.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .main = TRUE,
     .run = plx_cmd_point},
    {0},
};
