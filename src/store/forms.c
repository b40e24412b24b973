/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/forms.h"

#include "base/error.h"
#include "store/forms_private.h"
#include "store/suggestions.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT(PLX_FORM_KEY == crypto_secretbox_KEYBYTES);

#define RECEIPT_DAYS 7
#define NEVER G_MAXINT32 /* of an address for one form: kept, and without a day */
#define DRAFT_DAYS 30
#define PERSON_BYTES 16

/* Keys --------------------------------------------------------------------------------------- */

/* BLAKE2b under the workspace's secret; a byte 1 between end and text. */
static void hash(const plx_store *store, const char *end, const char *text, guint8 *out, gsize n)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, store->secret, sizeof store->secret, n);
    crypto_generichash_update(&state, (const guint8 *)end, strlen(end));
    crypto_generichash_update(&state, (const guint8 *)"\1", 1);
    crypto_generichash_update(&state, (const guint8 *)text, strlen(text));
    crypto_generichash_final(&state, out, n);
}

void plx_form_key(const plx_store *store, const char *end, const char *token,
                  guint8 key[PLX_FORM_KEY])
{
    hash(store, end, token, key, PLX_FORM_KEY);
}

char *plx_forms_token(void)
{
    g_autofree char *unused = NULL;
    return plx_suggestions_token(&unused);
}

guint64 plx_forms_seed(const plx_store *store, const char *token)
{
    guint8 key[PLX_FORM_KEY];
    guint64 seed;
    hash(store, "seed", token, key, sizeof key);
    memcpy(&seed, key, sizeof seed);
    return GUINT64_FROM_LE(seed);
}

char *plx_forms_person(const plx_store *store, const char *audience, const char *reference)
{
    guint8 key[PERSON_BYTES];
    char *const person = g_malloc(2 * sizeof key + 1);
    g_autofree char *end = g_strconcat("person\1", audience, NULL);
    hash(store, end, reference, key, sizeof key);
    return sodium_bin2hex(person, 2 * sizeof key + 1, key, sizeof key);
}

gboolean plx_form_drop(plx_db *db, const char *sql, const guint8 key[PLX_FORM_KEY],
                       gboolean *changed, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_blob(statement, 1, key, PLX_FORM_KEY, SQLITE_STATIC);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    if (changed)
        *changed = sqlite3_changes(plx_db_handle(db)) > 0;
    return TRUE;
}

/* Drafts ------------------------------------------------------------------------------------- */

void plx_form_draft_clear(struct plx_form_draft *draft)
{
    g_clear_pointer(&draft->person, g_free);
    g_clear_pointer(&draft->body, g_free);
}

/* Link, person and body, locked under the token; to be freed. */
static GByteArray *lock(const plx_store *store, const char *token,
                        const struct plx_form_draft *draft)
{
    guint8 key[PLX_FORM_KEY], nonce[crypto_secretbox_NONCEBYTES];
    g_autofree char *open = g_strdup_printf("%" G_GINT64_FORMAT "\n%s\n%s", draft->link,
                                            draft->person ? draft->person : "", draft->body);
    const gsize n = strlen(open);
    GByteArray *const locked = g_byte_array_new();
    randombytes_buf(nonce, sizeof nonce);
    plx_form_key(store, PLX_KEY_LOCK, token, key);
    g_byte_array_append(locked, nonce, sizeof nonce);
    g_byte_array_set_size(locked, (guint)(sizeof nonce + crypto_secretbox_MACBYTES + n));
    crypto_secretbox_easy(locked->data + sizeof nonce, (const guint8 *)open, n, nonce, key);
    sodium_memzero(key, sizeof key);
    return locked;
}

/* And back; FALSE: this token does not open it. */
static gboolean unlock(const plx_store *store, const char *token, const guint8 *locked, gsize size,
                       struct plx_form_draft *draft)
{
    const gsize around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    guint8 key[PLX_FORM_KEY];
    if (!locked || size < around)
        return FALSE;
    g_autofree char *open = g_malloc0(size - around + 1);
    plx_form_key(store, PLX_KEY_LOCK, token, key);
    const gboolean ok =
        crypto_secretbox_open_easy((guint8 *)open, locked + crypto_secretbox_NONCEBYTES,
                                   size - crypto_secretbox_NONCEBYTES, locked, key) == 0;
    sodium_memzero(key, sizeof key);
    g_auto(GStrv) parts = ok ? g_strsplit(open, "\n", 3) : NULL;
    if (!parts || g_strv_length(parts) != 3)
        return FALSE;
    draft->link = g_ascii_strtoll(parts[0], NULL, 10);
    draft->person = *parts[1] ? g_strdup(parts[1]) : NULL;
    draft->body = g_strdup(parts[2]);
    return TRUE;
}

