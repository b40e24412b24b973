/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/db_private.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>

gboolean plx_db_damaged(const plx_db *db, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return plx_error(
        error, PLX_ERROR_IO,
        "%s: the workspace is damaged: %s; restore a backup (parallax restore), or see "
        "what can be saved with parallax check",
        db->path, what);
}

gboolean plx_db_error(plx_db *db, GError **error)
{
    int code = sqlite3_extended_errcode(db->handle);
    const char *const said = sqlite3_errmsg(db->handle);
    /* The file beside it that readers share cannot even be begun. */
    if ((code & 0xFF) == SQLITE_IOERR && sqlite3_system_errno(db->handle) == ENOSPC)
        code = SQLITE_FULL;
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return plx_error(error, PLX_ERROR_IO, "%s: the disk is full; nothing was changed",
                         db->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return plx_error(error, PLX_ERROR_IO, "%s: may not be written to (%s)", db->path, said);
    case SQLITE_BUSY:
        return plx_error(error, PLX_ERROR_IO,
                         "%s: another program is writing to it and did not finish in time",
                         db->path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return plx_db_damaged(db, error, "%s", said);
    default:
        return plx_error(error, PLX_ERROR_IO, "%s: %s", db->path, said);
    }
}

const char *plx_db_path(const plx_db *db)
{
    return db->path;
}

sqlite3 *plx_db_handle(plx_db *db)
{
    return db->handle;
}

void plx_db_set_waiting(plx_db *db, plx_db_waiting waiting, gpointer data)
{
    db->waiting = waiting;
    db->waiting_data = data;
}

/* Statements -------------------------------------------------------------------------------- */

sqlite3_stmt *plx_db_prepare(plx_db *db, const char *sql, GError **error)
{
    sqlite3_stmt *statement = g_hash_table_lookup(db->statements, sql);
    if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return statement;
    }
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        plx_db_error(db, error);
        return NULL;
    }
    g_hash_table_insert(db->statements, (gpointer)(gsize)sql, statement);
    return statement;
}

int plx_db_step(plx_db *db, sqlite3_stmt *statement, GError **error)
{
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return code;
    if (code != SQLITE_DONE)
        plx_db_error(db, error);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? code : 0;
}

gboolean plx_db_run(plx_db *db, sqlite3_stmt *statement, GError **error)
{
    return plx_db_step(db, statement, error) == SQLITE_DONE;
}

gboolean plx_db_do(plx_db *db, const char *sql, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    return statement && plx_db_run(db, statement, error);
}

gboolean plx_db_execute(plx_db *db, const char *sql, GError **error)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || plx_db_error(db, error);
}

gboolean plx_db_number(plx_db *db, const char *sql, gint64 *number, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    const int code = plx_db_step(db, statement, error);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    else if (code == SQLITE_DONE)
        plx_db_damaged(db, error, "\"%s\" gives nothing", sql);
    sqlite3_reset(statement);
    return code == SQLITE_ROW;
}

gboolean plx_db_one(plx_db *db, sqlite3_stmt *statement, gint64 *number, GError **error)
{
    const int code = statement ? plx_db_step(db, statement, error) : 0;
    if (code == 0)
        return FALSE;
    *number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return TRUE;
}

GArray *plx_db_numbers(plx_db *db, const char *sql, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return NULL;
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const gint64 number = sqlite3_column_int64(statement, 0);
        g_array_append_val(numbers, number);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&numbers) : NULL;
}

/* Transactions ------------------------------------------------------------------------------ */

gboolean plx_db_begin_write(plx_db *db, GError **error)
{
    db->changes = sqlite3_total_changes(db->handle);
    return plx_db_do(db, "BEGIN IMMEDIATE", error);
}

void plx_db_set_ending(plx_db *db, plx_db_ending ending, plx_db_ended ended, gpointer data,
                       GDestroyNotify data_free)
{
    if (db->ending_free)
        db->ending_free(db->ending_data);
    db->ending = ending;
    db->ended = ended;
    db->ending_data = data;
    db->ending_free = data_free;
}

gboolean plx_db_met_others(const plx_db *db)
{
    return db->met;
}

gboolean plx_db_still_within(plx_db *db, GError **error)
{
    return !sqlite3_get_autocommit(db->handle) ||
           plx_error(error, PLX_ERROR_IO, "%s: the transaction was taken back", db->path);
}

gboolean plx_db_try_write(plx_db *db)
{
    sqlite3_busy_handler(db->handle, NULL, NULL);
    const gboolean ok = plx_db_begin_write(db, NULL);
    sqlite3_busy_handler(db->handle, plx_db_wait, db);
    return ok;
}

gboolean plx_db_begin_read(plx_db *db, GError **error)
{
    gint64 schema;
    db->changes = sqlite3_total_changes(db->handle);
    /* The snapshot is that of the first read, not of BEGIN. */
    return plx_db_execute(db, "BEGIN", error) &&
           plx_db_number(db, "SELECT count(*) FROM fact", &schema, error);
}

gboolean plx_db_commit(plx_db *db, GError **error)
{
    const gboolean told = db->ending && sqlite3_total_changes(db->handle) != db->changes;
    if ((told && !db->ending(db->ending_data, error)) || !plx_db_do(db, "COMMIT", error)) {
        plx_db_rollback(db);
        return FALSE;
    }
    if (told)
        db->ended(db->ending_data);
    return TRUE;
}

gboolean plx_db_commit_aside(plx_db *db, GError **error)
{
    if (plx_db_do(db, "COMMIT", error))
        return TRUE;
    plx_db_rollback(db);
    return FALSE;
}

void plx_db_rollback(plx_db *db)
{
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean plx_db_try_empty_log(plx_db *db)
{
    sqlite3_busy_handler(db->handle, NULL, NULL);
    const gboolean ok = plx_db_empty_log(db, NULL);
    sqlite3_busy_handler(db->handle, plx_db_wait, db);
    return ok;
}

gboolean plx_db_empty_log(plx_db *db, GError **error)
{
    gint64 busy; /* the first of three columns; not an error to SQLite */
    if (!plx_db_number(db, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, error))
        return FALSE;
    return busy == 0 ||
           plx_error(error, PLX_ERROR_IO,
                     "%s: done, but another program is still reading what was there before, and "
                     "the file keeps it until that has ended: run parallax compact then",
                     db->path);
}
