/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section vignettes: described situations that everybody rates on the same levels. They are
 * kept behind the points, which is where everything that walks the points does not look. */
#include "map/map_private.h"

static const char *const keys[] = {"id", "words", "title", "for", "was", NULL};

/* The description: `words`, or `title` as everywhere else, or the entry itself. */
static const struct plx_yaml_node *read_words(const struct plx_yaml_node *node, GError **error)
{
    if (node->kind == PLX_YAML_SCALAR)
        return node;
    if (!plx_yaml_only(node, "vignette", keys, error))
        return NULL;
    const struct plx_yaml_node *words = plx_yaml_get(node, "words");
    const struct plx_yaml_node *title = plx_yaml_get(node, "title");
    if (words && title) {
        plx_yaml_error(plx_yaml_get_key(node, "title"), error,
                       "a vignette has either \"words\" or \"title\", which is the same");
        return NULL;
    }
    return words || title ? (words ? words : title)
                          : plx_yaml_require(node, "a vignette", "words", error);
}

static gboolean read_for(plx_map *map, struct plx_point *vignette, const struct plx_yaml_node *node,
                         GError **error)
{
    const struct plx_yaml_node *points = plx_yaml_get(node, "for");
    if (!points)
        return TRUE;
    if (!plx_map_read_points(map, points, &vignette->stands_for, &vignette->n_stands_for, error))
        return FALSE;
    if (vignette->n_stands_for == 0)
        return plx_yaml_error(points, error,
                              "\"for\" is empty; leave it out if the vignette \"%s\" stands for "
                              "all points",
                              vignette->id);
    for (guint i = 0; i < vignette->n_stands_for; i++) {
        const struct plx_point *point = &map->points[vignette->stands_for[i]];
        if (vignette->stands_for[i] >= map->n_points)
            return plx_yaml_error(points, error,
                                  "\"%s\" is a vignette itself; it stands for points", point->id);
        vignette->journey = i > 0 ? vignette->journey : point->journey;
        vignette->transaction = i > 0 ? vignette->transaction : point->transaction;
    }
    return TRUE;
}

static gboolean read_vignette(plx_map *map, const struct plx_yaml_node *node, GError **error)
{
    const struct plx_yaml_node *words = read_words(node, error);
    if (!words)
        return FALSE;
    const guint index = map->n_points + map->n_vignettes++;
    struct plx_point *vignette = &map->points[index];
    *vignette = (struct plx_point){.order = index, .value = -1, .effort = -1};
    if (!plx_map_read_text(map, words, "words", &vignette->title, error))
        return FALSE;
    vignette->id = plx_map_read_id(map, node, words, vignette->title, "point", map->index->points,
                                   index, error);
    return vignette->id && (node == words || (read_for(map, vignette, node, error) &&
                                              plx_map_read_was(map, node, &vignette->was, error)));
}

gboolean plx_map_read_vignettes(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, "vignettes");
    if (!node)
        return TRUE;
    if (!plx_yaml_is(node, "vignettes", PLX_YAML_SEQUENCE, error))
        return FALSE;
    if (!plx_map_is_closed(map))
        return plx_yaml_error(node, error,
                              "vignettes need journeys: they explain the levels of the points "
                              "there");
    if (node->n > PLX_MAP_VIGNETTES_MAX)
        return plx_yaml_error(node->values[PLX_MAP_VIGNETTES_MAX], error,
                              "at most %d vignettes are possible; two or three do",
                              PLX_MAP_VIGNETTES_MAX);
    if (map->n_points + node->n > PLX_POINTS_MAX)
        return plx_yaml_error(node, error, "at most %d points are possible, vignettes among them",
                              PLX_POINTS_MAX);
    map->points = g_renew(struct plx_point, map->points, map->n_points + node->n + 1);
    for (guint i = 0; i < node->n; i++)
        if (!read_vignette(map, node->values[i], error))
            return FALSE;
    return TRUE;
}
