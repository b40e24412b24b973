/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/accounts.h"

#include "base/error.h"
#include "store/crc.h"
#include "store/sessions.h"
#include "store/store_private.h"
#include "store/visit_ties.h"
#include "store/visits.h"

#include <sodium.h>
#include <string.h>

#define COLUMNS                                                                                    \
    "id, login, name, role, disabled, password, subject, totp, crc, step, failures, locked_until "

/* Words --------------------------------------------------------------------------------------- */

static const char *const ROLES[PLX_ROLES] = {"viewer", "shopper", "analyst", "editor",
                                             "administrator"};

const char *plx_role_name(enum plx_role role)
{
    return ROLES[role];
}

gboolean plx_role_read(const char *text, enum plx_role *role)
{
    for (guint i = 0; i < PLX_ROLES; i++)
        if (strcmp(text, ROLES[i]) == 0) {
            *role = (enum plx_role)i;
            return TRUE;
        }
    return FALSE;
}

void plx_account_free(plx_account *account)
{
    if (!account)
        return;
    g_free(account->login);
    g_free(account->name);
    if (account->password)
        sodium_memzero(account->password, strlen(account->password));
    g_free(account->password);
    g_free(account->subject);
    sodium_memzero(account->totp, sizeof account->totp);
    g_free(account);
}

char *plx_login_new(const char *text, GError **error)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._+-@";
    g_autofree char *login = g_ascii_strdown(text, -1);
    const gsize length = strlen(login);
    if (length > 0 && length <= PLX_LOGIN_MAX && strspn(login, allowed) == length)
        return g_steal_pointer(&login);
    g_autofree char *shown = g_utf8_make_valid(text, -1);
    plx_error(error, PLX_ERROR_USAGE,
              "\"%s\": expected an e-mail address or a short name of letters a-z, digits and . _ + "
              "- @",
              shown);
    return NULL;
}

gboolean plx_account_name_is(const char *name, GError **error)
{
    if (strlen(name) > PLX_ACCOUNT_NAME_MAX || !g_utf8_validate(name, -1, NULL))
        return plx_error(error, PLX_ERROR_USAGE, "a name is text in UTF-8 of at most %d bytes",
                         PLX_ACCOUNT_NAME_MAX);
    for (const char *at = name; *at; at = g_utf8_next_char(at))
        if (g_unichar_iscntrl(g_utf8_get_char(at)))
            return plx_error(error, PLX_ERROR_USAGE,
                             "a name is one line, without control "
                             "characters");
    return TRUE;
}

/* Reading ------------------------------------------------------------------------------------- */

static gint64 account_crc(const plx_account *account)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_string_printf(all, "%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%d\1%s\1%s\1", account->id,
                    account->login, account->name, ROLES[account->role], account->disabled,
                    account->password ? account->password : "",
                    account->subject ? account->subject : "");
    if (account->has_totp)
        g_string_append_len(all, (const char *)account->totp, PLX_TOTP_KEY);
    const gint64 crc = plx_crc(all->str, all->len);
    sodium_memzero(all->str, all->len);
    return crc;
}

static char *text_of(sqlite3_stmt *row, int column)
{
    return g_strdup((const char *)sqlite3_column_text(row, column));
}

/* Of the row that a statement stands on. */
static plx_account *take_row(plx_db *db, sqlite3_stmt *row, GError **error)
{
    g_autoptr(plx_account) account = g_new0(plx_account, 1);
    account->id = sqlite3_column_int64(row, 0);
    account->login = text_of(row, 1);
    account->name = text_of(row, 2);
    g_autofree char *role = text_of(row, 3);
    account->disabled = sqlite3_column_int(row, 4) != 0;
    account->password = text_of(row, 5);
    account->subject = text_of(row, 6);
    account->has_totp = sqlite3_column_bytes(row, 7) == PLX_TOTP_KEY;
    if (account->has_totp)
        memcpy(account->totp, sqlite3_column_blob(row, 7), PLX_TOTP_KEY);
    account->totp_step = sqlite3_column_int64(row, 9);
    account->failures = sqlite3_column_int64(row, 10);
    account->locked_until = sqlite3_column_int64(row, 11);
    if (account->login && account->name && role && plx_role_read(role, &account->role) &&
        sqlite3_column_int64(row, 8) == account_crc(account))
        return g_steal_pointer(&account);
    plx_db_damaged(db, error, "its accounts");
    return NULL;
}

/* The one account of a bound statement; NULL without an error where there is none. */
static plx_account *take_one(plx_db *db, sqlite3_stmt *statement, GError **error)
{
    plx_account *account = NULL;
    if (plx_db_step(db, statement, error) == SQLITE_ROW) {
        account = take_row(db, statement, error);
        sqlite3_reset(statement);
    }
    return account;
}

