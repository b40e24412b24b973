/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/login.h"

#include "base/error.h"
#include "serve/lockout.h"
#include "serve/password.h"
#include "serve/totp.h"
#include "serve/who.h"
#include "store/audit.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT((int)PLX_TOTP_BYTES == (int)PLX_TOTP_KEY);

void plx_login_look_clear(struct plx_login_look *look)
{
    g_free(look->password);
    g_free(look->better);
    *look = (struct plx_login_look){0};
}

/* Looking ------------------------------------------------------------------------------------- */

/* NULL without an error: there is none that could log in. */
static plx_account *find_login(plx_store *store, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *login = plx_login_new(text, NULL);
    g_autoptr(plx_account) account = login ? plx_accounts_by_login(store, login, &cause) : NULL;
    if (cause && !g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        g_propagate_error(error, g_steal_pointer(&cause));
    return account && !account->disabled && account->password ? g_steal_pointer(&account) : NULL;
}

gboolean plx_login_look_password(plx_store *store, const char *login, const char *password,
                                 gint64 now, struct plx_login_look *look, GError **error)
{
    struct plx_login_look found = {0};
    g_autoptr(GError) cause = NULL;
    g_autoptr(plx_account) account = find_login(store, login, &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    found.waits = account && plx_lockout_waits(account, now);
    const gboolean compare = account && !found.waits;
    found.right = plx_password_fits(compare ? account->password : NULL, password);
    if (account) {
        found.account = account->id;
        found.password = g_strdup(account->password);
    }
    if (found.right && plx_password_is_old(account->password))
        found.better = plx_password_hash(password, NULL);
    *look = found;
    return TRUE;
}

gboolean plx_login_look_code(plx_store *store, gint64 id, const char *code, gint64 now,
                             struct plx_login_look *look, GError **error)
{
    g_autoptr(plx_account) account = plx_accounts_by_id(store, id, error);
    if (!account)
        return FALSE;
    struct plx_login_look found = {.account = id, .waits = plx_lockout_waits(account, now)};
    found.right = !found.waits && !account->disabled && account->has_totp &&
                  plx_totp_fits(account->totp, code, now, account->totp_step, &found.totp_step);
    *look = found;
    return TRUE;
}

/* Settling ------------------------------------------------------------------------------------ */

static gboolean fail(plx_store *store, plx_account *account, gint64 now, const char *what,
                     GError **error)
{
    g_autofree char *about = g_strdup_printf("account %" G_GINT64_FORMAT, account->id);
    plx_lockout_failed(account, now);
    return plx_accounts_save_tries(store, account, error) &&
           plx_audit_add(store, "server", what, about, error);
}

static char *new_session(plx_store *store, gint64 account, gboolean half, gint64 now,
                         GError **error)
{
    struct plx_session session = {.account = account,
                                  .half = half,
                                  .created = now,
                                  .expires = now + (half ? PLX_SESSION_HALF : PLX_SESSION_IDLE)};
    return plx_sessions_new(store, &session, error);
}

char *plx_login_session(plx_store *store, gint64 account, gint64 now, GError **error)
{
    g_autofree char *actor = g_strdup_printf("account %" G_GINT64_FORMAT, account);
    return plx_audit_add(store, actor, "login", "", error)
               ? new_session(store, account, FALSE, now, error)
               : NULL;
}

/* What was right when it was looked at must still be so: a password changed meanwhile, a code taken
 * by another request, ended sessions. */
static gboolean still_right(const struct plx_login_look *look, const plx_account *account,
                            gboolean is_code)
{
    if (account->disabled)
        return FALSE;
    return is_code ? account->has_totp && look->totp_step > account->totp_step
                   : g_strcmp0(account->password, look->password) == 0;
}

static gboolean keep_better(plx_store *store, const struct plx_login_look *look,
                            plx_account *account, GError **error)
{
    if (!look->better)
        return TRUE;
    g_free(account->password);
    account->password = g_strdup(look->better);
    return plx_accounts_save(store, account, error);
}

static gboolean pass(plx_store *store, const struct plx_login_look *look, plx_account *account,
                     const guint8 *half, gint64 now, enum plx_login_outcome *outcome, char **ticket,
                     GError **error)
{
    const gboolean to_come = !half && account->has_totp;
    if (half)
        account->totp_step = look->totp_step;
    if (!to_come)
        plx_lockout_passed(account); /* a right password alone does not clear wrong codes */
    if (!keep_better(store, look, account, error) ||
        !plx_accounts_save_tries(store, account, error) ||
        (half && !plx_sessions_end(store, half, error)))
        return FALSE;
    char *const made = to_come ? new_session(store, account->id, TRUE, now, error)
                               : plx_login_session(store, account->id, now, error);
    if (!made)
        return FALSE;
    *ticket = made;
    *outcome = to_come ? PLX_LOGIN_HALF : PLX_LOGIN_IN;
    return TRUE;
}

/* The account as it is now, and whether what was looked at was right and still is; a wrong try is
 * counted. NULL: *error, or nothing to count (*right is FALSE). */
static plx_account *count(plx_store *store, const struct plx_login_look *look, gboolean is_code,
                          gint64 now, gboolean *right, GError **error)
{
    g_autoptr(plx_account) account = plx_accounts_by_id(store, look->account, error);
    if (!account)
        return NULL;
    const gboolean waits = look->waits || plx_lockout_waits(account, now);
    *right = look->right && !waits && still_right(look, account, is_code);
    const gboolean ok =
        *right ||
        (waits ? plx_accounts_stranger(store, error)
               : fail(store, account, now, is_code ? "login code wrong" : "login failed", error));
    return ok ? g_steal_pointer(&account) : NULL;
}

static gboolean is_half(plx_store *store, const guint8 *half, gint64 account, gint64 now)
{
    struct plx_session session;
    return plx_sessions_find(store, half, now, &session, NULL) && session.account == account &&
           session.half;
}

gboolean plx_login_settle(plx_store *store, const struct plx_login_look *look,
                          const guint8 half[PLX_TICKET_HASH], gint64 now,
                          enum plx_login_outcome *outcome, char **ticket, GError **error)
{
    gboolean right = FALSE;
    if (!look->account || (half && !is_half(store, half, look->account, now))) {
        if (!plx_accounts_stranger(store, error))
            return FALSE;
        *outcome = PLX_LOGIN_NO;
        return TRUE;
    }
    g_autoptr(plx_account) account = count(store, look, half != NULL, now, &right, error);
    if (!account)
        return FALSE;
    if (right)
        return pass(store, look, account, half, now, outcome, ticket, error);
    *outcome = PLX_LOGIN_NO;
    return TRUE;
}

gboolean plx_login_confirm(plx_store *store, const struct plx_login_look *look, gint64 now,
                           gboolean *right, GError **error)
{
    gboolean is = FALSE;
    g_autoptr(plx_account) account =
        look->account ? count(store, look, FALSE, now, &is, error) : NULL;
    if (look->account && !account)
        return FALSE;
    *right = is;
    return TRUE;
}
