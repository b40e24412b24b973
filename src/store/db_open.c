/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a file, or somebody else's connection, to one of ours. */

#include "base/error.h"
#include "store/db_private.h"
#include "store/naming.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

int plx_db_wait(void *data, int tries)
{
    plx_db *const db = data;
    const gint64 now = g_get_monotonic_time();
    db->met = TRUE;
    if (tries == 0)
        db->waiting_since = db->told = now;
    const gint64 waited = (now - db->waiting_since) / G_USEC_PER_SEC;
    if (waited >= PLX_BUSY_SECONDS)
        return 0;
    if (db->waiting && now - db->told >= G_USEC_PER_SEC) {
        db->told = now;
        if (!db->waiting((guint)waited, db->waiting_data))
            return 0;
    }
    g_usleep(tries < 200 ? 1000 : 10000);
    return 1;
}

/* Is there a file that can be read at all? */
static gboolean check_file(const char *path, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0 && errno == ENOENT)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: there is no such workspace", path);
    if (access(path, R_OK) != 0)
        return plx_error(error, PLX_ERROR_IO, "%s: cannot be opened: %s", path, g_strerror(errno));
    return S_ISREG(status.st_mode) ||
           plx_error(error, PLX_ERROR_INPUT, "%s: is not a workspace", path);
}

static gboolean peek(sqlite3 *handle, void *bytes, int n)
{
    sqlite3_file *file = NULL;
    return sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
           file && file->pMethods && file->pMethods->xRead(file, bytes, n, 0) == SQLITE_OK;
}

gboolean plx_db_peek(const char *path, void *bytes, int n)
{
    sqlite3 *handle = NULL;
    const gboolean ok = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                                        NULL) == SQLITE_OK &&
                        peek(handle, bytes, n);
    sqlite3_close(handle);
    return ok;
}

/* They tell a workspace from a CSV file before SQLite looks into it. */
static gboolean check_head(const plx_db *db, GError **error)
{
    guint8 head[72] = {0};
    if (!peek(db->handle, head, sizeof head) || memcmp(head, "SQLite format 3", 16) != 0)
        return plx_error(error, PLX_ERROR_INPUT, "%s: is not a workspace", db->path);
    const guint32 id = (guint32)head[68] << 24 | (guint32)head[69] << 16 | (guint32)head[70] << 8 |
                       (guint32)head[71];
    if (id != PLX_APPLICATION_ID)
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: is an SQLite database, but not a workspace of Parallax", db->path);
    return TRUE;
}

/* A reader of a WAL file writes its index beside it. Where that is impossible the file cannot be
 * changing either, unless somebody else may write: then SQLite refuses, and rightly. */
static char *uri_of(const char *path, enum plx_db_mode mode)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autofree char *escaped = g_uri_escape_string(path, "/", TRUE);
    const gboolean fixed = mode == PLX_DB_READ && access(folder, W_OK) != 0 &&
                           access(path, W_OK) != 0 && access(log, F_OK) != 0;
    return g_strconcat("file:", escaped, fixed ? "?immutable=1" : "", NULL);
}

static gboolean configure(plx_db *db, enum plx_db_mode mode, GError **error)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_handler(db->handle, plx_db_wait, db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 1);
    if (mode == PLX_DB_CREATE &&
        !plx_db_execute(db, "PRAGMA page_size = 16384; PRAGMA application_id = 1349285937;", error))
        return FALSE;
    if (!plx_db_execute(db,
                        "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; "
                        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
                        "PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384;",
                        error))
        return FALSE;
    return plx_db_execute(
        db, mode == PLX_DB_READ ? "PRAGMA query_only = ON;" : "PRAGMA journal_mode = WAL;", error);
}

plx_db *plx_db_open(const char *path, enum plx_db_mode mode, GError **error)
{
    if (mode == PLX_DB_CREATE ? !plx_naming_create(path, NULL, error) : !check_file(path, error))
        return NULL;
    g_autoptr(plx_db) db = g_new0(plx_db, 1);
    db->path = g_strdup(path);
    db->statements = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, finalize);
    g_autofree char *uri = uri_of(path, mode);
    /* A reader that may write tidies up the log when it is the last one. */
    const gboolean read_only = mode == PLX_DB_READ && access(path, W_OK) != 0;
    const int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_URI |
                      SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(uri, &db->handle, flags, NULL) != SQLITE_OK || !db->handle) {
        if (db->handle)
            plx_db_error(db, error);
        else
            plx_error(error, PLX_ERROR_IO, "%s: no memory for a connection", path);
    } else if ((mode == PLX_DB_CREATE || check_head(db, error)) && configure(db, mode, error)) {
        return g_steal_pointer(&db);
    }
    if (mode == PLX_DB_CREATE)
        unlink(path);
    return NULL;
}

plx_db *plx_db_adopt(sqlite3 *handle, GError **error)
{
    const char *const path = sqlite3_db_filename(handle, "main");
    g_autoptr(plx_db) db = g_new0(plx_db, 1);
    db->handle = handle;
    db->adopted = TRUE;
    db->path = g_strdup(path && *path ? path : "the open database");
    db->statements = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, finalize);
    gint64 id;
    if (!plx_db_number(db, "PRAGMA application_id", &id, error))
        return NULL;
    if (id == PLX_APPLICATION_ID)
        return g_steal_pointer(&db);
    plx_error(error, PLX_ERROR_INPUT, "%s: is not a workspace of Parallax", db->path);
    return NULL;
}

void plx_db_close(plx_db *db)
{
    if (!db)
        return;
    plx_db_set_ending(db, NULL, NULL, NULL, NULL);
    g_hash_table_unref(db->statements);
    if (!db->adopted)
        sqlite3_close(db->handle);
    g_free(db->path);
    g_free(db);
}
