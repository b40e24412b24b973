/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reading.h"

#include "base/error.h"

#include <string.h>

const struct plx_reading_view *const plx_reading_views[] = {
    &plx_reading_view_friction,  &plx_reading_view_consistency, &plx_reading_view_journey,
    &plx_reading_view_drivers,   &plx_reading_view_promises,    &plx_reading_view_trend,
    &plx_reading_view_vignettes, &plx_reading_view_next,        NULL,
};

const struct plx_reading_view *plx_reading_view_find(const char *name)
{
    for (guint i = 0; plx_reading_views[i]; i++)
        if (strcmp(plx_reading_views[i]->name, name) == 0)
            return plx_reading_views[i];
    return NULL;
}

static void free_story(gpointer story)
{
    plx_story_free(story);
}

gboolean plx_reading_check_weights(const char *name, gboolean alike,
                                   const plx_invocation *invocation, GError **error)
{
    return !alike || !plx_invocation_has(invocation, PLX_OPTION_WEIGHTS_FILE) ||
           plx_error(error, PLX_ERROR_USAGE,
                     "--weights: %s counts everybody alike; weighted can be gaps, point, friction, "
                     "promises, trend",
                     name);
}

gboolean plx_reading_try(const struct plx_reading_view *view, const plx_cmd_source *source,
                         const plx_invocation *invocation, gpointer *reading, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const gboolean wanted =
        view->in_report && plx_reading_check_weights(view->name, view->alike, invocation, NULL);
    gpointer found = wanted ? view->read(source, invocation, &failure) : NULL;
    if (failure && !plx_error_is_nothing(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    *reading = found;
    return TRUE;
}

GPtrArray *plx_reading_sections(const plx_cmd_source *source, const plx_invocation *invocation,
                                plx_next **next, GError **error)
{
    g_autoptr(GPtrArray) sections = g_ptr_array_new_with_free_func(free_story);
    g_autoptr(plx_next) step = NULL;
    for (guint i = 0; plx_reading_views[i]; i++) {
        const struct plx_reading_view *const view = plx_reading_views[i];
        gpointer reading = NULL;
        if (!plx_reading_try(view, source, invocation, &reading, error))
            return NULL;
        if (!reading)
            continue;
        if (view == &plx_reading_view_next) {
            step = reading;
            continue;
        }
        g_ptr_array_add(sections, view->story(reading));
        view->free(reading);
    }
    *next = g_steal_pointer(&step);
    return g_steal_pointer(&sections);
}

static void write_table(const struct plx_reading_view *view, gconstpointer reading, plx_app *app)
{
    const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                            plx_app_unicode(app), plx_app_verbose(app)};
    g_autoptr(plx_story) story = view->story(reading);
    plx_story_text(story, &table, plx_app_out(app));
}

gboolean plx_reading_run(const struct plx_reading_view *view, plx_app *app,
                         const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    gpointer reading = source ? view->read(source, invocation, error) : NULL;
    if (!reading)
        return FALSE;
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0)
        view->json(reading, plx_app_out(app));
    else if (strcmp(format, "csv") == 0)
        view->csv(reading, plx_app_out(app));
    else
        write_table(view, reading, app);
    view->free(reading);
    return TRUE;
}
