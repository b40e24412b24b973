/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was told of visits and walks. */
#include "store/visits_private.h"

#include "base/error.h"
#include "store/store_private.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32

char *plx_visits_hash(gconstpointer bytes, gsize n)
{
    unsigned char hash[HASH_BYTES];
    char *const text = g_malloc(2 * HASH_BYTES + 1);
    crypto_generichash(hash, sizeof hash, bytes, n, NULL, 0);
    return sodium_bin2hex(text, 2 * HASH_BYTES + 1, hash, sizeof hash);
}

sqlite3_stmt *plx_visits_prepare(plx_db *db, const char *sql, gint64 visit, const char *id,
                                 GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    return statement;
}

gboolean plx_visits_look(plx_db *db, sqlite3_stmt *statement, const char *hash, gboolean full,
                         enum plx_visit_put *put, GError **error)
{
    if (!statement)
        return FALSE;
    const int code = plx_db_step(db, statement, error);
    *put = full ? PLX_VISIT_PUT_FULL : PLX_VISIT_PUT_NEW;
    if (code == SQLITE_ROW)
        *put = g_strcmp0((const char *)sqlite3_column_text(statement, 0), hash) == 0
                   ? PLX_VISIT_PUT_AGAIN
                   : PLX_VISIT_PUT_OTHER;
    sqlite3_reset(statement);
    return code != 0;
}

static gboolean insert_report(plx_db *db, gint64 visit, const char *id, const char *hash,
                              const char *body, GError **error)
{
    sqlite3_stmt *const statement = plx_visits_prepare(
        db, "INSERT INTO visit_report (visit, id, hash, bytes, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        visit, id, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 3, hash, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, (gint64)strlen(body));
    sqlite3_bind_text(statement, 5, body, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error) &&
           plx_db_execute(db, "UPDATE fact SET value = value + 1 WHERE name = 'visit_reports'",
                          error);
}

/* Many tell of one walk: none of them fills the disk. */
static gboolean is_full(plx_db *db, gint64 visit, gsize more, gboolean *full, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT count(*), sum(bytes) FROM visit_report WHERE visit = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, visit);
    const gboolean ok = plx_db_step(db, statement, error) == SQLITE_ROW;
    if (ok)
        *full = sqlite3_column_int64(statement, 0) >= PLX_VISIT_REPORTS_MAX ||
                sqlite3_column_int64(statement, 1) + (gint64)more > PLX_VISIT_REPORTS_BYTES_MAX;
    sqlite3_reset(statement);
    return ok;
}

gboolean plx_visits_put_report_within(plx_store *store, gint64 visit, const char *id,
                                      const char *body, enum plx_visit_put *put, GError **error)
{
    enum plx_visit_put found;
    gboolean full = FALSE;
    g_autofree char *hash = plx_visits_hash(body, strlen(body));
    sqlite3_stmt *const statement = plx_visits_prepare(
        store->db, "SELECT hash FROM visit_report WHERE visit = ?1 AND id = ?2", visit, id, error);
    if (!is_full(store->db, visit, strlen(body), &full, error) ||
        !plx_visits_look(store->db, statement, hash, full, &found, error))
        return FALSE;
    if (found == PLX_VISIT_PUT_NEW && !insert_report(store->db, visit, id, hash, body, error))
        return FALSE;
    *put = found;
    return TRUE;
}

/* A row of (hash, body, bytes) is what was sent, or was erased. */
static gboolean is_whole(sqlite3_stmt *row)
{
    const char *const hash = (const char *)sqlite3_column_text(row, 0);
    const char *const body = (const char *)sqlite3_column_text(row, 1);
    g_autofree char *made = body ? plx_visits_hash(body, strlen(body)) : NULL;
    return !made ||
           (g_strcmp0(made, hash) == 0 && sqlite3_column_int64(row, 2) == (gint64)strlen(body));
}

char *plx_visits_report(plx_store *store, gint64 visit, const char *id, GError **error)
{
    sqlite3_stmt *const statement = plx_visits_prepare(
        store->db, "SELECT hash, body, bytes FROM visit_report WHERE visit = ?1 AND id = ?2", visit,
        id, error);
    if (!statement)
        return NULL;
    char *body = NULL;
    const int code = plx_db_step(store->db, statement, error);
    if (code == SQLITE_ROW && !is_whole(statement))
        plx_db_damaged(store->db, error, PLX_VISITS_DAMAGED);
    else if (code == SQLITE_ROW && sqlite3_column_type(statement, 1) != SQLITE_NULL)
        body = g_strdup((const char *)sqlite3_column_text(statement, 1));
    else if (code != 0)
        plx_error(error, PLX_ERROR_NOT_FOUND, "what was told of visit %" G_GINT64_FORMAT " %s",
                  visit, code == SQLITE_ROW ? "was erased" : "is not there");
    sqlite3_reset(statement);
    return body;
}

gboolean plx_visits_check_reports(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT hash, body, bytes, value FROM fact LEFT JOIN visit_report "
                       "WHERE name = 'visit_reports'",
                       error);
    gint64 n = 0, expected = -1;
    int code;
    if (!statement)
        return FALSE;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 3);
        n += sqlite3_column_type(statement, 0) != SQLITE_NULL;
        if (!is_whole(statement)) {
            sqlite3_reset(statement);
            return plx_db_damaged(db, error, PLX_VISITS_DAMAGED);
        }
    }
    return code == SQLITE_DONE && (n == expected || plx_db_damaged(db, error, PLX_VISITS_DAMAGED));
}
