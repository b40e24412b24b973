/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which points a link is about, where somebody chose. */
#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "form/plan_private.h"
#include "map/map_owner.h"

#include <string.h>

/* By id, an earlier one too, or by title; -1: none. */
static gint find_point(const plx_map *map, const char *name)
{
    g_autofree char *id = plx_id_new(name, strlen(name));
    if (!id)
        return -1;
    const struct plx_owner owner = plx_map_resolve(map, PLX_SUBJECT_POINT, id);
    if (owner.state == PLX_OWNER_CURRENT)
        return (gint)owner.index;
    for (guint i = 0; i < map->n_points; i++) {
        g_autofree char *title = plx_id_new(map->points[i].title, strlen(map->points[i].title));
        if (g_strcmp0(title, id) == 0)
            return (gint)i;
    }
    return -1;
}

static gboolean unknown(const plx_map *map, const char *name, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_points; i++)
        g_ptr_array_add(ids, map->points[i].id);
    g_autofree char *near = plx_suggest_text(name, (const char *const *)ids->pdata, ids->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "the map has no point \"%s\"%s", name, near);
}

gboolean plx_form_find_point(const plx_map *map, const char *name, gint *point, GError **error)
{
    const gint found = find_point(map, name);
    if (found >= 0)
        *point = found;
    return found >= 0 || unknown(map, name, error);
}

static gboolean holds(const guint *points, guint n, guint point)
{
    for (guint i = 0; i < n; i++)
        if (points[i] == point)
            return TRUE;
    return FALSE;
}

/* Those of `chosen` that a journey has, in its order, into settings. */
static void take_of(const plx_map *map, guint journey, const GArray *chosen,
                    struct plx_form_settings *settings)
{
    guint n;
    g_autofree guint *points = plx_form_journey_points(map, journey, &n);
    settings->n_only = 0;
    for (guint i = 0; i < n; i++)
        if (holds((const guint *)(gconstpointer)chosen->data, chosen->len, points[i]))
            settings->only[settings->n_only++] = points[i];
}

/* The first journey that has all of them; else FALSE. */
static gboolean find_journey(const plx_map *map, const GArray *chosen,
                             struct plx_form_settings *settings)
{
    for (guint j = 0; j < map->n_journeys; j++) {
        take_of(map, j, chosen, settings);
        if (settings->n_only == chosen->len) {
            settings->journey = (gint)j;
            return TRUE;
        }
    }
    settings->n_only = 0;
    return FALSE;
}

/* Every name once; those that are unknown are an error, or left out (`gone`). */
static GArray *read_names(const plx_map *map, const char *text, gboolean gone, GError **error)
{
    g_autoptr(GArray) chosen = g_array_new(FALSE, FALSE, sizeof(guint));
    g_auto(GStrv) names = g_strsplit(text, ",", -1);
    for (guint i = 0; names[i]; i++) {
        const gint point = find_point(map, g_strstrip(names[i]));
        if (point < 0 && !gone) {
            unknown(map, names[i], error);
            return NULL;
        }
        const guint own = (guint)point;
        if (point >= 0 && !holds((const guint *)(gconstpointer)chosen->data, chosen->len, own))
            g_array_append_val(chosen, own);
    }
    if (chosen->len > PLX_FORM_ONLY_MAX) {
        plx_error(error, PLX_ERROR_USAGE, "a form is about at most %d points that were chosen",
                  PLX_FORM_ONLY_MAX);
        return NULL;
    }
    return g_steal_pointer(&chosen);
}

gboolean plx_form_settings_only(const plx_map *map, const char *text, gboolean gone,
                                struct plx_form_settings *settings, GError **error)
{
    g_autoptr(GArray) chosen = read_names(map, text, gone, error);
    if (!chosen)
        return FALSE;
    if (settings->journey >= 0)
        take_of(map, (guint)settings->journey, chosen, settings);
    else if (!find_journey(map, chosen, settings) && !gone)
        return plx_error(error, PLX_ERROR_USAGE,
                         "no journey has all of these points: make a link for each journey");
    if (settings->n_only == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "the map has none of the points that were chosen");
    return gone || settings->n_only == chosen->len ||
           plx_error(error, PLX_ERROR_USAGE, "the journey \"%s\" has not all of these points",
                     map->journeys[settings->journey].id);
}

char *plx_form_settings_only_text(const plx_map *map, const struct plx_form_settings *settings)
{
    GString *const list = g_string_new(NULL);
    for (guint i = 0; i < settings->n_only; i++)
        g_string_append_printf(list, "%s%s", i > 0 ? "," : "",
                               map->points[settings->only[i]].id);
    return g_string_free(list, FALSE);
}

guint *plx_form_listed_points(const plx_map *map, const struct plx_form_settings *settings,
                              guint journey, guint *n)
{
    guint *const points = plx_form_journey_points(map, journey, n);
    guint kept = 0;
    for (guint i = 0; settings->n_only > 0 && i < *n; i++)
        if (holds(settings->only, settings->n_only, points[i]))
            points[kept++] = points[i];
    if (settings->n_only > 0)
        *n = kept;
    return points;
}
