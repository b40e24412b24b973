/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/requests.h"

#include "base/error.h"

#include <sodium.h>
#include <string.h>

void plx_request_hash(struct plx_request *request, gint64 sender, const char *key, const void *body,
                      gsize length)
{
    crypto_generichash_state state;
    const gint64 who = GINT64_TO_LE(sender);
    crypto_generichash_init(&state, NULL, 0, sizeof request->key);
    crypto_generichash_update(&state, (const guint8 *)&who, sizeof who);
    crypto_generichash_update(&state, (const guint8 *)key, strlen(key));
    crypto_generichash_final(&state, request->key, sizeof request->key);
    crypto_generichash(request->body, sizeof request->body, body, length, NULL, 0);
}

gboolean plx_requests_find_within(plx_store *store, struct plx_request *request, gboolean *found,
                                  GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "SELECT body, encounters, observations FROM request WHERE key = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_blob(statement, 1, request->key, sizeof request->key, SQLITE_STATIC);
    const int code = plx_db_step(db, statement, error);
    *found = code == SQLITE_ROW;
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE;
    const gboolean same =
        sqlite3_column_bytes(statement, 0) == PLX_REQUEST_HASH &&
        memcmp(sqlite3_column_blob(statement, 0), request->body, PLX_REQUEST_HASH) == 0;
    request->encounters = sqlite3_column_int64(statement, 1);
    request->observations = sqlite3_column_int64(statement, 2);
    sqlite3_reset(statement);
    return same || plx_error(error, PLX_ERROR_USAGE,
                             "this Idempotency-Key was used for something else; nothing was "
                             "stored");
}

static gboolean drop_old(plx_db *db, gint32 day, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, "DELETE FROM request WHERE day < ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, (gint64)day - PLX_REQUEST_DAYS);
    return plx_db_run(db, statement, error);
}

gboolean plx_requests_add_within(plx_store *store, const struct plx_request *request, gint32 day,
                                 GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO request (key, body, encounters, observations, day) "
                       "VALUES (?1, ?2, ?3, ?4, ?5)",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_blob(statement, 1, request->key, sizeof request->key, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, request->body, sizeof request->body, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, request->encounters);
    sqlite3_bind_int64(statement, 4, request->observations);
    sqlite3_bind_int64(statement, 5, day);
    return plx_db_run(db, statement, error) && drop_old(db, day, error);
}
