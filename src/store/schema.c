/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include "base/error.h"
#include "sql_resource.h" /* generated from sql.gresource.xml */

#include <gio/gio.h>

static const char *const STEPS[] = {"/parallax/sql/0001-workspace.sql",
                                    "/parallax/sql/0002-kept-counts.sql"};

guint plx_schema_version(void)
{
    return G_N_ELEMENTS(STEPS);
}

static gboolean run_step(plx_db *db, guint number, GError **error)
{
    g_autoptr(GBytes) bytes = g_resource_lookup_data(plx_sql_get_resource(), STEPS[number - 1],
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    if (!bytes)
        return FALSE;
    g_autofree char *sql = g_strdup_printf("%s; PRAGMA user_version = %u;",
                                           (const char *)g_bytes_get_data(bytes, NULL), number);
    if (!plx_db_begin_write(db, error))
        return FALSE;
    if (plx_db_execute(db, sql, error))
        return plx_db_commit(db, error);
    plx_db_rollback(db);
    return FALSE;
}

gboolean plx_schema_create(plx_db *db, GError **error)
{
    for (guint number = 1; number <= plx_schema_version(); number++)
        if (!run_step(db, number, error))
            return FALSE;
    return TRUE;
}

static gboolean read_version(plx_db *db, gint64 *version, GError **error)
{
    if (!plx_db_number(db, "PRAGMA user_version", version, error))
        return FALSE;
    if (*version <= (gint64)plx_schema_version())
        return *version >= 1 || plx_db_damaged(db, error, "it has no version");
    return plx_error(
        error, PLX_ERROR_INPUT,
        "%s: was written by a newer Parallax (version %" G_GINT64_FORMAT
        " of the file; this program knows up to %u); nothing was changed. Use the newer "
        "program",
        plx_db_path(db), *version, plx_schema_version());
}

gboolean plx_schema_check(plx_db *db, GError **error)
{
    gint64 version;
    if (!read_version(db, &version, error))
        return FALSE;
    if (version == (gint64)plx_schema_version())
        return TRUE;
    return plx_error(error, PLX_ERROR_INPUT,
                     "%s: was written by an older Parallax; a command that writes to it (parallax "
                     "compact) brings it up to date, after a copy",
                     plx_db_path(db));
}

static gboolean copy_before(plx_db *db, gint64 version, char **copy, GError **error)
{
    g_autofree char *path =
        g_strdup_printf("%s.version-%" G_GINT64_FORMAT, plx_db_path(db), version);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return plx_error(error, PLX_ERROR_IO,
                         "%s: the copy before an update exists already; move it away first", path);
    sqlite3_stmt *const statement = plx_db_prepare(db, "VACUUM INTO ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    *copy = g_steal_pointer(&path);
    return TRUE;
}

gboolean plx_schema_migrate(plx_db *db, char **copy, GError **error)
{
    gint64 version;
    g_autofree char *made = NULL;
    if (!read_version(db, &version, error))
        return FALSE;
    if (version < (gint64)plx_schema_version() && !copy_before(db, version, &made, error))
        return FALSE;
    while (version < (gint64)plx_schema_version())
        if (!run_step(db, (guint)++version, error))
            return FALSE;
    if (copy)
        *copy = g_steal_pointer(&made);
    return TRUE;
}
