/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/api_tokens.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

#define SCOPES 2
#define PREFIX_LENGTH 8
#define COLUMNS "id, name, prefix, hash, scopes, created, expires, revoked, crc, used "

/* Scopes -------------------------------------------------------------------------------------- */

static const char *const WORDS[SCOPES] = {"collect", "read"};

char *plx_scopes_text(guint scopes)
{
    GString *const text = g_string_new(NULL);
    for (guint i = 0; i < SCOPES; i++)
        if (scopes & 1U << i)
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", WORDS[i]);
    return g_string_free(text, FALSE);
}

static gboolean read_scope(const char *word, guint *scopes)
{
    for (guint i = 0; i < SCOPES; i++)
        if (strcmp(word, WORDS[i]) == 0) {
            *scopes |= 1U << i;
            return TRUE;
        }
    return FALSE;
}

gboolean plx_scopes_read(const char *const *words, guint *scopes, GError **error)
{
    guint found = 0;
    for (guint i = 0; words[i]; i++)
        if (!read_scope(words[i], &found))
            return plx_error(error, PLX_ERROR_USAGE, "\"%s\": what a token may is collect or read",
                             words[i]);
    if (!found)
        return plx_error(error, PLX_ERROR_USAGE, "say what the token may: collect or read");
    *scopes = found;
    return TRUE;
}

/* Reading ------------------------------------------------------------------------------------- */

void plx_api_token_free(plx_api_token *token)
{
    if (!token)
        return;
    g_free(token->name);
    g_free(token->prefix);
    g_free(token);
}

static gint64 token_crc(const plx_api_token *token)
{
    g_autofree char *scopes = plx_scopes_text(token->scopes);
    g_autoptr(GString) all = g_string_new(NULL);
    g_string_printf(
        all, "%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%" G_GINT64_FORMAT "\1%" G_GINT64_FORMAT "\1%d\1",
        token->id, token->name, token->prefix, scopes, token->created, token->expires,
        token->revoked);
    g_string_append_len(all, (const char *)token->hash, PLX_TICKET_HASH);
    return plx_crc(all->str, all->len);
}

/* Of the row that a statement stands on. */
static plx_api_token *take_row(plx_db *db, sqlite3_stmt *row, GError **error)
{
    g_autoptr(plx_api_token) token = g_new0(plx_api_token, 1);
    token->id = sqlite3_column_int64(row, 0);
    token->name = g_strdup((const char *)sqlite3_column_text(row, 1));
    token->prefix = g_strdup((const char *)sqlite3_column_text(row, 2));
    if (sqlite3_column_bytes(row, 3) == PLX_TICKET_HASH)
        memcpy(token->hash, sqlite3_column_blob(row, 3), PLX_TICKET_HASH);
    const char *const scopes = (const char *)sqlite3_column_text(row, 4);
    g_auto(GStrv) words = g_strsplit(scopes ? scopes : "", " ", 0);
    token->created = sqlite3_column_int64(row, 5);
    token->expires = sqlite3_column_int64(row, 6);
    token->revoked = sqlite3_column_int(row, 7) != 0;
    token->used = sqlite3_column_type(row, 9) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, 9);
    if (token->name && token->prefix &&
        plx_scopes_read((const char *const *)words, &token->scopes, NULL) &&
        sqlite3_column_int64(row, 8) == token_crc(token))
        return g_steal_pointer(&token);
    plx_db_damaged(db, error, "its tokens");
    return NULL;
}

