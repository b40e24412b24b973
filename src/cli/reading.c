/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reading.h"

#include <string.h>

const struct plx_reading_view *const plx_reading_views[] = {
    &plx_reading_view_friction,
    &plx_reading_view_promises,
    NULL,
};

const struct plx_reading_view *plx_reading_view_find(const char *name)
{
    for (guint i = 0; plx_reading_views[i]; i++)
        if (strcmp(plx_reading_views[i]->name, name) == 0)
            return plx_reading_views[i];
    return NULL;
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
