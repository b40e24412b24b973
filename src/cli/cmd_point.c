/* SPDX-License-Identifier: GPL-3.0-or-later */
/* point: all evidence on one point (docs/readings.md). */
#include "cli/reading.h"
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
        plx_error_is_nothing(failure))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* What the other readings say about the point. */
struct beside {
    plx_story *story;
    GArray *figures;     /* struct plx_point_figure */
    GPtrArray *readings; /* whose texts the figures borrow */
    GPtrArray *views;    /* const struct plx_reading_view, of each */
};

static void beside_clear(struct beside *beside)
{
    for (guint i = 0; i < beside->readings->len; i++)
        ((const struct plx_reading_view *)beside->views->pdata[i])
            ->free(beside->readings->pdata[i]);
    g_ptr_array_unref(beside->readings);
    g_ptr_array_unref(beside->views);
    g_array_unref(beside->figures);
    plx_story_free(beside->story);
}

static void take_figures(struct beside *beside, const struct plx_reading_view *view,
                         gconstpointer reading, const char *point)
{
    g_autoptr(GArray) figures = g_array_new(FALSE, TRUE, sizeof(struct plx_figure));
    if (view->figures)
        view->figures(reading, figures);
    for (guint i = 0; i < figures->len; i++) {
        const struct plx_point_figure figure = {view->name,
                                                g_array_index(figures, struct plx_figure, i)};
        if (g_strcmp0(figure.figure.subject, point) == 0)
            g_array_append_val(beside->figures, figure);
    }
}

/* A reading that has nothing to say, or may not say it, is left out. */
static gboolean read_beside(struct beside *beside, const plx_cmd_source *source,
                            const plx_invocation *invocation, const char *point, GError **error)
{
    for (guint i = 0; plx_reading_views[i]; i++) {
        const struct plx_reading_view *const view = plx_reading_views[i];
        gpointer reading = NULL;
        if (!plx_reading_try(view, source, invocation, &reading, error))
            return FALSE;
        if (!reading)
            continue;
        g_ptr_array_add(beside->readings, reading);
        g_ptr_array_add(beside->views, (gpointer)(guintptr)view);
        take_figures(beside, view, reading, point);
        g_autoptr(plx_story) story = view->story(reading);
        plx_story_about(story, point, beside->story);
    }
    return TRUE;
}

static void write_point(plx_app *app, const plx_gaps *gaps, const struct plx_point_splits *splits,
                        const char *format)
{
    if (strcmp(format, "json") == 0) {
        plx_point_json(gaps, splits, plx_app_out(app));
        return;
    }
    const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                            plx_app_unicode(app), plx_app_verbose(app)};
    plx_point_table(gaps, splits, &table, plx_app_out(app));
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
    const gboolean one = gaps->n_groups > 0 && gaps->groups[0].n_points == 1;
    struct beside beside = {plx_story_new("point", "point"),
                            g_array_new(FALSE, TRUE, sizeof(struct plx_point_figure)),
                            g_ptr_array_new(), g_ptr_array_new()};
    const gboolean ok =
        !one || plx_invocation_has(invocation, PLX_OPTION_BY) ||
        read_beside(&beside, source, invocation, gaps->groups[0].points[0].point, error);
    const struct plx_point_splits splits = {place, month, beside.figures, beside.story};
    if (ok)
        write_point(app, gaps, &splits, format);
    beside_clear(&beside);
    return ok;
}
static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_WEIGHTS_FILE,
                                             PLX_OPTION_SEED, PLX_OPTION_END};
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
                "Without --by the voices follow place by place and month by month, then what the "
                "other readings say about the point.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .main = TRUE,
     .run = plx_cmd_point},
    {0},
};
