/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/leftover.h"

#include "store/shelf.h"

#include <string.h>
#include <unistd.h>

#define PLX_LEFTOVER_BLOCKS 8

static char *boot_id(void)
{
    char *text = NULL;
    if (!g_file_get_contents("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
        return g_strdup("unknown");
    return g_strstrip(text);
}

/* Field 22 of /proc/PID/stat, counted behind the name, which may hold anything. */
static char *start_time(gint64 pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%" G_GINT64_FORMAT "/stat", pid);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    const char *const behind = strrchr(text, ')');
    if (!behind)
        return NULL;
    g_auto(GStrv) fields = g_strsplit(behind + 1, " ", 22);
    return g_strv_length(fields) > 20 ? g_strdup(fields[20]) : NULL;
}

char *plx_leftover_owner(void)
{
    g_autofree char *boot = boot_id();
    g_autofree char *started = start_time(getpid());
    return g_strdup_printf("%s %d %s", boot, (gint)getpid(), started ? started : "0");
}

gboolean plx_leftover_runs(const char *owner)
{
    g_auto(GStrv) parts = g_strsplit(owner, " ", 3);
    if (g_strv_length(parts) != 3)
        return FALSE;
    g_autofree char *boot = boot_id();
    g_autofree char *started = start_time(g_ascii_strtoll(parts[1], NULL, 10));
    return strcmp(parts[0], boot) == 0 && started && strcmp(parts[2], started) == 0;
}

/* The next blocks, ids alone: what was left half done need not be whole to be removed. None of an
 * import that has become visible meanwhile. */
static GArray *list_blocks(plx_db *db, gint64 import, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT block.id FROM block JOIN import ON import.id = block.import "
                       "WHERE block.import = ?1 AND state = 'pending' ORDER BY block.id LIMIT ?2",
                       error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, import);
    sqlite3_bind_int64(statement, 2, PLX_LEFTOVER_BLOCKS);
    g_autoptr(GArray) blocks = g_array_new(FALSE, FALSE, sizeof(gint64));
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(statement, 0);
        g_array_append_val(blocks, id);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&blocks) : NULL;
}

/* Eight blocks at a time, as they were written. */
static gboolean remove_some(plx_db *db, gint64 import, guint *removed, GError **error)
{
    if (!plx_db_begin_write(db, error))
        return FALSE;
    g_autoptr(GArray) blocks = list_blocks(db, import, error);
    gboolean ok = blocks != NULL;
    for (guint i = 0; ok && i < blocks->len; i++)
        ok = plx_shelf_remove(db, g_array_index(blocks, gint64, i), error);
    if (!ok) {
        plx_db_rollback(db);
        return FALSE;
    }
    *removed = blocks->len;
    return plx_db_commit(db, error);
}

gboolean plx_leftover_remove(plx_db *db, gint64 import, GError **error)
{
    guint removed;
    do
        if (!remove_some(db, import, &removed, error))
            return FALSE;
    while (removed > 0);
    sqlite3_stmt *const last =
        plx_db_prepare(db, "DELETE FROM import WHERE id = ?1 AND state = 'pending'", error);
    if (!last)
        return FALSE;
    sqlite3_bind_int64(last, 1, import);
    return plx_db_run(db, last, error);
}

static gboolean next_leftover(plx_db *db, gint64 after, gint64 *import, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "SELECT id, owner FROM import WHERE state = 'pending' AND id > ?1 ORDER BY id", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, after);
    gint64 found = 0;
    int code;
    while (found == 0 && (code = plx_db_step(db, statement, error)) == SQLITE_ROW)
        if (!plx_leftover_runs((const char *)sqlite3_column_text(statement, 1)))
            found = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    if (found == 0 && code == 0)
        return FALSE;
    *import = found;
    return TRUE;
}

gboolean plx_leftover_clean(plx_db *db, GError **error)
{
    for (gint64 import = 0;;) {
        if (!next_leftover(db, import, &import, error))
            return FALSE;
        if (import == 0)
            return TRUE;
        if (!plx_leftover_remove(db, import, error))
            return FALSE;
    }
}
