/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/visit_ties.h"

#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

static gint64 crc_of(gint64 visit, gint64 account, const char *token)
{
    g_autofree char *text =
        g_strdup_printf("%" G_GINT64_FORMAT "\1%" G_GINT64_FORMAT "\1%s", visit, account, token);
    return plx_crc(text, strlen(text));
}

/* `sql` takes away those of one visit or account. */
static gboolean remove_ties(plx_db *db, const char *sql, gint64 whose, GError **error)
{
    sqlite3_stmt *const rows = plx_db_prepare(db, sql, error);
    if (!rows)
        return FALSE;
    sqlite3_bind_int64(rows, 1, whose);
    return plx_db_run(db, rows, error);
}

gboolean plx_visit_ties_set_within(plx_store *store, gint64 visit, gint64 account,
                                   const char *token, GError **error)
{
    if (!remove_ties(store->db, "DELETE FROM visit_tie WHERE visit = ?1", visit, error))
        return FALSE;
    if (!account)
        return TRUE;
    sqlite3_stmt *const row = plx_db_prepare(
        store->db, "INSERT INTO visit_tie (visit, account, token, crc) VALUES (?1, ?2, ?3, ?4)",
        error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, visit);
    sqlite3_bind_int64(row, 2, account);
    sqlite3_bind_text(row, 3, token, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(row, 4, crc_of(visit, account, token));
    return plx_db_run(store->db, row, error);
}

gboolean plx_visit_ties_end_within(plx_store *store, gint64 account, GError **error)
{
    return remove_ties(store->db, "DELETE FROM visit_tie WHERE account = ?1", account, error);
}

static void free_tie(gpointer data)
{
    struct plx_visit_tie *const tie = data;
    g_free(tie->token);
    g_free(tie);
}

/* All, or those of `account` where it is not 0. */
static GPtrArray *read_ties(plx_db *db, gint64 account, GError **error)
{
    sqlite3_stmt *const row = plx_db_prepare(db,
                                             "SELECT visit, account, token, crc FROM visit_tie "
                                             "WHERE ?1 = 0 OR account = ?1 ORDER BY visit",
                                             error);
    if (!row)
        return NULL;
    g_autoptr(GPtrArray) ties = g_ptr_array_new_with_free_func(free_tie);
    sqlite3_bind_int64(row, 1, account);
    int code;
    while ((code = plx_db_step(db, row, error)) == SQLITE_ROW) {
        const char *const token = (const char *)sqlite3_column_text(row, 2);
        const gint64 visit = sqlite3_column_int64(row, 0);
        if (!token ||
            sqlite3_column_int64(row, 3) != crc_of(visit, sqlite3_column_int64(row, 1), token)) {
            sqlite3_reset(row);
            plx_db_damaged(db, error, "whose its visits are");
            return NULL;
        }
        struct plx_visit_tie *const tie = g_new0(struct plx_visit_tie, 1);
        *tie = (struct plx_visit_tie){visit, g_strdup(token)};
        g_ptr_array_add(ties, tie);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&ties) : NULL;
}

GPtrArray *plx_visit_ties_of(plx_store *store, gint64 account, GError **error)
{
    return account ? read_ties(store->db, account, error)
                   : g_ptr_array_new_with_free_func(free_tie);
}

gboolean plx_visit_ties_check(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) all = read_ties(store->db, 0, error);
    return all != NULL;
}
