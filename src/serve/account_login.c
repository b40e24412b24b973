/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /login, /login/code, /logout: in and out. */

#include "base/error.h"
#include "serve/account_form.h"
#include "serve/login.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "store/audit.h"

#include <string.h>

#define BODY_MAX 8192

/* One try on its way: what a worker saw, and what the writer made of it. */
struct attempt {
    struct plx_login_look look;
    gboolean has_old;
    guint8 old[PLX_TICKET_HASH]; /* the session that the browser came with, which ends */
    gboolean is_code;
    char *next;
    enum plx_login_outcome outcome;
    char *ticket;
};

static void free_attempt(gpointer data)
{
    struct attempt *const attempt = data;
    plx_login_look_clear(&attempt->look);
    plx_ticket_free(attempt->ticket);
    g_free(attempt->next);
    g_free(attempt);
}

/* Pages --------------------------------------------------------------------------------------- */

/* The other way in. */
static void put_provider(const struct plx_account_page *page, const char *next)
{
    g_autofree char *escaped = g_uri_escape_string(next, "/", FALSE);
    g_autofree char *to = g_strconcat("/login/oidc?next=", escaped, NULL);
    plx_account_link(page, to, "account.login.provider");
}

static void send_login(plx_call *call, const char *next, const char *said, guint status)
{
    static const struct plx_account_field login = {
        .label = "account.login.name", .name = "login", .type = "text", .complete = "username"};
    static const struct plx_account_field password = {.label = "account.login.password",
                                                      .name = "password",
                                                      .type = "password",
                                                      .complete = "current-password"};
    g_autofree char *cookie = NULL;
    g_autofree char *own = plx_guard_form(call, &cookie);
    const struct plx_account_page page = plx_account_begin(call, "account.login.title", said);
    plx_account_form(&page, "/login", own);
    plx_account_hidden(&page, "next", plx_guard_next(next));
    plx_account_input(&page, &login);
    plx_account_input(&page, &password);
    plx_account_submit(&page, "account.login.title");
    if (call->server->oidc)
        put_provider(&page, plx_guard_next(next));
    plx_account_send(&page, status, cookie);
}

static void send_code(plx_call *call, const char *next, const char *said, guint status)
{
    static const struct plx_account_field code = {.label = "account.code.digits",
                                                  .name = "code",
                                                  .type = "text",
                                                  .complete = "one-time-code",
                                                  .hint = "account.code.hint"};
    g_autofree char *csrf = plx_guard_csrf(call);
    const struct plx_account_page page = plx_account_begin(call, "account.code.title", said);
    plx_account_form(&page, "/login/code", csrf);
    plx_account_hidden(&page, "next", plx_guard_next(next));
    plx_account_input(&page, &code);
    plx_account_submit(&page, "account.login.title");
    plx_account_send(&page, status, NULL);
}

/* Trying -------------------------------------------------------------------------------------- */

static gboolean apply_attempt(plx_call *call, plx_store *store, GError **error)
{
    struct attempt *const attempt = call->data;
    const gint64 now = plx_call_now(call).utc;
    if (!plx_login_settle(store, &attempt->look, attempt->is_code ? attempt->old : NULL, now,
                          &attempt->outcome, &attempt->ticket, error))
        return FALSE;
    return attempt->outcome == PLX_LOGIN_NO || !attempt->has_old ||
           plx_sessions_end(store, attempt->old, error);
}

/* On a worker: the writer has no time for pages. */
static void show_wrong(plx_call *call)
{
    const struct attempt *const attempt = call->data;
    if (attempt->is_code)
        send_code(call, attempt->next, "account.code.wrong", 403);
    else
        send_login(call, attempt->next, "account.login.wrong", 403);
}

static void settle_attempt(plx_call *call, const GError *failure)
{
    const struct attempt *const attempt = call->data;
    plx_entrance_changed(call->server->entrance);
    if (failure) {
        plx_call_failed(call, failure);
        return;
    }
    if (attempt->outcome == PLX_LOGIN_NO) {
        plx_call_to_worker(call, show_wrong);
        return;
    }
    g_autofree char *cookie = plx_account_cookie(call, attempt->ticket);
    g_autofree char *next = g_uri_escape_string(attempt->next, "/", FALSE);
    g_autofree char *code = g_strconcat("/login/code?next=", next, NULL);
    plx_call_redirect(call, attempt->outcome == PLX_LOGIN_HALF ? code : attempt->next, cookie);
}

