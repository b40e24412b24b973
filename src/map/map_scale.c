/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "map/map_private.h"

static gboolean same_labels(char *const *a, char *const *b)
{
    return a == b || (a && b && g_strv_equal((const char *const *)a, (const char *const *)b));
}

static gboolean same_scale(const struct plx_scale *a, const struct plx_scale *b)
{
    return plx_scale_same(a, b) && same_labels(a->words, b->words) &&
           same_labels(a->sentences, b->sentences);
}

/* The map keeps a copy among its scales, which end with NULL: once, and under a name that no other
 * has, so that the map can be written. */
static const struct plx_scale *keep_scale(plx_map *map, const struct plx_scale *scale)
{
    g_autofree char *id = g_strdup(scale->id);
    for (guint i = 0, next = 2; i < map->n_scales; i++) {
        if (g_strcmp0(map->scales[i]->id, id) != 0)
            continue;
        if (same_scale(map->scales[i], scale))
            return map->scales[i];
        g_free(id);
        id = g_strdup_printf("%s-%u", scale->id, next++);
        i = G_MAXUINT; /* from the first on */
    }
    map->scales = g_renew(struct plx_scale *, map->scales, map->n_scales + 2);
    struct plx_scale *copy = plx_scale_copy(scale);
    g_free(copy->id);
    copy->id = g_steal_pointer(&id);
    map->scales[map->n_scales++] = copy;
    map->scales[map->n_scales] = NULL;
    return copy;
}

gboolean plx_measure_follows(guint measure)
{
    return measure == PLX_MEASURE_LEVEL || measure == PLX_MEASURE_PREDICTED ||
           measure == PLX_MEASURE_EXPECTED;
}

gboolean plx_map_set_scale(plx_map *map, guint measure, const char *audience,
                           const struct plx_scale *scale, GError **error)
{
    const gboolean follows = plx_measure_follows(measure);
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

const struct plx_scale *plx_map_scale(const plx_map *map, guint measure, guint audience)
{
    if (plx_measure_follows(measure))
        return map->audiences[audience].scale;
    return map->measures[measure].scale;
}
