/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "map/map_private.h"

/* The map keeps the copy among its scales, which end with NULL. */
static const struct plx_scale *keep_scale(plx_map *map, const struct plx_scale *scale)
{
    map->scales = g_renew(struct plx_scale *, map->scales, map->n_scales + 2);
    struct plx_scale *copy = plx_scale_copy(scale);
    map->scales[map->n_scales++] = copy;
    map->scales[map->n_scales] = NULL;
    return copy;
}

gboolean plx_map_set_scale(plx_map *map, guint measure, const char *audience,
                           const struct plx_scale *scale, GError **error)
{
    gboolean follows = measure == PLX_MEASURE_LEVEL || measure == PLX_MEASURE_PREDICTED ||
                       measure == PLX_MEASURE_EXPECTED;
    gint only = audience ? plx_map_find_audience(map, audience) : -1;
    if (audience && only < 0)
        return plx_error(error, PLX_ERROR_INPUT,
                         "a scale is given for the audience \"%s\", which the map does not have",
                         audience);
    if (audience && !follows)
        return plx_error(error, PLX_ERROR_INPUT, "the scale of %s is the same for every audience",
                         map->measures[measure].id);
    const struct plx_scale *kept = keep_scale(map, scale);
    if (!follows)
        map->measures[measure].scale = kept;
    for (guint i = 0; follows && i < map->n_audiences; i++)
        if (only < 0 || only == (gint)i)
            map->audiences[i].scale = kept;
    return TRUE;
}
