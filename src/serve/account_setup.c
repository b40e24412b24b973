/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /setup/TICKET: the first administrator, and passwords of who was invited or lost theirs. */

#include "base/error.h"
#include "serve/account_form.h"
#include "serve/lockout.h"
#include "serve/login.h"
#include "serve/password.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "serve/setup.h"
#include "serve/texts.h"
#include "store/audit.h"

#include <string.h>

#define BODY_MAX 8192

gboolean plx_setup_first(plx_store *store, gint64 now, char **path, GError **error)
{
    gboolean administered;
    if (!plx_accounts_administered(store, &administered, error))
        return FALSE;
    char *const ticket =
        administered ? NULL : plx_one_time_new(store, 0, now + PLX_SETUP_SECONDS, error);
    if (!administered && !ticket)
        return FALSE;
    *path = ticket ? g_strconcat("/setup/", ticket, NULL) : NULL;
    plx_ticket_free(ticket);
    return TRUE;
}

/* A link that was used, or is too old, is for people: what to do now is more than that it is not
 * there. */
static void send_gone(plx_call *call, const char *why, const char *again)
{
    if (!plx_call_wants_page(call)) {
        plx_call_refuse(call, 410, why);
        return;
    }
    const struct plx_account_page page = plx_account_begin(call, "account.gone.title", NULL);
    plx_account_say(&page, "p", NULL, why);
    plx_account_link(&page, "/login", "account.login.title");
    plx_account_say(&page, "p", NULL, again);
    plx_account_send(&page, 410, NULL);
}

/* Another way than this link made an administrator: from then on nobody becomes the first. */
static void send_administered(plx_call *call)
{
    send_gone(call, "account.gone.administered", "account.gone.administered.again");
}

/* Whoever was invited asks who invited them; only before there is an administrator is it for who
 * has the server. */
static void send_failed(plx_call *call, const GError *error)
{
    gboolean administered = FALSE;
    g_autoptr(GError) failure = NULL;
    if (!g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        plx_call_failed(call, error);
    else if (!plx_accounts_administered(call->store, &administered, &failure))
        plx_call_failed(call, failure);
    else
        send_gone(call, "account.gone.why",
                  administered ? "account.gone.again" : "account.gone.first");
}

/* Whose ticket it is; *account NULL: the first administrator's. FALSE: the call is finished. */
static gboolean find_ticket(plx_call *call, plx_account **account)
{
    gint64 whose = 0;
    g_autoptr(GError) error = NULL;
    if (plx_one_time_find(call->store, plx_call_param(call, "ticket"), plx_call_now(call).utc,
                          &whose, &error)) {
        gboolean administered = FALSE;
        *account = whose ? plx_accounts_by_id(call->store, whose, &error) : NULL;
        if (!error && !whose)
            plx_accounts_administered(call->store, &administered, &error);
        if (!error && administered) {
            send_administered(call);
            return FALSE;
        }
        if (!error)
            return TRUE;
    }
    send_failed(call, error);
    return FALSE;
}

static void send_page(plx_call *call, const plx_account *account, const char *said, guint status)
{
    const struct plx_account_field login = {.label = "account.login.name",
                                            .name = "login",
                                            .type = "text",
                                            .complete = "username",
                                            .value = plx_account_sent(call, "login"),
                                            .hint = "account.setup.login"};
    g_autofree char *action = g_strconcat("/setup/", plx_call_param(call, "ticket"), NULL);
    g_autofree char *cookie = NULL;
    g_autofree char *own = plx_guard_form(call, &cookie);
    const struct plx_account_page page = plx_account_begin(call, "account.setup.title", said);
    g_autofree char *whose =
        account ? plx_texts_fill(page.language, "account.setup.whose", account->login, NULL) : NULL;
    plx_html_element(page.html, "p", NULL,
                     whose ? whose : plx_account_text(&page, "account.setup.first"));
    plx_account_form(&page, action, own);
    if (account)
        plx_account_whose(&page, account->login);
    else
        plx_account_input(&page, &login);
    plx_account_new_password(&page, "account.login.password");
    plx_account_submit(&page, account ? "account.setup.keep" : "account.setup.begin");
    plx_account_send(&page, status, cookie);
}

static void get_setup(plx_call *call)
{
    g_autoptr(plx_account) account = NULL;
    if (find_ticket(call, &account))
        send_page(call, account, NULL, 200);
}

/* Keeping ------------------------------------------------------------------------------------- */

struct setting_up {
    char *login, *hash;
    char *session; /* the ticket */
    gboolean late; /* another administrator came between page and button */
};

static void free_setting_up(gpointer data)
{
    struct setting_up *const made = data;
    g_free(made->login);
    g_free(made->hash);
    plx_ticket_free(made->session);
    g_free(made);
}

/* The first administrator; another one may have come before. */
static gboolean add_first(plx_store *store, struct setting_up *made, gint64 *id, GError **error)
{
    gboolean administered;
    g_autoptr(plx_account) account = g_new0(plx_account, 1);
    if (!plx_accounts_administered(store, &administered, error))
        return FALSE;
    made->late = administered;
    if (administered)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "There is an administrator already.");
    account->login = g_strdup(made->login);
    account->name = g_strdup("");
    account->role = PLX_ROLE_ADMINISTRATOR;
    account->password = g_strdup(made->hash);
    if (!plx_accounts_add(store, account, error))
        return FALSE;
    *id = account->id;
    return TRUE;
}