static plx_account *find(plx_store *store, const char *sql, const char *text, const char *missing,
                         GError **error)
{
    g_autoptr(GError) cause = NULL;
    sqlite3_stmt *const statement = plx_db_prepare(store->db, sql, error);
    if (!statement)
        return NULL;
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    plx_account *const account = take_one(store->db, statement, &cause);
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    else if (!account)
        plx_error(error, PLX_ERROR_NOT_FOUND, "there is no account %s%s", missing, text);
    return account;
}

plx_account *plx_accounts_by_login(plx_store *store, const char *login, GError **error)
{
    return find(store, "SELECT " COLUMNS "FROM account WHERE login = ?1", login, "", error);
}

plx_account *plx_accounts_by_subject(plx_store *store, const char *subject, GError **error)
{
    return find(store, "SELECT " COLUMNS "FROM account WHERE subject = ?1", subject, "of ", error);
}

plx_account *plx_accounts_by_id(plx_store *store, gint64 id, GError **error)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);
    return find(store, "SELECT " COLUMNS "FROM account WHERE id = CAST(?1 AS INTEGER)", text,
                "number ", error);
}

GPtrArray *plx_accounts_list(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT " COLUMNS "FROM account ORDER BY login", error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)plx_account_free);
    int code;
    if (!statement)
        return NULL;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        plx_account *const account = take_row(store->db, statement, error);
        if (!account) {
            sqlite3_reset(statement);
            return NULL;
        }
        g_ptr_array_add(list, account);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

gboolean plx_accounts_administered(plx_store *store, gboolean *is, GError **error)
{
    gint64 n;
    if (!plx_db_number(store->db,
                       "SELECT count(*) FROM account WHERE role = 'administrator' AND NOT disabled",
                       &n, error))
        return FALSE;
    *is = n > 0;
    return TRUE;
}

/* Writing ------------------------------------------------------------------------------------- */

gboolean plx_access_changed(plx_store *store, GError **error)
{
    return plx_db_execute(store->db, "UPDATE fact SET value = value + 1 WHERE name = 'access'",
                          error);
}

gboolean plx_access_count(plx_store *store, gint64 *changes, GError **error)
{
    return plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'access'", changes, error);
}

/* Errors: PLX_ERROR_USAGE when it is another's. */
static gboolean is_free(plx_store *store, const plx_account *account, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(plx_account) other = plx_accounts_by_login(store, account->login, &cause);
    if (other && other->id != account->id)
        return plx_error(error, PLX_ERROR_USAGE, "there is an account %s already", account->login);
    if (other || g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean write_row(plx_db *db, const char *sql, const plx_account *account, GError **error)
{
    sqlite3_stmt *const row = plx_db_prepare(db, sql, error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, account->id);
    sqlite3_bind_text(row, 2, account->login, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 3, account->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 4, ROLES[account->role], -1, SQLITE_STATIC);
    sqlite3_bind_int(row, 5, account->disabled);
    sqlite3_bind_text(row, 6, account->password, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 7, account->subject, -1, SQLITE_STATIC);
    sqlite3_bind_blob(row, 8, account->has_totp ? account->totp : NULL, PLX_TOTP_KEY,
                      SQLITE_STATIC);
    sqlite3_bind_int64(row, 9, account_crc(account));
    return plx_db_run(db, row, error);
}

gboolean plx_accounts_add(plx_store *store, plx_account *account, GError **error)
{
    gint64 id;
    if (!is_free(store, account, error) ||
        !plx_db_number(store->db, "SELECT coalesce(max(id), 0) + 1 FROM account", &id, error))
        return FALSE;
    account->id = id;
    return write_row(store->db,
                     "INSERT INTO account (id, login, name, role, disabled, password, subject, "
                     "totp, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     account, error);
}

/* By which one gets in. */
static gboolean same_keys(const plx_account *a, const plx_account *b)
{
    return a->disabled == b->disabled && g_strcmp0(a->password, b->password) == 0 &&
           a->has_totp == b->has_totp && sodium_memcmp(a->totp, b->totp, PLX_TOTP_KEY) == 0;
}

static gboolean end_links(plx_db *db, gint64 account, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "DELETE FROM one_time WHERE account IS ?1", error);
    if (!statement)
        return FALSE;
    if (account)
        sqlite3_bind_int64(statement, 1, account);
    else
        sqlite3_bind_null(statement, 1);
    return plx_db_run(db, statement, error);
}

gboolean plx_accounts_save(plx_store *store, const plx_account *account, GError **error)
{
    gboolean administered, before;
    g_autoptr(plx_account) old = plx_accounts_by_id(store, account->id, error);
    if (!old || !is_free(store, account, error) ||
        !plx_accounts_administered(store, &before, error) ||
        !write_row(store->db,
                   "UPDATE account SET login = ?2, name = ?3, role = ?4, disabled = ?5, "
                   "password = ?6, subject = ?7, totp = ?8, crc = ?9 WHERE id = ?1",
                   account, error) ||
        !plx_accounts_save_tries(store, account, error) ||
        !plx_accounts_administered(store, &administered, error))
        return FALSE;
    if (before && !administered)
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s is the only administrator: make another one first", old->login);
    const gboolean same = same_keys(old, account);
    if (same && old->role == account->role)
        return TRUE;
    /* A link lets somebody in with whatever role they have by then: an invitation stays good. */
    return plx_sessions_end_all(store, account->id, NULL, error) &&
           (same || end_links(store->db, account->id, error)) && plx_access_changed(store, error);
}

gboolean plx_accounts_remove(plx_store *store, plx_account *account, GError **error)
{
    g_autofree char *login = g_steal_pointer(&account->login);
    g_autofree char *name = g_steal_pointer(&account->name);
    account->login = g_strdup_printf("removed-%" G_GINT64_FORMAT, account->id);
    account->name = g_strdup("");
    g_clear_pointer(&account->password, g_free);
    g_clear_pointer(&account->subject, g_free);
    account->has_totp = FALSE;
    memset(account->totp, 0, sizeof account->totp);
    account->disabled = TRUE;
    return plx_visit_ties_end_within(store, account->id, error) &&
           plx_visits_rename_within(store, login, account->login, error) &&
           plx_visits_rename_within(store, name, account->login, error) &&
           plx_accounts_save(store, account, error);
}

gboolean plx_accounts_save_tries(plx_store *store, const plx_account *account, GError **error)
{
    sqlite3_stmt *const row = plx_db_prepare(
        store->db, "UPDATE account SET step = ?2, failures = ?3, locked_until = ?4 WHERE id = ?1",
        error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, account->id);
    sqlite3_bind_int64(row, 2, account->totp_step);
    sqlite3_bind_int64(row, 3, account->failures);
    sqlite3_bind_int64(row, 4, account->locked_until);
    return plx_db_run(store->db, row, error);
}

gboolean plx_accounts_stranger(plx_store *store, GError **error)
{
    return plx_db_execute(store->db, "UPDATE fact SET value = value + 1 WHERE name = 'strangers'",
                          error);
}

/* Links that work once ------------------------------------------------------------------------ */

char *plx_one_time_new(plx_store *store, gint64 account, gint64 expires, GError **error)
{
    guint8 hash[PLX_TICKET_HASH];
    sqlite3_stmt *const row = plx_db_prepare(
        store->db, "INSERT INTO one_time (hash, account, expires) VALUES (?1, ?2, ?3)", error);
    if (!row || !end_links(store->db, account, error))
        return NULL;
    char *const ticket = plx_ticket_new();
    plx_ticket_hash(ticket, PLX_TICKET_LENGTH, hash);
    sqlite3_bind_blob(row, 1, hash, sizeof hash, SQLITE_STATIC);
    if (account)
        sqlite3_bind_int64(row, 2, account);
    else
        sqlite3_bind_null(row, 2);
    sqlite3_bind_int64(row, 3, expires);
    if (plx_db_run(store->db, row, error))
        return ticket;
    plx_ticket_free(ticket);
    return NULL;
}

gboolean plx_one_time_find(plx_store *store, const char *ticket, gint64 now, gint64 *account,
                           GError **error)
{
    guint8 hash[PLX_TICKET_HASH];
    sqlite3_stmt *const row = plx_db_prepare(
        store->db, "SELECT account FROM one_time WHERE hash = ?1 AND expires > ?2", error);
    if (!row)
        return FALSE;
    plx_ticket_hash(ticket, strlen(ticket), hash);
    sqlite3_bind_blob(row, 1, hash, sizeof hash, SQLITE_STATIC);
    sqlite3_bind_int64(row, 2, now);
    const int code = plx_db_step(store->db, row, error);
    if (code == SQLITE_ROW) {
        *account = sqlite3_column_int64(row, 0);
        sqlite3_reset(row);
        return TRUE;
    }
    return code == SQLITE_DONE &&
           plx_error(error, PLX_ERROR_NOT_FOUND,
                     "this link does not work any more: it was used, or a newer one was made, or "
                     "it is too old");
}

gboolean plx_one_time_take(plx_store *store, const char *ticket, gint64 now, gint64 *account,
                           GError **error)
{
    gint64 whose;
    guint8 hash[PLX_TICKET_HASH];
    sqlite3_stmt *const row =
        plx_db_prepare(store->db, "DELETE FROM one_time WHERE hash = ?1", error);
    if (!row || !plx_one_time_find(store, ticket, now, &whose, error))
        return FALSE;
    plx_ticket_hash(ticket, strlen(ticket), hash);
    sqlite3_bind_blob(row, 1, hash, sizeof hash, SQLITE_STATIC);
    if (!plx_db_run(store->db, row, error))
        return FALSE;
    *account = whose;
    return TRUE;
}
