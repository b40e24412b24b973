/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of map/ that build a map; nobody else includes it. */

#include "base/yaml.h"
#include "map/map.h"
#include "map/map_item.h"
#include "map/map_owner.h"

/* Kinds that have earlier ids: those of enum plx_subject_kind, and audiences behind them. */
enum { PLX_HISTORY_AUDIENCE = PLX_SUBJECT_PROMISE + 1, PLX_HISTORY_KINDS };

struct plx_map_index {
    GHashTable *points, *journeys, *tasks, *promises; /* id -> index + 1 */
    GHashTable *was[PLX_HISTORY_KINDS];     /* earlier id -> index + 1, or 0 where two claim it */
    GHashTable *retired[PLX_HISTORY_KINDS]; /* id or earlier id -> index into retired + 1 */
    GHashTable *places; /* pointer to an id or to earlier ids -> struct plx_loc in the map file */
    char *file;         /* of the places, or NULL */
    GHashTable *labels; /* text pointer -> GPtrArray of language, text, language, text, … */
};

gint plx_map_find_item(const plx_map *map, guint kind, const char *id); /* by its present id */
/* plx_map_resolve() for audiences, too: NONE where there is none. */
struct plx_owner plx_map_resolve_any(const plx_map *map, guint kind, const char *id);
const char *plx_map_kind_name(guint kind); /* "point"; "audience" for PLX_HISTORY_AUDIENCE */

/* Remembers where in the file a thing of the map stands: `thing` is its id or its `was`. */
void plx_map_set_place(plx_map *map, const void *thing, const struct plx_yaml_node *node);
/* {file or NULL, 0, 0} when not known. */
struct plx_loc plx_map_place(const plx_map *map, const void *thing);

/* The key `was` of a mapping (map/map_history.c); leaves *was alone when absent. */
gboolean plx_map_read_was(plx_map *map, const struct plx_yaml_node *node, char ***was,
                          GError **error);
/* The section retired, and all earlier ids into the index: last, when every id is known. */
gboolean plx_map_read_history(plx_map *map, const struct plx_yaml_node *root, GError **error);

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
/* The section vignettes (map/map_vignettes.c): last of those that name points, so that nothing
 * else can name a vignette. */
gboolean plx_map_read_vignettes(plx_map *map, const struct plx_yaml_node *root, GError **error);

/* The id a mapping gives itself (`id`) or gets from its title (whose node is `titled`), new; NULL
 * with an error. Adds it to `ids` as `index`, or reports the duplicate. */
char *plx_map_read_id(plx_map *map, const struct plx_yaml_node *node,
                      const struct plx_yaml_node *titled, const char *title, const char *what,
                      GHashTable *ids, guint index, GError **error);

/* Names of points to their indices. */
gboolean plx_map_read_points(const plx_map *map, const struct plx_yaml_node *node, guint **points,
                             guint *n, GError **error);
gint plx_map_read_point(const plx_map *map, const struct plx_yaml_node *node, GError **error);
