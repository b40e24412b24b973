/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copies.h"

#include "base/error.h"
#include "store/check.h"
#include "store/naming.h"
#include "store/schema.h"
#include "store/store_private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGES_A_STEP 1024

/* Copying ----------------------------------------------------------------------------------- */

/* From where, as what, and whom to ask whether to go on. */
struct copying {
    plx_db *from;
    const char *path; /* as the user named it */
    const char *like; /* as many may read it as this file */
    plx_copies_tick tick;
    gpointer data;
};

/* Page by page: a writer in between makes SQLite begin again, so steps are large. */
static gboolean copy_pages(const struct copying *copying, sqlite3 *to, GError **error)
{
    sqlite3_backup *const backup =
        sqlite3_backup_init(to, "main", plx_db_handle(copying->from), "main");
    if (!backup)
        return plx_error(error, PLX_ERROR_IO, "%s: %s", copying->path, sqlite3_errmsg(to));
    int code = SQLITE_OK;
    gboolean stopped = FALSE;
    while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        stopped = copying->tick && !copying->tick(copying->data);
        if (stopped)
            break;
        if (code != SQLITE_OK)
            g_usleep(10000);
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return TRUE;
    return plx_error(error, PLX_ERROR_IO, "%s: %s", copying->path,
                     stopped               ? "stopped"
                     : code == SQLITE_FULL ? "the disk is full"
                                           : sqlite3_errstr(code));
}

static gboolean copy_to(const struct copying *copying, const char *part, GError **error)
{
    sqlite3 *to = NULL;
    if (sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        plx_error(error, PLX_ERROR_IO, "%s: %s", copying->path,
                  to ? sqlite3_errmsg(to) : "no memory");
        sqlite3_close(to);
        return FALSE;
    }
    const gboolean ok = copy_pages(copying, to, error);
    sqlite3_close(to);
    return ok;
}

/* A copy beside `path` under another name, checked; the caller gives it its name. As many may read
 * it as what it replaces or, where that is nothing, what it was made of: they are people's answers.
 */
static char *make_checked(const struct copying *copying, GError **error)
{
    const char *const path = copying->path;
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    unlink(part);
    g_autoptr(plx_store) copy = NULL;
    struct plx_check_report report = {0};
    gboolean ok = plx_naming_create(part, copying->like, error) && copy_to(copying, part, error) &&
                  (copy = plx_store_open(part, PLX_STORE_WRITE, error)) != NULL &&
                  plx_check_run(copy, FALSE, &report, error);
    if (ok && report.faults->len > 0)
        ok = plx_error(error, PLX_ERROR_IO, "%s: the copy is not whole: %s", path,
                       (const char *)report.faults->pdata[0]);
    plx_check_report_clear(&report);
    g_clear_pointer(&copy, plx_store_free);
    plx_naming_drop_logs(part);
    if (ok)
        return g_steal_pointer(&part);
    unlink(part);
    return NULL;
}

static gboolean give_name(const char *part, const char *path, GError **error)
{
    if (rename(part, path) == 0 && plx_naming_sync(path))
        return TRUE;
    const int why = errno;
    unlink(part);
    return plx_error(error, PLX_ERROR_IO, "%s: %s", path, g_strerror(why));
}

