/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/db.h"

#include "base/error.h"
#include "store/naming.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct plx_db {
    sqlite3 *handle;
    gboolean adopted; /* the handle is somebody else's */
    char *path;
    GHashTable *statements; /* text → sqlite3_stmt */
    plx_db_waiting waiting;
    gpointer waiting_data;
    gint64 waiting_since; /* monotonic, 0: not waiting */
    gboolean met;         /* somebody else who was writing */
    gint64 told;
    plx_db_ending ending;
    plx_db_ended ended;
    gpointer ending_data;
    GDestroyNotify ending_free;
    int changes; /* rows changed before the transaction */
};

static void finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

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

/* Opening ----------------------------------------------------------------------------------- */

static int busy(void *data, int tries)
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
    sqlite3_busy_handler(db->handle, busy, db);
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
    sqlite3_busy_handler(db->handle, busy, db);
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
    sqlite3_busy_handler(db->handle, busy, db);
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
