/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/visit_brief.h"

#include "base/error.h"

static gboolean holds(const GArray *indices, guint index)
{
    for (guint i = 0; i < indices->len; i++)
        if (g_array_index(indices, guint, i) == index)
            return TRUE;
    return FALSE;
}

static gboolean any_held(const GArray *indices, const guint *some, guint n)
{
    for (guint i = 0; i < n; i++)
        if (holds(indices, some[i]))
            return TRUE;
    return FALSE;
}

static void gather(plx_visit_brief *brief)
{
    const plx_map *const map = brief->map;
    const struct plx_journey *const journey = &map->journeys[brief->journey];
    for (guint t = 0; t < journey->n_transactions; t++)
        for (guint p = 0; p < journey->transactions[t].n_points; p++)
            if (!holds(brief->points, journey->transactions[t].points[p]))
                g_array_append_val(brief->points, journey->transactions[t].points[p]);
    for (guint i = 0; i < map->n_tasks; i++)
        if (any_held(brief->points, map->tasks[i].points, map->tasks[i].n_points))
            g_array_append_val(brief->tasks, i);
    for (guint i = 0; i < map->n_promises; i++)
        if (any_held(brief->points, map->promises[i].points, map->promises[i].n_points))
            g_array_append_val(brief->promises, i);
}

plx_visit_brief *plx_visit_brief_new(const plx_map *map, const plx_visit *visit, GError **error)
{
    const gint journey = visit->walk ? -1 : plx_map_find_journey(map, visit->plan.journey);
    if (!visit->walk && journey < 0) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "visit %" G_GINT64_FORMAT ": the map has no journey \"%s\" any more", visit->id,
                  visit->plan.journey);
        return NULL;
    }
    plx_visit_brief *const brief = g_new0(plx_visit_brief, 1);
    *brief = (plx_visit_brief){map,
                               visit,
                               journey,
                               g_array_new(FALSE, FALSE, sizeof(guint)),
                               g_array_new(FALSE, FALSE, sizeof(guint)),
                               g_array_new(FALSE, FALSE, sizeof(guint))};
    if (journey >= 0)
        gather(brief);
    return brief;
}

void plx_visit_brief_free(plx_visit_brief *brief)
{
    if (!brief)
        return;
    g_array_unref(brief->points);
    g_array_unref(brief->tasks);
    g_array_unref(brief->promises);
    g_free(brief);
}