static gboolean set_password(plx_store *store, const struct setting_up *made, gint64 id,
                             GError **error)
{
    g_autoptr(plx_account) account = plx_accounts_by_id(store, id, error);
    if (!account)
        return FALSE;
    g_free(account->password);
    account->password = g_strdup(made->hash);
    plx_lockout_passed(account);
    return plx_accounts_save(store, account, error);
}

static gboolean apply_setup(plx_call *call, plx_store *store, GError **error)
{
    struct setting_up *const made = call->data;
    const gint64 now = plx_call_now(call).utc;
    gint64 id = 0;
    if (!plx_one_time_take(store, plx_call_param(call, "ticket"), now, &id, error))
        return FALSE;
    const gboolean first = id == 0;
    if (!(first ? add_first(store, made, &id, error) : set_password(store, made, id, error)))
        return FALSE;
    g_autofree char *actor = g_strdup_printf("account %" G_GINT64_FORMAT, id);
    if (!plx_audit_add(store, actor, first ? "first administrator" : "password set", "", error))
        return FALSE;
    /* A link that leaked must not stand for the second factor too: then one signs in, by both. */
    g_autoptr(plx_account) account = plx_accounts_by_id(store, id, error);
    if (!account)
        return FALSE;
    if (!account->has_totp)
        made->session = plx_login_session(store, id, now, error);
    return account->has_totp || made->session;
}

static void settle_setup(plx_call *call, const GError *failure)
{
    const struct setting_up *const made = call->data;
    plx_entrance_changed(call->server->entrance);
    if (failure && made->late) {
        send_administered(call);
        return;
    }
    if (failure) {
        send_failed(call, failure);
        return;
    }
    if (!made->session) {
        plx_call_redirect(call, "/login", NULL);
        return;
    }
    g_autofree char *cookie = plx_account_cookie(call, made->session);
    plx_call_redirect(call, "/", cookie);
}

static void post_setup(plx_call *call)
{
    g_autoptr(plx_account) account = NULL;
    g_autoptr(GError) error = NULL;
    if (!plx_guard_is_own(call)) {
        plx_call_refuse(call, 403, "account.refused.site");
        return;
    }
    if (!find_ticket(call, &account))
        return;
    g_autofree char *login =
        account ? g_strdup(account->login) : plx_login_new(plx_account_sent(call, "login"), NULL);
    const char *const wrong = login ? plx_account_check_new(call, login) : "account.setup.bad";
    if (wrong) {
        send_page(call, account, wrong, 400);
        return;
    }
    char *const hash = plx_password_hash(plx_account_sent(call, "new"), &error);
    if (!hash) {
        plx_call_failed(call, error);
        return;
    }
    struct setting_up *const made = g_new0(struct setting_up, 1);
    made->login = g_steal_pointer(&login);
    made->hash = hash;
    call->data = made;
    call->data_free = free_setting_up;
    plx_call_write(call, apply_setup, settle_setup);
}

const struct plx_route plx_routes_setup[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/setup/{ticket:token}",
     .summary = "The page of a link that works once: the first administrator, or a new password",
     .handle = get_setup},
    {.method = PLX_HTTP_POST,
     .pattern = "/setup/{ticket:token}",
     .body = BODY_MAX,
     .place = PLX_ON_HARD_WORKER,
     .guess = TRUE,
     .summary = "Make the first administrator, or set a password",
     .handle = post_setup},
    {.pattern = NULL},
};