static void begin_attempt(plx_call *call, const plx_who *who)
{
    struct attempt *const attempt = g_new0(struct attempt, 1);
    attempt->next = g_strdup(plx_guard_next(plx_account_sent(call, "next")));
    attempt->has_old = who != NULL;
    if (who)
        memcpy(attempt->old, who->session, sizeof attempt->old);
    call->data = attempt;
    call->data_free = free_attempt;
}

static gboolean take_call(plx_call *call, const plx_who **who)
{
    g_autoptr(GError) error = NULL;
    if (!plx_guard_is_own(call))
        plx_call_refuse(call, 403, "account.refused.site");
    else if (!plx_guard_who(call, who, &error))
        plx_call_failed(call, error);
    else
        return TRUE;
    return FALSE;
}

/* Sent by a person who left a field empty: no wrong try, and nothing is said of any account. */
static gboolean is_empty(const plx_call *call)
{
    const char *const login = plx_fields_get(call->form, "login");
    const char *const password = plx_fields_get(call->form, "password");
    return login && password && (!*login || !*password);
}

static void post_login(plx_call *call)
{
    const plx_who *who = NULL;
    g_autoptr(GError) error = NULL;
    if (!take_call(call, &who))
        return;
    if (is_empty(call)) {
        send_login(call, plx_account_sent(call, "next"), "account.login.empty", 400);
        return;
    }
    begin_attempt(call, who && who->account ? who : NULL);
    struct attempt *const attempt = call->data;
    if (plx_login_look_password(call->store, plx_account_sent(call, "login"),
                                plx_account_sent(call, "password"), plx_call_now(call).utc,
                                &attempt->look, &error))
        plx_call_write(call, apply_attempt, settle_attempt);
    else
        plx_call_failed(call, error);
}

static void post_code(plx_call *call)
{
    const plx_who *who = call->who;
    g_autoptr(GError) error = NULL;
    if (!who || !who->half) {
        plx_call_redirect(call, "/login", NULL);
        return;
    }
    begin_attempt(call, who);
    struct attempt *const attempt = call->data;
    attempt->is_code = TRUE;
    if (plx_login_look_code(call->store, who->account, plx_account_sent(call, "code"),
                            plx_call_now(call).utc, &attempt->look, &error))
        plx_call_write(call, apply_attempt, settle_attempt);
    else
        plx_call_failed(call, error);
}

static void get_login(plx_call *call)
{
    send_login(call, plx_fields_get(call->query, "next"), NULL, 200);
}

static void get_code(plx_call *call)
{
    const plx_who *const who = call->who;
    if (who && who->half)
        send_code(call, plx_fields_get(call->query, "next"), NULL, 200);
    else
        plx_call_redirect(call, who ? "/" : "/login", NULL);
}

/* Out ----------------------------------------------------------------------------------------- */

static gboolean apply_logout(plx_call *call, plx_store *store, GError **error)
{
    const plx_who *const who = call->who;
    return plx_sessions_end(store, who->session, error) &&
           plx_audit_add(store, who->actor, "logout", "", error);
}

static void settle_logout(plx_call *call, const GError *failure)
{
    plx_entrance_changed(call->server->entrance);
    if (failure) {
        plx_call_failed(call, failure);
        return;
    }
    g_autofree char *cookie = plx_account_cookie(call, NULL);
    plx_call_redirect(call, "/login", cookie);
}

static void post_logout(plx_call *call)
{
    const plx_who *const who = call->who;
    if (who && who->account)
        plx_call_write(call, apply_logout, settle_logout);
    else
        plx_call_redirect(call, "/login", NULL);
}

const struct plx_route plx_routes_login[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/login",
     .place = PLX_ON_LOOP,
     .summary = "The page to sign in",
     .handle = get_login},
    {.method = PLX_HTTP_POST,
     .pattern = "/login",
     .body = BODY_MAX,
     .place = PLX_ON_HARD_WORKER,
     .guess = TRUE,
     .summary = "Sign in with name and password",
     .handle = post_login},
    {.method = PLX_HTTP_GET,
     .pattern = "/login/code",
     .csrf = TRUE,
     .summary = "The page for the second factor",
     .handle = get_code},
    {.method = PLX_HTTP_POST,
     .pattern = "/login/code",
     .body = BODY_MAX,
     .csrf = TRUE,
     .guess = TRUE,
     .summary = "The second factor",
     .handle = post_code},
    {.method = PLX_HTTP_POST,
     .pattern = "/logout",
     .body = BODY_MAX,
     .csrf = TRUE,
     .summary = "Sign out",
     .handle = post_logout},
    {.pattern = NULL},
};
