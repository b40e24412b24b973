/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_private.h"

#include <string.h>

guint plx_map_n_items(const plx_map *map, guint kind)
{
    switch (kind) {
    case PLX_SUBJECT_POINT:
        return map->n_points + map->n_vignettes;
    case PLX_SUBJECT_JOURNEY:
        return map->n_journeys;
    case PLX_SUBJECT_TASK:
        return map->n_tasks;
    case PLX_SUBJECT_PROMISE:
        return map->n_promises;
    default:
        return map->n_audiences;
    }
}

#define ITEM(thing) ((struct plx_map_item){(thing).id, (thing).title, (thing).was})

struct plx_map_item plx_map_item(const plx_map *map, guint kind, guint i)
{
    switch (kind) {
    case PLX_SUBJECT_POINT:
        return ITEM(map->points[i]);
    case PLX_SUBJECT_JOURNEY:
        return ITEM(map->journeys[i]);
    case PLX_SUBJECT_TASK:
        return ITEM(map->tasks[i]);
    case PLX_SUBJECT_PROMISE:
        return ITEM(map->promises[i]);
    default:
        return ITEM(map->audiences[i]);
    }
}

gint plx_map_find_item(const plx_map *map, guint kind, const char *id)
{
    GHashTable *const ids[] = {NULL, map->index->points, map->index->journeys, map->index->tasks,
                               map->index->promises};
    if (kind < G_N_ELEMENTS(ids))
        return GPOINTER_TO_INT(g_hash_table_lookup(ids[kind], id)) - 1;
    for (guint i = 0; i < map->n_audiences; i++)
        if (strcmp(map->audiences[i].id, id) == 0)
            return (gint)i;
    return -1;
}

const char *plx_map_kind_name(guint kind)
{
    static const char *const names[] = {"map", "point", "journey", "task", "promise", "audience"};
    return names[kind];
}

void plx_map_set_place(plx_map *map, const void *thing, const struct plx_yaml_node *node)
{
    if (!node)
        return;
    if (!map->index->file)
        map->index->file = g_strdup(node->loc.file);
    struct plx_loc *place = g_new(struct plx_loc, 1);
    *place = node->loc;
    place->file = map->index->file; /* the node's ends with its tree */
    g_hash_table_insert(map->index->places, (gpointer)(guintptr)thing, place);
}

struct plx_loc plx_map_place(const plx_map *map, const void *thing)
{
    const struct plx_loc *place = thing ? g_hash_table_lookup(map->index->places, thing) : NULL;
    return place ? *place : (struct plx_loc){map->index->file, 0, 0};
}
