/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/imports.h"

#include "base/error.h"
#include "store/kept_shelf.h"
#include "store/map_log.h"
#include "store/own_scales.h"
#include "store/shelf.h"
#include "store/store_private.h"

#include <string.h>

static char *text_of(sqlite3_stmt *row, int column)
{
    return g_strdup((const char *)sqlite3_column_text(row, column));
}

static guint64 count_of(sqlite3_stmt *row, int column)
{
    return (guint64)MAX(sqlite3_column_int64(row, column), 0);
}

static struct plx_imports_entry *take_entry(sqlite3_stmt *row)
{
    struct plx_imports_entry *const entry = g_new0(struct plx_imports_entry, 1);
    *entry = (struct plx_imports_entry){.id = sqlite3_column_int64(row, 0),
                                        .kind = text_of(row, 1),
                                        .state = text_of(row, 2),
                                        .started = text_of(row, 3),
                                        .file = text_of(row, 4),
                                        .dataset = text_of(row, 5),
                                        .recipe = text_of(row, 6),
                                        .rows = count_of(row, 7),
                                        .observations = count_of(row, 8),
                                        .rejected = count_of(row, 9),
                                        .duplicates = count_of(row, 10)};
    return entry;
}

GPtrArray *plx_imports_list(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "SELECT id, kind, state, started, file, dataset, recipe, rows, "
                       "observations, rejected, duplicates FROM import WHERE state <> 'pending' "
                       "ORDER BY id",
                       error);
    if (!statement)
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(plx_imports_entry_free);
    int code;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW)
        g_ptr_array_add(list, take_entry(statement));
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

/* Undoing ----------------------------------------------------------------------------------- */

static gboolean check_state(plx_store *store, gint64 id, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT state, kind FROM import WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, id);
    const int code = plx_db_step(store->db, statement, error);
    g_autofree char *state = code == SQLITE_ROW ? text_of(statement, 0) : NULL;
    g_autofree char *kind = code == SQLITE_ROW ? text_of(statement, 1) : NULL;
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    return plx_engine_check_undo(id, state, kind, error);
}

static gboolean remove_blocks(plx_store *store, gint64 id, guint64 *observations, GError **error)
{
    g_autoptr(GPtrArray) blocks = plx_shelf_list(store->db, id, error);
    guint64 n = 0;
    for (guint b = 0; blocks && b < blocks->len; b++) {
        const struct plx_shelf_block *const block = blocks->pdata[b];
        if (!plx_shelf_remove(store->db, block->id, error))
            return FALSE;
        n += block->rows;
    }
    *observations = n;
    return blocks != NULL;
}

/* Whom nobody is any more is asked as the map has it again. */
static gboolean restore_scales(plx_store *store, GError **error)
{
    gint64 generation;
    if (!plx_store_refresh(store, &generation, error) || !plx_store_reload_base(store, error))
        return FALSE;
    g_autofree char *text = plx_map_log_text(store, 0, error);
    return text && plx_own_scales_restore(store, text, "map", error);
}

static gboolean undo(plx_store *store, gint64 id, guint64 *observations, GError **error)
{
    guint64 n;
    if (!check_state(store, id, error) || !plx_kept_drop(store->db, id, error) ||
        !remove_blocks(store, id, &n, error))
        return FALSE;
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "UPDATE import SET state = 'undone', content = NULL WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, id);
    if (!plx_db_run(store->db, statement, error) || !plx_store_changed(store, -(gint64)n, error) ||
        !restore_scales(store, error))
        return FALSE;
    *observations = n;
    return TRUE;
}

/* Its scales are others now. */
static gboolean reload(plx_store *store, const struct plx_store_map_stamp *stamp, GError **error)
{
    plx_map *const map = plx_store_load_map(store->db, error);
    if (!map || !plx_store_reload_base(store, error)) {
        plx_map_free(map);
        return FALSE;
    }
    plx_map_free(store->map);
    store->map = map;
    store->stamp = *stamp;
    return TRUE;
}

gboolean plx_imports_undo(plx_store *store, gint64 id, guint64 *observations, GError **error)
{
    struct plx_store_map_stamp stamp = {0};
    guint64 n = 0;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    const gboolean done = undo(store, id, &n, error) && plx_store_read_stamp(store, &stamp, error);
    if (!plx_store_end(store, done, error))
        return FALSE;
    *observations = n;
    return stamp.amendments == store->stamp.amendments || reload(store, &stamp, error);
}
