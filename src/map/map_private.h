/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of map/ that build a map; nobody else includes it. */

#include "base/yaml.h"
#include "map/map.h"

struct plx_map_index {
    GHashTable *points, *journeys, *tasks, *promises; /* id -> index + 1 */
    GHashTable *was;    /* earlier point id -> index + 1, or 0 where two points claim it */
    GHashTable *labels; /* text pointer -> GPtrArray of language, text, language, text, … */
};

/* Remembers `other` (taken over) as what `text` is in `language` (taken over). */
void plx_map_add_label(plx_map *map, const char *text, char *language, char *other);

/* Appends an audience with defaults; the id is taken over. NULL when there are too many. */
struct plx_audience *plx_map_add_audience(plx_map *map, char *id, const char *title);

/* The scale of an id, or NULL. */
const struct plx_scale *plx_map_find_scale(const plx_map *map, const char *id);

/* A text, or one per language; `what` names it in errors. The default language's text becomes
 * *text (new), the others labels of the map. */
gboolean plx_map_read_text(plx_map *map, const struct plx_yaml_node *node, const char *what,
                           char **text, GError **error);

/* The sections scales, measures and audiences (map/map_defs.c). */
gboolean plx_map_read_definitions(plx_map *map, const struct plx_yaml_node *root, GError **error);

/* The sections journeys (map/map_journeys.c), tasks and promises (map/map_beside.c). */
gboolean plx_map_read_journeys(plx_map *map, const struct plx_yaml_node *root, GError **error);
gboolean plx_map_read_tasks(plx_map *map, const struct plx_yaml_node *root, GError **error);
gboolean plx_map_read_promises(plx_map *map, const struct plx_yaml_node *root, GError **error);

/* The id a mapping gives itself (`id`) or gets from its title (whose node is `titled`), new; NULL
 * with an error. Adds it to `ids` as `index`, or reports the duplicate. */
char *plx_map_read_id(const struct plx_yaml_node *node, const struct plx_yaml_node *titled,
                      const char *title, const char *what, GHashTable *ids, guint index,
                      GError **error);

/* Names of points to their indices. */
gboolean plx_map_read_points(const plx_map *map, const struct plx_yaml_node *node, guint **points,
                             guint *n, GError **error);
gint plx_map_read_point(const plx_map *map, const struct plx_yaml_node *node, GError **error);