gboolean plx_forms_put_draft_within(plx_store *store, const char *token, gint32 day,
                                    const struct plx_form_draft *draft, GError **error)
{
    guint8 key[PLX_FORM_KEY];
    sqlite3_stmt *const statement = plx_db_prepare(store->db,
                                                   "INSERT INTO draft (key, day, body) "
                                                   "VALUES (?1, ?2, ?3) ON CONFLICT (key) DO "
                                                   "UPDATE SET day = ?2, body = ?3",
                                                   error);
    if (!statement)
        return FALSE;
    g_autoptr(GByteArray) locked = lock(store, token, draft);
    plx_form_key(store, PLX_KEY_DRAFT, token, key);
    sqlite3_bind_blob(statement, 1, key, sizeof key, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, day);
    sqlite3_bind_blob64(statement, 3, locked->data, locked->len, SQLITE_STATIC);
    return plx_db_run(store->db, statement, error);
}

gboolean plx_forms_draft(plx_store *store, const char *token, gboolean *found,
                         struct plx_form_draft *draft, GError **error)
{
    guint8 key[PLX_FORM_KEY];
    struct plx_form_draft read = {0};
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT body FROM draft WHERE key = ?1", error);
    if (!statement)
        return FALSE;
    plx_form_key(store, PLX_KEY_DRAFT, token, key);
    sqlite3_bind_blob(statement, 1, key, sizeof key, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    const gboolean opened =
        code == SQLITE_ROW && unlock(store, token, sqlite3_column_blob(statement, 0),
                                     (gsize)sqlite3_column_bytes(statement, 0), &read);
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    if (code == SQLITE_ROW && !opened)
        return plx_db_damaged(store->db, error, "a draft of a form");
    *found = opened;
    if (opened)
        *draft = read;
    return TRUE;
}

/* Completing --------------------------------------------------------------------------------- */

/* Is there a row with the key of a token? */
static gboolean has_row(plx_store *store, const char *sql, const char *end, const char *token,
                        gboolean *has, GError **error)
{
    guint8 key[PLX_FORM_KEY];
    sqlite3_stmt *const statement = plx_db_prepare(store->db, sql, error);
    if (!statement)
        return FALSE;
    plx_form_key(store, end, token, key);
    sqlite3_bind_blob(statement, 1, key, sizeof key, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    *has = code == SQLITE_ROW;
    return TRUE;
}

gboolean plx_forms_is_complete(plx_store *store, const char *token, gboolean *complete,
                               GError **error)
{
    return has_row(store, "SELECT 1 FROM receipt WHERE key = ?1", PLX_KEY_RECEIPT, token, complete,
                   error);
}

static gboolean put_receipt(plx_store *store, const char *token, gint32 due, GError **error)
{
    guint8 key[PLX_FORM_KEY];
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "INSERT INTO receipt (key, due) VALUES (?1, ?2)", error);
    if (!statement)
        return FALSE;
    plx_form_key(store, PLX_KEY_RECEIPT, token, key);
    sqlite3_bind_blob(statement, 1, key, sizeof key, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, due);
    return plx_db_run(store->db, statement, error);
}

gboolean plx_forms_state(plx_store *store, const struct plx_link *link, const char *token,
                         gint32 day, enum plx_link_state *state, GError **error)
{
    gboolean begun = FALSE;
    const enum plx_link_state today = plx_link_state(link, day);
    struct plx_link still = *link;
    still.closed = FALSE;
    still.closes = PLX_LINK_ALWAYS;
    if ((today == PLX_LINK_LATE || today == PLX_LINK_CLOSED) &&
        !has_row(store, "SELECT 1 FROM draft WHERE key = ?1", PLX_KEY_DRAFT, token, &begun, error))
        return FALSE;
    *state = begun ? plx_link_state(&still, day) : today;
    return TRUE;
}

/* All that changes, as it is to be stored. That an address for one form was used is told by its
 * absence among the others already, to whoever has it; the mark says no more. With the day on it it
 * would: answers carry theirs. */
static gboolean complete(plx_store *store, const struct plx_link *link, const char *address,
                         const char *token, gint32 day, const char *sealed, GError **error)
{
    guint8 key[PLX_FORM_KEY];
    const gboolean single = link->kind == PLX_LINK_SINGLE;
    const gboolean own = single && strcmp(address, token) == 0;
    plx_form_key(store, PLX_KEY_DRAFT, token, key);
    return plx_form_drop(store->db, "DELETE FROM draft WHERE key = ?1", key, NULL, error) &&
           put_receipt(store, token, own ? NEVER : day + RECEIPT_DAYS, error) &&
           (!single || own || put_receipt(store, address, NEVER, error)) &&
           plx_links_use(store, link, address, error) &&
           (!sealed || plx_sealing_add(store->db, link->audience, sealed, error));
}

/* An address for one form that is gone because it was used. */
static gboolean was_used(plx_store *store, const char *address, GError **cause)
{
    gboolean used = FALSE;
    if (g_error_matches(*cause, PLX_ERROR, PLX_ERROR_NOT_FOUND) &&
        plx_forms_is_complete(store, address, &used, NULL) && used)
        g_clear_error(cause);
    return used;
}

gboolean plx_forms_complete_within(plx_store *store, const char *address, const char *token,
                                   gint32 day, const char *sealed, enum plx_form_outcome *outcome,
                                   GError **error)
{
    gboolean before;
    enum plx_link_state state;
    g_autoptr(GError) cause = NULL;
    if (!plx_forms_is_complete(store, token, &before, error))
        return FALSE;
    if (before) {
        *outcome = PLX_FORM_DONE_BEFORE;
        return TRUE;
    }
    g_autoptr(plx_link) link = plx_links_find(store, address, &cause);
    if (!link && was_used(store, address, &cause)) {
        *outcome = PLX_FORM_REFUSED;
        return TRUE;
    }
    if (!link) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!plx_forms_state(store, link, token, day, &state, error) ||
        (state == PLX_LINK_OPEN && !complete(store, link, address, token, day, sealed, error)))
        return FALSE;
    *outcome = state == PLX_LINK_OPEN ? PLX_FORM_DONE : PLX_FORM_REFUSED;
    return TRUE;
}