GPtrArray *plx_api_tokens_list(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)plx_api_token_free);
    int code;
    sqlite3_stmt *const row =
        plx_db_prepare(store->db, "SELECT " COLUMNS "FROM api_token ORDER BY id", error);
    if (!row)
        return NULL;
    while ((code = plx_db_step(store->db, row, error)) == SQLITE_ROW) {
        plx_api_token *const token = take_row(store->db, row, error);
        if (!token) {
            sqlite3_reset(row);
            return NULL;
        }
        g_ptr_array_add(list, token);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

plx_api_token *plx_api_tokens_by_hash(plx_store *store, const guint8 hash[PLX_TICKET_HASH],
                                      gint64 now, GError **error)
{
    sqlite3_stmt *const row = plx_db_prepare(store->db,
                                             "SELECT " COLUMNS "FROM api_token WHERE hash = ?1 AND "
                                             "NOT revoked AND expires > ?2",
                                             error);
    if (!row)
        return NULL;
    sqlite3_bind_blob(row, 1, hash, PLX_TICKET_HASH, SQLITE_STATIC);
    sqlite3_bind_int64(row, 2, now);
    const int code = plx_db_step(store->db, row, error);
    if (code == SQLITE_DONE)
        plx_error(error, PLX_ERROR_NOT_FOUND, "this token is unknown, revoked or expired");
    plx_api_token *const token = code == SQLITE_ROW ? take_row(store->db, row, error) : NULL;
    sqlite3_reset(row);
    return token;
}

/* Writing ------------------------------------------------------------------------------------- */

static gboolean write_row(plx_db *db, const char *sql, const plx_api_token *token, GError **error)
{
    g_autofree char *scopes = plx_scopes_text(token->scopes);
    sqlite3_stmt *const row = plx_db_prepare(db, sql, error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, token->id);
    sqlite3_bind_text(row, 2, token->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 3, token->prefix, -1, SQLITE_STATIC);
    sqlite3_bind_blob(row, 4, token->hash, PLX_TICKET_HASH, SQLITE_STATIC);
    sqlite3_bind_text(row, 5, scopes, -1, SQLITE_STATIC);
    sqlite3_bind_int64(row, 6, token->created);
    sqlite3_bind_int64(row, 7, token->expires);
    sqlite3_bind_int(row, 8, token->revoked);
    sqlite3_bind_int64(row, 9, token_crc(token));
    return plx_db_run(db, row, error);
}

char *plx_api_tokens_new(plx_store *store, plx_api_token *token, GError **error)
{
    gint64 id;
    if (!plx_db_number(store->db, "SELECT coalesce(max(id), 0) + 1 FROM api_token", &id, error))
        return NULL;
    char *const ticket = plx_ticket_new();
    char *const shown = g_strconcat(PLX_API_TOKEN_BEGIN, ticket, NULL);
    plx_ticket_free(ticket);
    token->id = id;
    token->used = -1;
    token->revoked = FALSE;
    g_free(token->prefix);
    token->prefix = g_strndup(shown, PREFIX_LENGTH);
    plx_ticket_hash(shown, PLX_API_TOKEN_LENGTH, token->hash);
    if (write_row(store->db,
                  "INSERT INTO api_token (id, name, prefix, hash, scopes, created, expires, "
                  "revoked, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                  token, error))
        return shown;
    plx_ticket_free(shown);
    return NULL;
}

gboolean plx_api_tokens_revoke(plx_store *store, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) list = plx_api_tokens_list(store, error);
    for (guint i = 0; list && i < list->len; i++) {
        plx_api_token *const token = list->pdata[i];
        if (token->id != id || token->revoked)
            continue;
        token->revoked = TRUE;
        return write_row(store->db,
                         "UPDATE api_token SET name = ?2, prefix = ?3, hash = ?4, scopes = ?5, "
                         "created = ?6, expires = ?7, revoked = ?8, crc = ?9 WHERE id = ?1",
                         token, error) &&
               plx_access_changed(store, error);
    }
    return list &&
           plx_error(error, PLX_ERROR_NOT_FOUND,
                     "there is no token %" G_GINT64_FORMAT " in force (parallax token list)", id);
}

gboolean plx_api_tokens_use(plx_store *store, gint64 id, gint64 day, GError **error)
{
    sqlite3_stmt *const row =
        plx_db_prepare(store->db, "UPDATE api_token SET used = ?2 WHERE id = ?1", error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, id);
    sqlite3_bind_int64(row, 2, day);
    return plx_db_run(store->db, row, error);
}
