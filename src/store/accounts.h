/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who may log in, and what they may. Everything that writes does so within the caller's write
 * transaction. Test: tests/store/test_accounts.c. */

#include "store/store.h"
#include "store/ticket.h"

enum { PLX_TOTP_KEY = 20, PLX_LOGIN_MAX = 254, PLX_ACCOUNT_NAME_MAX = 200 };

enum plx_role {
    PLX_ROLE_VIEWER,
    PLX_ROLE_SHOPPER,
    PLX_ROLE_ANALYST,
    PLX_ROLE_EDITOR,
    PLX_ROLE_ADMINISTRATOR,
    PLX_ROLES
};
#define PLX_ROLE_WORDS "viewer shopper analyst editor administrator"
const char *plx_role_name(enum plx_role role);
gboolean plx_role_read(const char *text, enum plx_role *role);

typedef struct plx_account plx_account;
struct plx_account {
    gint64 id;
    char *login; /* an e-mail address or a short name, as plx_login_new makes it */
    char *name;  /* what people call them, may be empty */
    enum plx_role role;
    gboolean disabled;
    char *password; /* Argon2id string, or NULL */
    char *subject;  /* "ISSUER SUB" of OpenID Connect, or NULL */
    gboolean has_totp;
    guint8 totp[PLX_TOTP_KEY];
    gint64 totp_step;    /* the last whose code was taken */
    gint64 failures;     /* wrong passwords or codes in a row */
    gint64 locked_until; /* seconds UTC */
};
void plx_account_free(plx_account *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_account, plx_account_free)

/* "Anna@Example.org" -> "anna@example.org", to be freed. Errors: PLX_ERROR_USAGE for what is none.
 */
char *plx_login_new(const char *text, GError **error);
/* Errors: PLX_ERROR_USAGE for a name that is too long, no UTF-8, or holds control characters. */
gboolean plx_account_name_is(const char *name, GError **error);

/* Errors: PLX_ERROR_NOT_FOUND ("there is no account ...": only for who may know). */
plx_account *plx_accounts_by_login(plx_store *store, const char *login, GError **error);
plx_account *plx_accounts_by_id(plx_store *store, gint64 id, GError **error);
plx_account *plx_accounts_by_subject(plx_store *store, const char *subject, GError **error);
/* By login: plx_account. */
GPtrArray *plx_accounts_list(plx_store *store, GError **error);
/* Is there an administrator who could log in or has a link to? */
gboolean plx_accounts_administered(plx_store *store, gboolean *is, GError **error);

/* A new one with login, name, role, password and subject; sets its id. Errors: PLX_ERROR_USAGE when
 * the login is taken. */
gboolean plx_accounts_add(plx_store *store, plx_account *account, GError **error);
/* Keeps what was changed in one that was read in this transaction. Where it changes what may be
 * done (role, disabled, password, second factor) all its sessions end, and but for the role alone
 * its links too. Errors: PLX_ERROR_USAGE for a login that is taken, and when nobody would be left
 * to administer. */
gboolean plx_accounts_save(plx_store *store, const plx_account *account, GError **error);
/* Lets go of who somebody is: their login becomes "removed-3" (its id), and so does a shopper who
 * was called by login or name; nothing else is left but role and id, which the audit log names;
 * disabled. Errors as plx_accounts_save's. */
gboolean plx_accounts_remove(plx_store *store, plx_account *account, GError **error);
/* Keeps the last three members only. */
gboolean plx_accounts_save_tries(plx_store *store, const plx_account *account, GError **error);

/* Counts a change of what people and programs may, and how many there were: what is held in memory
 * (serve/who.h) is read anew then. */
gboolean plx_access_changed(plx_store *store, GError **error);
gboolean plx_access_count(plx_store *store, gint64 *changes, GError **error);

/* Counts a login of nobody known: it must take as long as that of somebody, to the disk as well. */
gboolean plx_accounts_stranger(plx_store *store, GError **error);

/* Links that work once ------------------------------------------------------------------------ */

/* A new one, to be freed by plx_ticket_free; older ones of the same account are void. `account` 0:
 * the one that makes the first administrator. */
char *plx_one_time_new(plx_store *store, gint64 account, gint64 expires, GError **error);
/* Whose it is (0: nobody's yet). Errors: PLX_ERROR_NOT_FOUND for one that is used, void or expired
 * at `now`. */
gboolean plx_one_time_find(plx_store *store, const char *ticket, gint64 now, gint64 *account,
                           GError **error);
/* The same, and it is used up. */
gboolean plx_one_time_take(plx_store *store, const char *ticket, gint64 now, gint64 *account,
                           GError **error);
