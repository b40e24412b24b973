/* SPDX-License-Identifier: GPL-3.0-or-later */
/* point: all evidence on one point (docs/readings.md). */
#include "base/error.h"
#include "cli/reading.h"
#include "report/gaps_csv.h"
#include "report/point.h"

#include <string.h>

/* What is known of the point: the gaps there, and what the other readings say about it. */
struct evidence {
    plx_gaps *gaps, *place, *channel, *month; /* the splits may be NULL */
    plx_story *story;
    GArray *figures;                    /* struct plx_point_figure */
    GPtrArray *readings;                /* whose texts the figures borrow */
    GPtrArray *views;                   /* const struct plx_reading_view, of each */
    const plx_consistency *consistency; /* of the readings, so below; or NULL */
    plx_next *next;
    const struct plx_next_quotes *quotes;
};

static void evidence_free(gpointer data)
{
    struct evidence *const e = data;
    for (guint i = 0; i < e->readings->len; i++)
        ((const struct plx_reading_view *)e->views->pdata[i])->free(e->readings->pdata[i]);
    g_ptr_array_unref(e->readings);
    g_ptr_array_unref(e->views);
    g_array_unref(e->figures);
    plx_next_free(e->next);
    plx_story_free(e->story);
    plx_gaps_free(e->gaps);
    plx_gaps_free(e->place);
    plx_gaps_free(e->channel);
    plx_gaps_free(e->month);
    g_free(e);
}

static struct evidence *evidence_new(void)
{
    struct evidence *const e = g_new0(struct evidence, 1);
    e->story = plx_story_new("point", "point");
    e->figures = g_array_new(FALSE, TRUE, sizeof(struct plx_point_figure));
    e->readings = g_ptr_array_new();
    e->views = g_ptr_array_new();
    return e;
}

/* The point once more, split: a reading of its own. No split is no error: without places or dates,
 * or where nothing of it may be shown, the point is shown without. */
static gboolean read_split(const plx_cmd_source *source, const plx_invocation *invocation,
                           const char *point, const char *by, plx_gaps **split, GError **error)
{
    g_autoptr(GError) failure = NULL;
    *split = plx_cmd_source_point_by(source, invocation, point, by, &failure);
    if (*split || g_error_matches(failure, PLX_ERROR, PLX_ERROR_USAGE) ||
        plx_error_is_nothing(failure))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static void take_figures(struct evidence *e, const struct plx_reading_view *view,
                         gconstpointer reading, const char *point)
{
    g_autoptr(GArray) figures = g_array_new(FALSE, TRUE, sizeof(struct plx_figure));
    if (view->figures)
        view->figures(reading, figures);
    for (guint i = 0; i < figures->len; i++) {
        const struct plx_point_figure figure = {view->name,
                                                g_array_index(figures, struct plx_figure, i)};
        if (g_strcmp0(figure.figure.subject, point) == 0)
            g_array_append_val(e->figures, figure);
    }
}

/* `mine`: to be freed with the others; else it belongs to `next`. */
static void take_reading(struct evidence *e, const struct plx_reading_view *view, gpointer reading,
                         gboolean mine, const char *point)
{
    if (mine) {
        g_ptr_array_add(e->readings, reading);
        g_ptr_array_add(e->views, (gpointer)(guintptr)view);
    }
    if (view == &plx_reading_view_consistency)
        e->consistency = reading;
    take_figures(e, view, reading, point);
    g_autoptr(plx_story) story = view->story(reading);
    if (plx_story_about(story, point, e->story))
        plx_story_take_methods(e->story, story);
}

/* What the next step was worked out from need not be read twice; NULL: not of it. */
static gpointer within_next(const struct evidence *e, const struct plx_reading_view *view)
{
    if (!e->next)
        return NULL;
    return view == &plx_reading_view_next          ? e->next
           : view == &plx_reading_view_consistency ? e->next->consistency
           : view == &plx_reading_view_drivers     ? e->next->drivers
           : view == &plx_reading_view_journey     ? e->next->ways
           : view == &plx_reading_view_promises    ? e->next->promises
                                                   : (gpointer)NULL;
}

/* A reading that has nothing to say, or may not say it, is left out. */
static gboolean read_beside(struct evidence *e, const plx_cmd_source *source,
                            const plx_invocation *invocation, const char *point, GError **error)
{
    gpointer next = NULL;
    if (!plx_reading_try(&plx_reading_view_next, source, invocation, &next, error))
        return FALSE;
    e->next = next;
    for (guint i = 0; plx_reading_views[i]; i++) {
        const struct plx_reading_view *const view = plx_reading_views[i];
        gpointer reading = within_next(e, view);
        const gboolean mine = reading == NULL;
        if (mine && view != &plx_reading_view_next &&
            !plx_reading_try(view, source, invocation, &reading, error))
            return FALSE;
        if (reading)
            take_reading(e, view, reading, mine, point);
    }
    return TRUE;
}

/* What the first proposals quote is told there already. */
static gboolean read_quotes(struct evidence *e, const plx_cmd_source *source,
                            const plx_invocation *invocation, const char *point, GError **error)
{
    const struct plx_gaps_options options = plx_cmd_selection(invocation, NULL, NULL);
    for (guint i = PLX_NEXT_QUOTED; e->next && i < e->next->n; i++)
        if (strcmp(e->next->proposals[i].point, point) == 0)
            return plx_next_hear(e->next, plx_cmd_source_get(source), &options, point, &e->quotes,
                                 error);
    return TRUE;
}

static gboolean is_one(const plx_gaps *gaps)
{
    return gaps->n_groups > 0 && gaps->groups[0].n_points == 1;
}

static struct plx_point_splits splits_of(const struct evidence *e)
{
    return (struct plx_point_splits){.place = e->place,
                                     .channel = e->channel,
                                     .month = e->month,
                                     .figures = e->figures,
                                     .story = e->story,
                                     .consistency = e->consistency,
                                     .quotes = e->quotes,
                                     .steps = e->next ? e->next->steps : NULL};
}

static gboolean read_all(struct evidence *e, const plx_cmd_source *source,
                         const plx_invocation *invocation, const char *point, GError **error)
{
    e->gaps = plx_cmd_source_gaps(source, invocation, point, error);
    if (!e->gaps)
        return FALSE;
    if (plx_invocation_has(invocation, PLX_OPTION_BY))
        return TRUE;
    return read_split(source, invocation, point, "place", &e->place, error) &&
           read_split(source, invocation, point, "channel", &e->channel, error) &&
           read_split(source, invocation, point, "month", &e->month, error) &&
           (!is_one(e->gaps) ||
            read_beside(e, source, invocation, e->gaps->groups[0].points[0].point, error));
}

/* The command ---------------------------------------------------------------------------------- */

static void write_point(plx_app *app, const struct evidence *e, const char *format)
{
    const struct plx_point_splits splits = splits_of(e);
    if (strcmp(format, "json") == 0) {
        plx_point_json(e->gaps, &splits, plx_app_out(app));
        return;
    }
    const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                            plx_app_unicode(app), plx_app_verbose(app)};
    plx_point_table(e->gaps, &splits, &table, plx_app_out(app));
}

