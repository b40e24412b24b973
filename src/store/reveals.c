/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reveals.h"

static void clear_reveal(gpointer data)
{
    g_free((gpointer)(gsize)((struct plx_reveal *)data)->audience);
}

static gboolean has_table(plx_db *db, gint64 *n, GError **error)
{
    return plx_db_number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'reveal'", n, error);
}

static gboolean read_all(plx_db *db, GArray *reveals, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT audience, time FROM reveal ORDER BY audience", error);
    int code = 0;
    while (statement && (code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const struct plx_reveal reveal = {g_strdup((const char *)sqlite3_column_text(statement, 0)),
                                          sqlite3_column_int64(statement, 1)};
        g_array_append_val(reveals, reveal);
    }
    return code == SQLITE_DONE;
}

gboolean plx_reveals_read(plx_store *store, GArray **reveals, GError **error)
{
    plx_db *const db = plx_store_db(store);
    gint64 n;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct plx_reveal));
    g_array_set_clear_func(found, clear_reveal);
    if (!has_table(db, &n, error) || (n > 0 && !read_all(db, found, error)))
        return FALSE;
    *reveals = g_steal_pointer(&found);
    return TRUE;
}

static gboolean lock(plx_db *db, const char *audience, gint64 utc_seconds, GError **error)
{
    if (!plx_db_execute(db,
                        "CREATE TABLE IF NOT EXISTS reveal (audience TEXT PRIMARY KEY, "
                        "time INTEGER NOT NULL) WITHOUT ROWID",
                        error))
        return FALSE;
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT INTO reveal (audience, time) VALUES (?1, ?2) ON CONFLICT DO NOTHING", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, audience, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, utc_seconds);
    return plx_db_run(db, statement, error);
}

gboolean plx_reveals_lock(plx_store *store, const char *audience, gint64 utc_seconds,
                          GError **error)
{
    plx_db *const db = plx_store_db(store);
    if (!plx_db_begin_write(db, error))
        return FALSE;
    if (lock(db, audience, utc_seconds, error) && plx_db_commit(db, error))
        return TRUE;
    plx_db_rollback(db);
    return FALSE;
}
