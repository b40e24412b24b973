/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_owner.h"

#include "map/map_private.h"

struct plx_owner plx_map_resolve(const plx_map *map, enum plx_subject_kind kind, const char *id)
{
    return plx_map_resolve_any(map, kind, id);
}

struct plx_owner plx_map_resolve_any(const plx_map *map, guint kind, const char *id)
{
    gint i = plx_map_find_item(map, kind, id);
    guint retired =
        i < 0 ? GPOINTER_TO_UINT(g_hash_table_lookup(map->index->retired[kind], id)) : 0;
    if (retired > 0)
        return (struct plx_owner){PLX_OWNER_RETIRED, retired - 1, map->retired[retired - 1].id};
    if (i < 0)
        i = GPOINTER_TO_INT(g_hash_table_lookup(map->index->was[kind], id)) - 1;
    if (i >= 0)
        return (struct plx_owner){PLX_OWNER_CURRENT, (guint)i,
                                  plx_map_item(map, kind, (guint)i).id};
    gboolean closed = plx_map_is_closed(map) || kind == PLX_HISTORY_AUDIENCE;
    return (struct plx_owner){closed ? PLX_OWNER_NONE : PLX_OWNER_OPEN, 0, id};
}
