/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/suggestions.h"

#include "store/acts.h"
#include "store/store_private.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT(PLX_SUGGESTIONS_KEY == PLX_SECRET_BYTES);

#define TOKEN_BYTES 16
#define HASH_BYTES 32

static const struct plx_act_kind kind = {
    .read = "SELECT id, suggestion, time, author, act, body, crc, value "
            "FROM fact LEFT JOIN suggestion_act WHERE name = 'suggestion_acts' ORDER BY id",
    .insert = "INSERT INTO suggestion_act (id, suggestion, time, author, act, body, crc) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    .recount = "UPDATE fact SET value = (SELECT count(*) FROM suggestion_act) "
               "WHERE name = 'suggestion_acts'",
    .damaged = "its answers to suggestions",
    .changed = "the answers to suggestions",
};

GPtrArray *plx_suggestions_read(plx_store *store, GError **error)
{
    return plx_acts_read(store->db, &kind, error);
}

gboolean plx_suggestions_count(plx_store *store, gint64 *acts, GError **error)
{
    return plx_db_number(store->db, "SELECT count(*) FROM suggestion_act", acts, error);
}

/* Within the write transaction. */
static gboolean add(plx_db *db, const struct plx_act *acts, guint n, GError **error)
{
    g_autoptr(GPtrArray) before = plx_acts_read(db, &kind, error);
    for (guint i = 0; before && i < n; i++) {
        struct plx_act made = acts[i];
        made.number += i;
        if (!plx_acts_add(db, &kind, &made, (gint64)before->len + i, error))
            return FALSE;
    }
    return before != NULL;
}

gboolean plx_suggestions_add(plx_store *store, const struct plx_act *acts, guint n, GError **error)
{
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(store, add(store->db, acts, n, error), error);
}

gboolean plx_suggestions_link_within(plx_store *store, const char *hash, guint64 suggestion,
                                     GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db,
        "INSERT INTO form_answer (hash, suggestion) VALUES (?1, ?2) ON CONFLICT DO NOTHING", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (gint64)suggestion);
    return plx_db_run(store->db, statement, error);
}

gboolean plx_suggestions_of_link(plx_store *store, const char *hash, gboolean *found,
                                 guint64 *suggestion, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT suggestion FROM form_answer WHERE hash = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    *found = code == SQLITE_ROW;
    if (*found) {
        *suggestion = (guint64)sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
    }
    return code != 0;
}

GArray *plx_suggestions_awaited(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT suggestion FROM form_answer", error);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint64));
    int code = statement ? SQLITE_ROW : 0;
    while (statement && (code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        const guint64 number = (guint64)sqlite3_column_int64(statement, 0);
        g_array_append_val(all, number);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&all) : NULL;
}

void plx_suggestions_key(const plx_store *store, guint8 key[PLX_SUGGESTIONS_KEY])
{
    memcpy(key, store->secret, PLX_SUGGESTIONS_KEY);
}

static char *hex(const unsigned char *bytes, gsize n)
{
    char *const text = g_malloc(2 * n + 1);
    return sodium_bin2hex(text, 2 * n + 1, bytes, n);
}

char *plx_suggestions_token(char **hash)
{
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    char *const token = hex(bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    *hash = plx_suggestions_hash(token);
    return token;
}

char *plx_suggestions_hash(const char *token)
{
    unsigned char bytes[HASH_BYTES];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)token, strlen(token), NULL, 0);
    return hex(bytes, sizeof bytes);
}
