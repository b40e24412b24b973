/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sessions.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

/* Of what tells whose it is; when it is used changes all the time. */
static gint64 session_crc(const struct plx_session *session)
{
    struct {
        guint8 hash[PLX_TICKET_HASH];
        gint64 account, half, created;
    } all = {.account = GINT64_TO_LE(session->account),
             .half = GINT64_TO_LE(session->half),
             .created = GINT64_TO_LE(session->created)};
    memcpy(all.hash, session->hash, sizeof all.hash);
    return plx_crc(&all, sizeof all);
}

/* Of the row that a statement stands on. */
static gboolean take_row(plx_db *db, sqlite3_stmt *row, struct plx_session *session, GError **error)
{
    struct plx_session found = {.account = sqlite3_column_int64(row, 1),
                                .half = sqlite3_column_int(row, 2) != 0,
                                .created = sqlite3_column_int64(row, 3),
                                .used = sqlite3_column_int64(row, 4),
                                .expires = sqlite3_column_int64(row, 5)};
    if (sqlite3_column_bytes(row, 0) == PLX_TICKET_HASH)
        memcpy(found.hash, sqlite3_column_blob(row, 0), PLX_TICKET_HASH);
    if (sqlite3_column_int64(row, 6) != session_crc(&found))
        return plx_db_damaged(db, error, "its sessions");
    *session = found;
    return TRUE;
}

static sqlite3_stmt *prepare(plx_store *store, const char *sql, const guint8 hash[PLX_TICKET_HASH],
                             GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(store->db, sql, error);
    if (statement)
        sqlite3_bind_blob(statement, 1, hash, PLX_TICKET_HASH, SQLITE_STATIC);
    return statement;
}

static gboolean purge(plx_store *store, gint64 now, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "DELETE FROM session WHERE expires <= ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, now);
    return plx_db_run(store->db, statement, error);
}

char *plx_sessions_new(plx_store *store, struct plx_session *session, GError **error)
{
    char *const ticket = plx_ticket_new();
    plx_ticket_hash(ticket, PLX_TICKET_LENGTH, session->hash);
    session->used = session->created;
    sqlite3_stmt *const row =
        purge(store, session->created, error)
            ? prepare(store,
                      "INSERT INTO session (hash, account, half, created, used, expires, crc) "
                      "VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
                      session->hash, error)
            : NULL;
    if (row) {
        sqlite3_bind_int64(row, 2, session->account);
        sqlite3_bind_int(row, 3, session->half);
        sqlite3_bind_int64(row, 4, session->created);
        sqlite3_bind_int64(row, 5, session->expires);
        sqlite3_bind_int64(row, 6, session_crc(session));
    }
    if (row && plx_db_run(store->db, row, error))
        return ticket;
    plx_ticket_free(ticket);
    return NULL;
}

gboolean plx_sessions_find(plx_store *store, const guint8 hash[PLX_TICKET_HASH], gint64 now,
                           struct plx_session *session, GError **error)
{
    sqlite3_stmt *const row = prepare(store,
                                      "SELECT hash, account, half, created, used, expires, crc "
                                      "FROM session WHERE hash = ?1 AND expires > ?2",
                                      hash, error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 2, now);
    const int code = plx_db_step(store->db, row, error);
    if (code == SQLITE_DONE)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "this session has ended: log in again");
    const gboolean ok = code == SQLITE_ROW && take_row(store->db, row, session, error);
    sqlite3_reset(row);
    return ok;
}

GArray *plx_sessions_of(plx_store *store, gint64 account, GError **error)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct plx_session));
    struct plx_session session;
    int code;
    sqlite3_stmt *const row =
        plx_db_prepare(store->db,
                       "SELECT hash, account, half, created, used, expires, crc FROM session "
                       "WHERE account = ?1 ORDER BY created DESC, hash",
                       error);
    if (!row)
        return NULL;
    sqlite3_bind_int64(row, 1, account);
    while ((code = plx_db_step(store->db, row, error)) == SQLITE_ROW) {
        if (!take_row(store->db, row, &session, error)) {
            sqlite3_reset(row);
            return NULL;
        }
        g_array_append_val(list, session);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

gboolean plx_sessions_use(plx_store *store, const guint8 hash[PLX_TICKET_HASH], gint64 now,
                          gint64 expires, GError **error)
{
    sqlite3_stmt *const row =
        prepare(store, "UPDATE session SET used = ?2, expires = ?3 WHERE hash = ?1", hash, error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 2, now);
    sqlite3_bind_int64(row, 3, expires);
    return plx_db_run(store->db, row, error);
}

gboolean plx_sessions_end(plx_store *store, const guint8 hash[PLX_TICKET_HASH], GError **error)
{
    sqlite3_stmt *const row = prepare(store, "DELETE FROM session WHERE hash = ?1", hash, error);
    return row && plx_db_run(store->db, row, error) && plx_access_changed(store, error);
}

gboolean plx_sessions_end_all(plx_store *store, gint64 account, const guint8 *but, GError **error)
{
    static const guint8 nobody[PLX_TICKET_HASH] = {0};
    sqlite3_stmt *const row = prepare(
        store, "DELETE FROM session WHERE account = ?2 AND hash <> ?1", but ? but : nobody, error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 2, account);
    return plx_db_run(store->db, row, error) && plx_access_changed(store, error);
}