/* Once, however often it is told. */
static gboolean remember(plx_db *db, const char *made, const char *path, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO copy (made, path) SELECT ?1, ?2 WHERE NOT EXISTS "
                       "(SELECT 1 FROM copy WHERE made = ?1 AND path = ?2)",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, made, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, path, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

gboolean plx_copies_backup(plx_store *store, const char *path, plx_copies_tick tick, gpointer data,
                           GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return plx_error(error, PLX_ERROR_IO, "%s: exists already; nothing was changed", path);
    const struct copying copying = {store->db, path, plx_db_path(store->db), tick, data};
    g_autofree char *now = plx_store_now();
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    g_autofree char *part = make_checked(&copying, error);
    return part && plx_naming_give(part, path, error) &&
           (store->mode == PLX_STORE_READ || remember(store->db, now, whole, error));
}

/* Bringing back ----------------------------------------------------------------------------- */

/* Takes the lock that every user of a workspace shares, so nobody is in the middle of anything. */
static gboolean is_unused(const char *path, GError **error)
{
    g_autoptr(plx_db) db = plx_db_open(path, PLX_DB_WRITE, NULL);
    if (!db)
        return TRUE; /* damaged: that is why it is replaced */
    sqlite3_busy_timeout(plx_db_handle(db), 0);
    if (plx_db_execute(db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;", NULL))
        return TRUE;
    return plx_error(error, PLX_ERROR_IO, "%s: is in use; nothing was changed", path);
}

static gboolean remember_all(plx_db *db, const GPtrArray *copies, GError **error)
{
    for (guint i = 0; copies && i < copies->len; i++) {
        const struct plx_copy *const copy = copies->pdata[i];
        if (copy->made && !remember(db, copy->made, copy->path, error))
            return FALSE;
    }
    return TRUE;
}

/* What the workspace that is replaced knew of copies, and the backup itself: an erasure must be
 * able to name them. A damaged workspace knows nothing. */
static gboolean hand_down(const char *part, const char *backup, const char *path, GError **error)
{
    struct stat status;
    g_autoptr(plx_db) old = plx_db_open(path, PLX_DB_READ, NULL);
    g_autoptr(GPtrArray) copies = old ? plx_copies_list(old, NULL) : NULL;
    g_autofree char *whole = g_canonicalize_filename(backup, NULL);
    g_autoptr(plx_db) db = plx_db_open(part, PLX_DB_WRITE, error);
    if (!db)
        return FALSE;
    gboolean known = FALSE;
    for (guint i = 0; copies && i < copies->len; i++)
        known |= strcmp(((const struct plx_copy *)copies->pdata[i])->path, whole) == 0;
    g_autoptr(GDateTime) written =
        stat(backup, &status) == 0 ? g_date_time_new_from_unix_utc(status.st_mtime) : NULL;
    g_autofree char *made = written ? g_date_time_format(written, "%Y-%m-%dT%H:%M:%SZ") : NULL;
    return remember_all(db, copies, error) &&
           (known || !made || remember(db, made, whole, error)) &&
           plx_db_execute(db, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

gboolean plx_copies_restore(const char *backup, const char *path, gboolean replace,
                            plx_copies_tick tick, gpointer data, GError **error)
{
    g_autoptr(plx_db) from = plx_db_open(backup, PLX_DB_READ, error);
    if (!from)
        return FALSE;
    const gboolean exists = g_file_test(path, G_FILE_TEST_EXISTS);
    if (exists && !replace)
        return plx_error(
            error, PLX_ERROR_IO,
            "%s: exists already; nothing was changed (--replace puts the backup in its "
            "place)",
            path);
    if (exists && !is_unused(path, error))
        return FALSE;
    const struct copying copying = {from, path, exists ? path : backup, tick, data};
    g_autofree char *part = make_checked(&copying, error);
    if (!part)
        return FALSE;
    const gboolean ok = hand_down(part, backup, path, error);
    plx_naming_drop_logs(part);
    if (!ok) {
        unlink(part);
        return FALSE;
    }
    /* A log of what was there before would be played into the new file. */
    plx_naming_drop_logs(path);
    return give_name(part, path, error);
}

/* Remembering ------------------------------------------------------------------------------- */

static void free_copy(gpointer data)
{
    struct plx_copy *const copy = data;
    g_free(copy->path);
    g_free(copy->made);
    g_free(copy);
}

static void add_copy(GPtrArray *copies, const char *path, const char *made)
{
    struct plx_copy *const copy = g_new0(struct plx_copy, 1);
    *copy =
        (struct plx_copy){g_strdup(path), g_strdup(made), g_file_test(path, G_FILE_TEST_EXISTS)};
    g_ptr_array_add(copies, copy);
}

static void add_versions(plx_db *db, GPtrArray *copies)
{
    for (guint version = 1; version < plx_schema_version(); version++) {
        g_autofree char *path = g_strdup_printf("%s.version-%u", plx_db_path(db), version);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            add_copy(copies, path, NULL);
    }
}

GPtrArray *plx_copies_list(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT path, max(made) FROM copy GROUP BY path ORDER BY path", error);
    if (!statement)
        return NULL;
    g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func(free_copy);
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const char *const path = (const char *)sqlite3_column_text(statement, 0);
        if (path)
            add_copy(copies, path, (const char *)sqlite3_column_text(statement, 1));
    }
    if (code != SQLITE_DONE)
        return NULL;
    add_versions(db, copies);
    return g_steal_pointer(&copies);
}
