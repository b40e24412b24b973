/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map that is in force. */
#include "store/store_private.h"

#include "base/error.h"
#include "map/map_file.h"
#include "store/amend.h"
#include "store/crc.h"

#include <string.h>

plx_map *plx_store_read_map(const char *yaml, const char *name, GError **error)
{
    return *yaml ? plx_map_read_memory(yaml, strlen(yaml), name, error) : plx_map_new_open();
}

gboolean plx_store_put_map(plx_db *db, const char *yaml, const char *name, const char *changes,
                           GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO map (number, applied, name, yaml, changes, crc) "
                       "SELECT coalesce(max(number), 0) + 1, ?1, ?2, ?3, ?4, ?5 FROM map",
                       error);
    if (!statement)
        return FALSE;
    g_autofree char *now = plx_store_now();
    sqlite3_bind_text(statement, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, yaml, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, changes, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, plx_crc(yaml, strlen(yaml)));
    return plx_db_run(db, statement, error);
}

plx_map *plx_store_load_map(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "SELECT yaml, name, crc, number FROM map ORDER BY number DESC LIMIT 1", error);
    gint64 maps;
    if (!statement ||
        !plx_db_number(db, "SELECT value FROM fact WHERE name = 'maps'", &maps, error))
        return NULL;
    plx_map *map = NULL;
    const int code = plx_db_step(db, statement, error);
    if (code == SQLITE_ROW) {
        const char *const yaml = (const char *)sqlite3_column_text(statement, 0);
        const char *const name = (const char *)sqlite3_column_text(statement, 1);
        if (!yaml || !name || sqlite3_column_int64(statement, 2) != plx_crc(yaml, strlen(yaml)) ||
            sqlite3_column_int64(statement, 3) != maps)
            plx_db_damaged(db, error, "its map");
        else
            map = plx_store_read_map(yaml, name, error);
        sqlite3_reset(statement);
    } else if (code == SQLITE_DONE) {
        plx_db_damaged(db, error, "it has no map");
    }
    if (map && plx_amend_apply(db, map, error))
        return map;
    plx_map_free(map);
    return NULL;
}

gboolean plx_store_reload_base(plx_store *store, GError **error)
{
    plx_map *const map = plx_store_load_map(store->db, error);
    if (!map)
        return FALSE;
    plx_map_free(store->base);
    store->base = map;
    return TRUE;
}

gboolean plx_store_read_stamp(plx_store *store, struct plx_store_map_stamp *stamp, GError **error)
{
    struct plx_store_map_stamp found;
    if (!plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'maps'", &found.maps,
                       error) ||
        !plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'amendments'",
                       &found.amendments, error))
        return FALSE;
    *stamp = found;
    return TRUE;
}

gboolean plx_store_is_current(plx_store *store, gboolean *current, GError **error)
{
    struct plx_store_map_stamp now;
    if (!plx_store_read_stamp(store, &now, error))
        return FALSE;
    *current = now.maps == store->stamp.maps && now.amendments == store->stamp.amendments;
    return TRUE;
}

gboolean plx_store_check_map(plx_store *store, GError **error)
{
    gboolean current;
    if (!plx_store_is_current(store, &current, error))
        return FALSE;
    return current ||
           plx_error(error, PLX_ERROR_IO,
                     "%s: another program changed the map meanwhile; nothing was changed. Do it "
                     "again",
                     plx_db_path(store->db));
}
