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
#include <unistd.h>

#define PAGES_A_STEP 1024

/* Copying ----------------------------------------------------------------------------------- */

/* Page by page: a writer in between makes SQLite begin again, so steps are large. */
static gboolean copy_pages(plx_db *from, sqlite3 *to, const char *path, GError **error)
{
    sqlite3_backup *const backup = sqlite3_backup_init(to, "main", plx_db_handle(from), "main");
    if (!backup)
        return plx_error(error, PLX_ERROR_IO, "%s: %s", path, sqlite3_errmsg(to));
    int code;
    while ((code = sqlite3_backup_step(backup, PAGES_A_STEP)) == SQLITE_OK || code == SQLITE_BUSY ||
           code == SQLITE_LOCKED)
        if (code != SQLITE_OK)
            g_usleep(10000);
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return TRUE;
    return plx_error(error, PLX_ERROR_IO, "%s: %s", path,
                     code == SQLITE_FULL ? "the disk is full" : sqlite3_errstr(code));
}

static gboolean copy_to(plx_db *from, const char *path, GError **error)
{
    sqlite3 *to = NULL;
    if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        plx_error(error, PLX_ERROR_IO, "%s: %s", path, to ? sqlite3_errmsg(to) : "no memory");
        sqlite3_close(to);
        return FALSE;
    }
    const gboolean ok = copy_pages(from, to, path, error);
    sqlite3_close(to);
    return ok;
}

/* A copy beside `path` under another name, checked; the caller gives it its name. As many may read
 * it as what it replaces or, where that is nothing, what it was made of: they are people's answers.
 */
static char *make_checked(plx_db *from, const char *path, GError **error)
{
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    unlink(part);
    g_autoptr(plx_store) copy = NULL;
    struct plx_check_report report = {0};
    const char *const like = g_file_test(path, G_FILE_TEST_EXISTS) ? path : plx_db_path(from);
    gboolean ok = plx_db_create_file(part, like, error) && copy_to(from, part, error) &&
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

static gboolean remember(plx_db *db, const char *path, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "INSERT INTO copy (made, path) VALUES (?1, ?2)", error);
    if (!statement)
        return FALSE;
    g_autofree char *now = plx_store_now();
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    sqlite3_bind_text(statement, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, whole, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

gboolean plx_copies_backup(plx_store *store, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return plx_error(error, PLX_ERROR_IO, "%s: exists already; nothing was changed", path);
    g_autofree char *part = make_checked(store->db, path, error);
    return part && plx_naming_give(part, path, error) && remember(store->db, path, error);
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

gboolean plx_copies_restore(const char *backup, const char *path, gboolean replace, GError **error)
{
    const gboolean exists = g_file_test(path, G_FILE_TEST_EXISTS);
    if (exists && !replace)
        return plx_error(
            error, PLX_ERROR_IO,
            "%s: exists already; nothing was changed (--replace puts the backup in its "
            "place)",
            path);
    if (exists && !is_unused(path, error))
        return FALSE;
    g_autoptr(plx_db) from = plx_db_open(backup, PLX_DB_READ, error);
    g_autofree char *part = from ? make_checked(from, path, error) : NULL;
    if (!part)
        return FALSE;
    plx_naming_drop_logs(
        path); /* a log of what was there before would be played into the new file */
    return give_name(part, path, error);
}

/* Remembering ------------------------------------------------------------------------------- */

static void add_versions(plx_db *db, GPtrArray *paths)
{
    for (guint version = 1; version < plx_schema_version(); version++) {
        g_autofree char *path = g_strdup_printf("%s.version-%u", plx_db_path(db), version);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            g_ptr_array_add(paths, g_steal_pointer(&path));
    }
}

GPtrArray *plx_copies_list(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT DISTINCT path FROM copy ORDER BY path", error);
    if (!statement)
        return NULL;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const char *const path = (const char *)sqlite3_column_text(statement, 0);
        if (path && g_file_test(path, G_FILE_TEST_EXISTS))
            g_ptr_array_add(paths, g_strdup(path));
    }
    if (code != SQLITE_DONE)
        return NULL;
    add_versions(db, paths);
    return g_steal_pointer(&paths);
}
