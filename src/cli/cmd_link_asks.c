/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a link asks for, as JSON. */
#include "cli/cmd_link.h"

static void put_offered(plx_json *json, const struct plx_form_settings *settings)
{
    g_auto(GStrv) listed = g_strsplit(settings->languages, ",", -1);
    if (*listed)
        plx_json_texts(json, "languages", (const char *const *)listed);
    else
        plx_json_null(json, "languages");
}

/* The members of masks by name. */
static void put_names(plx_json *json, const char *key, guint32 mask, const plx_map *map)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; mask >> i; i++)
        if (mask >> i & 1)
            plx_json_string(json, NULL, map ? map->measures[i].id : plx_form_prompt(i));
    plx_json_end_array(json);
}

static void put_only(const plx_map *map, const struct plx_form_settings *settings, plx_json *json)
{
    g_autofree char *list = plx_form_settings_only_text(map, settings);
    g_auto(GStrv) ids = g_strsplit(list, ",", -1);
    if (settings->n_only > 0)
        plx_json_texts(json, "only", (const char *const *)ids);
    else
        plx_json_null(json, "only"); /* nobody chose */
}

void plx_link_asks_json(const struct plx_link_view *view, plx_json *json,
                        const struct plx_link *link)
{
    struct plx_form_settings settings;
    if (!plx_form_settings_read(view->map, link->settings, "link", &settings, NULL)) {
        plx_json_null(json, "asks");
        return;
    }
    plx_json_begin_object(json, "asks");
    plx_json_string(json, "journey",
                    settings.journey < 0 ? NULL : view->map->journeys[settings.journey].id);
    put_names(json, "measures", settings.measures, view->map);
    put_names(json, "questions", settings.questions, NULL);
    plx_json_boolean(json, "all_points", settings.all);
    if (settings.all)
        plx_json_null(json, "points");
    else
        plx_json_integer(json, "points", settings.points);
    put_only(view->map, &settings, json);
    plx_json_string(json, "language", *settings.language ? settings.language : NULL);
    put_offered(json, &settings);
    plx_json_end_object(json);
}