static gboolean plx_cmd_point(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    const char *const point = plx_invocation_argument(invocation, 1);
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    if (strcmp(format, "csv") == 0) {
        g_autoptr(plx_gaps) gaps = plx_cmd_source_gaps(source, invocation, point, error);
        if (gaps)
            plx_gaps_csv(gaps, plx_app_out(app));
        return gaps != NULL;
    }
    struct evidence *const e = evidence_new();
    const gboolean ok = read_all(e, source, invocation, point, error);
    if (ok)
        write_point(app, e, format);
    evidence_free(e);
    return ok;
}

/* As a file of `report` ------------------------------------------------------------------------ */

static gpointer read_point(const plx_cmd_source *source, const plx_invocation *invocation,
                           GError **error)
{
    const char *const point = plx_invocation_string(invocation, PLX_OPTION_POINT);
    if (!point || plx_invocation_has(invocation, PLX_OPTION_BY)) {
        plx_error(error, PLX_ERROR_USAGE,
                  point ? "--reading point shows its places and months already: leave --by out"
                        : "--reading point is about one: add --point ID");
        return NULL;
    }
    struct evidence *const e = evidence_new();
    gboolean ok = read_all(e, source, invocation, point, error);
    if (ok && !is_one(e->gaps))
        ok = plx_error(error, PLX_ERROR_NOT_FOUND, "nobody answered about the point \"%s\"", point);
    if (ok && read_quotes(e, source, invocation, e->gaps->groups[0].points[0].point, error))
        return e;
    evidence_free(e);
    return NULL;
}

static plx_story *tell_point(gconstpointer reading)
{
    const struct plx_point_splits splits = splits_of(reading);
    return plx_point_story(((const struct evidence *)reading)->gaps, &splits);
}

static void point_json(gconstpointer reading, GString *out)
{
    const struct plx_point_splits splits = splits_of(reading);
    plx_point_json(((const struct evidence *)reading)->gaps, &splits, out);
}

static void point_csv(gconstpointer reading, GString *out)
{
    plx_gaps_csv(((const struct evidence *)reading)->gaps, out);
}

const struct plx_reading_view plx_reading_view_point = {.name = "point",
                                                        .read = read_point,
                                                        .free = evidence_free,
                                                        .story = tell_point,
                                                        .json = point_json,
                                                        .csv = point_csv};

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_WEIGHTS_FILE,
                                             PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"point ratings.csv doorstep", "every voice, every pair, every belief on it"},
    {"point ratings.csv \"At the doorstep\" --by month", "the same, month by month"},
    {"report ratings.csv --reading point --point doorstep -o doorstep.html", "as a page, drawn"},
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
