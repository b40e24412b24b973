/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include "base/error.h"
#include "sql_resource.h" /* generated from sql.gresource.xml */
#include "store/naming.h"

#include <gio/gio.h>
#include <string.h>

static const char *const STEPS[] = {
    "/parallax/sql/0001-workspace.sql",   "/parallax/sql/0002-kept-counts.sql",
    "/parallax/sql/0003-workshop.sql",    "/parallax/sql/0004-steps.sql",
    "/parallax/sql/0005-suggestions.sql", "/parallax/sql/0006-forms.sql",
    "/parallax/sql/0007-accounts.sql",    "/parallax/sql/0008-visits.sql",
    "/parallax/sql/0009-webhooks.sql",    "/parallax/sql/0010-workshops.sql"};

guint plx_schema_version(void)
{
    return G_N_ELEMENTS(STEPS);
}

/* Within the caller's transaction. */
static gboolean run_steps(plx_db *db, guint from, GError **error)
{
    for (guint number = from; number <= plx_schema_version(); number++) {
        g_autoptr(GBytes) bytes = g_resource_lookup_data(plx_sql_get_resource(), STEPS[number - 1],
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, error);
        if (!bytes)
            return FALSE;
        g_autofree char *sql = g_strdup_printf("%s; PRAGMA user_version = %u;",
                                               (const char *)g_bytes_get_data(bytes, NULL), number);
        if (!plx_db_execute(db, sql, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean end(plx_db *db, gboolean ok, GError **error)
{
    if (ok)
        return plx_db_commit(db, error);
    plx_db_rollback(db);
    return FALSE;
}

gboolean plx_schema_create(plx_db *db, GError **error)
{
    return plx_db_begin_write(db, error) && end(db, run_steps(db, 1, error), error);
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

/* Which workspace of which moment: its id, version and generation; to be freed. */
static char *read_state(plx_db *db)
{
    gint64 version;
    sqlite3_stmt *const statement =
        plx_db_number(db, "PRAGMA user_version", &version, NULL)
            ? plx_db_prepare(db,
                             "SELECT group_concat(hex(value), ' ') FROM (SELECT value FROM fact "
                             "WHERE name IN ('generation', 'workspace') ORDER BY name)",
                             NULL)
            : NULL;
    if (!statement)
        return NULL;
    char *state = NULL;
    if (plx_db_step(db, statement, NULL) == SQLITE_ROW)
        state = g_strdup_printf("%" G_GINT64_FORMAT " %s", version,
                                (const char *)sqlite3_column_text(statement, 0));
    sqlite3_reset(statement);
    return state;
}

/* Is it the copy of an update that was stopped before it had changed anything? */
static gboolean is_copy_of(plx_db *db, const char *path)
{
    g_autoptr(plx_db) copy = plx_db_open(path, PLX_DB_READ, NULL);
    g_autofree char *mine = read_state(db);
    g_autofree char *its = copy ? read_state(copy) : NULL;
    return mine && its && strcmp(mine, its) == 0;
}

/* Through a connection of its own: the caller holds the lock, so nobody writes meanwhile. */
static gboolean vacuum_into(plx_db *db, const char *part, GError **error)
{
    g_autoptr(plx_db) other = plx_db_open(plx_db_path(db), PLX_DB_WRITE, error);
    sqlite3_stmt *const statement = other ? plx_db_prepare(other, "VACUUM INTO ?1", error) : NULL;
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, part, -1, SQLITE_STATIC);
    return plx_db_run(other, statement, error);
}

/* It gets its name when it is whole. */
static gboolean copy_before(plx_db *db, gint64 version, char **copy, GError **error)
{
    g_autofree char *path =
        g_strdup_printf("%s.version-%" G_GINT64_FORMAT, plx_db_path(db), version);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS) && !is_copy_of(db, path))
        return plx_error(error, PLX_ERROR_IO,
                         "%s: the copy before an update exists already; move it away first", path);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        plx_naming_drop(part);
        if (!plx_naming_create(part, plx_db_path(db), error))
            return FALSE;
        if (!vacuum_into(db, part, error)) {
            plx_naming_drop(part);
            return FALSE;
        }
        if (!plx_naming_give(part, path, error))
            return FALSE;
    }
    *copy = g_steal_pointer(&path);
    return TRUE;
}

gboolean plx_schema_migrate(plx_db *db, char **copy, GError **error)
{
    gint64 version;
    g_autofree char *made = NULL;
    if (!read_version(db, &version, error))
        return FALSE;
    if (version == (gint64)plx_schema_version())
        return TRUE;
    if (!plx_db_begin_write(db, error))
        return FALSE;
    /* Another program may have brought it up to date meanwhile. */
    const gboolean ok =
        read_version(db, &version, error) &&
        (version == (gint64)plx_schema_version() ||
         (copy_before(db, version, &made, error) && run_steps(db, (guint)version + 1, error)));
    if (!end(db, ok, error))
        return FALSE;
    if (copy)
        *copy = g_steal_pointer(&made);
    return TRUE;
}