/* Care --------------------------------------------------------------------------------------- */

static gboolean drop_old(plx_db *db, const char *sql, gint32 day, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int(statement, 1, day);
    return plx_db_run(db, statement, error);
}

gboolean plx_forms_purge(plx_store *store, gint32 day, GError **error)
{
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(
               store,
               drop_old(store->db, "DELETE FROM receipt WHERE due <= ?1", day, error) &&
                   drop_old(store->db, "DELETE FROM draft WHERE day < ?1", day - DRAFT_DAYS, error),
               error);
}

gboolean plx_forms_forget(plx_store *store, GError **error)
{
    return plx_db_empty_log(store->db, error);
}

gboolean plx_forms_try_forget(plx_store *store)
{
    return plx_db_try_empty_log(store->db);
}

/* Panels ------------------------------------------------------------------------------------- */

gboolean plx_forms_consent_within(plx_store *store, const char *person, gint32 day, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "INSERT INTO panel (person, agreed) VALUES (?1, ?2) "
                       "ON CONFLICT (person) DO NOTHING",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, person, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, day);
    return plx_db_run(store->db, statement, error);
}

gboolean plx_forms_consented(plx_store *store, const char *person, gint32 *day, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT agreed FROM panel WHERE person = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, person, -1, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    if (code == SQLITE_ROW)
        *day = sqlite3_column_int(statement, 0);
    else if (code == SQLITE_DONE)
        *day = PLX_LINK_ALWAYS;
    sqlite3_reset(statement);
    return code != 0;
}

gboolean plx_forms_withdraw(plx_store *store, const char *person, gboolean *was, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "DELETE FROM panel WHERE person = ?1", error);
    if (!statement || !plx_db_begin_write(store->db, error))
        return FALSE;
    sqlite3_bind_text(statement, 1, person, -1, SQLITE_STATIC);
    const gboolean ok = plx_db_run(store->db, statement, error);
    const gboolean there = ok && sqlite3_changes(plx_db_handle(store->db)) > 0;
    if (!plx_store_end(store, ok, error))
        return FALSE;
    *was = there;
    return TRUE;
}
