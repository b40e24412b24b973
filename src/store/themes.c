/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/themes.h"

#include "base/error.h"
#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

G_STATIC_ASSERT(PLX_CODEBOOK_KEY == PLX_SECRET_BYTES);

/* Are all rows there? */
static gboolean check_number(plx_db *db, GError **error)
{
    gint64 rows, expected;
    if (!plx_db_number(db, "SELECT count(*) FROM codebook", &rows, error) ||
        !plx_db_number(db, "SELECT value FROM fact WHERE name = 'codebooks'", &expected, error))
        return FALSE;
    return rows == expected || plx_db_damaged(db, error, "its themes");
}

/* Of the row that a statement stands on. */
static plx_codebook *read_row(const plx_store *store, sqlite3_stmt *row, GError **error)
{
    const char *const text = (const char *)sqlite3_column_text(row, 1);
    if (!text || sqlite3_column_int64(row, 2) != plx_crc(text, strlen(text))) {
        plx_db_damaged(store->db, error, "its themes");
        return NULL;
    }
    return plx_codebook_read(store->secret, text, plx_db_path(store->db), error);
}

static plx_codebook *read_last(plx_store *store, gint64 *number, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT id, book, crc FROM codebook ORDER BY id DESC LIMIT 1", error);
    if (!statement || !check_number(store->db, error))
        return NULL;
    const int code = plx_db_step(store->db, statement, error);
    if (code == 0)
        return NULL;
    if (code == SQLITE_DONE) {
        *number = 0;
        return plx_codebook_new(store->secret);
    }
    plx_codebook *const book = read_row(store, statement, error);
    if (book)
        *number = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return book;
}

plx_codebook *plx_themes_read(plx_store *store, gint64 *number, GError **error)
{
    if (!plx_db_begin_read(store->db, error))
        return NULL;
    plx_codebook *const book = read_last(store, number, error);
    plx_db_rollback(store->db);
    return book;
}

static gboolean check_all(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT id, book, crc FROM codebook ORDER BY id", error);
    int code;
    if (!statement || !check_number(store->db, error))
        return FALSE;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        g_autoptr(plx_codebook) book = read_row(store, statement, error);
        if (!book) {
            sqlite3_reset(statement);
            return FALSE;
        }
    }
    return code == SQLITE_DONE;
}

gboolean plx_themes_check(plx_store *store, GError **error)
{
    if (!plx_db_begin_read(store->db, error))
        return FALSE;
    const gboolean ok = check_all(store, error);
    plx_db_rollback(store->db);
    return ok;
}

/* Writing ----------------------------------------------------------------------------------- */

static gboolean insert(plx_db *db, const plx_codebook *book, const char *act, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT INTO codebook (made, act, book, crc) VALUES (?1, ?2, ?3, ?4)", error);
    if (!statement)
        return FALSE;
    g_autofree char *now = plx_store_now();
    g_autofree char *text = plx_codebook_text(book);
    sqlite3_bind_text(statement, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, act, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, text, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, plx_crc(text, strlen(text)));
    return plx_db_run(db, statement, error);
}

/* Of the oldest that stays it is not known what was there before: it has no act to take back. */
static gboolean drop_oldest(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "DELETE FROM codebook WHERE id NOT IN (SELECT id FROM codebook ORDER BY id DESC LIMIT ?1)",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, PLX_THEMES_KEPT + 1);
    return plx_db_run(db, statement, error) &&
           (sqlite3_changes(plx_db_handle(db)) == 0 ||
            plx_db_execute(db,
                           "UPDATE codebook SET act = '' "
                           "WHERE id = (SELECT min(id) FROM codebook)",
                           error));
}

static gboolean count_again(plx_db *db, GError **error)
{
    return plx_db_execute(db,
                          "UPDATE fact SET value = (SELECT count(*) FROM codebook) "
                          "WHERE name = 'codebooks'",
                          error);
}

static gboolean last_number(plx_db *db, gint64 *number, GError **error)
{
    return check_number(db, error) &&
           plx_db_number(db, "SELECT ifnull(max(id), 0) FROM codebook", number, error);
}

gboolean plx_themes_write(plx_store *store, const plx_codebook *book, const char *act, gint64 from,
                          gint64 *number, GError **error)
{
    gint64 last, made = 0;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    gboolean ok = last_number(store->db, &last, error);
    if (ok && last != from)
        ok = plx_error(error, PLX_ERROR_IO,
                       "%s: another program changed the themes meanwhile; nothing was changed. Do "
                       "it again",
                       plx_db_path(store->db));
    ok = ok && insert(store->db, book, act, error) &&
         plx_db_number(store->db, "SELECT max(id) FROM codebook", &made, error) &&
         drop_oldest(store->db, error) && count_again(store->db, error);
    if (!plx_store_end(store, ok, error))
        return FALSE;
    *number = made;
    return TRUE;
}

static gboolean undo_last(plx_db *db, char **act, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT act FROM codebook ORDER BY id DESC LIMIT 1", error);
    if (!statement || !check_number(db, error))
        return FALSE;
    const int code = plx_db_step(db, statement, error);
    if (code == SQLITE_DONE)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: nothing was sorted yet", plx_db_path(db));
    if (code != SQLITE_ROW)
        return FALSE;
    g_autofree char *last = g_strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_reset(statement);
    if (!last || !*last)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "%s: what was sorted before the last %d acts cannot be taken back",
                         plx_db_path(db), PLX_THEMES_KEPT);
    *act = g_steal_pointer(&last);
    return plx_db_execute(db, "DELETE FROM codebook WHERE id = (SELECT max(id) FROM codebook)",
                          error) &&
           count_again(db, error);
}

gboolean plx_themes_undo(plx_store *store, char **act, GError **error)
{
    g_autofree char *undone = NULL;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    if (!plx_store_end(store, undo_last(store->db, &undone, error), error))
        return FALSE;
    *act = g_steal_pointer(&undone);
    return TRUE;
}

/* Looking back ------------------------------------------------------------------------------ */

static void free_act(gpointer data)
{
    struct plx_theme_act *const act = data;
    g_free(act->made);
    g_free(act->act);
    g_free(act);
}

GPtrArray *plx_themes_log(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT id, made, act FROM codebook WHERE act <> '' ORDER BY id", error);
    if (!statement)
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_act);
    int code;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        struct plx_theme_act *const act = g_new0(struct plx_theme_act, 1);
        act->number = sqlite3_column_int64(statement, 0);
        act->made = g_strdup((const char *)sqlite3_column_text(statement, 1));
        act->act = g_strdup((const char *)sqlite3_column_text(statement, 2));
        g_ptr_array_add(list, act);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}
