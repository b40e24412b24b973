/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /account: one's own password, second factor and sessions. What could lock the owner out asks for
 * the password again: a browser left open must not be enough. */

#include "base/date.h"
#include "base/error.h"
#include "chart/qr.h"
#include "serve/account_form.h"
#include "serve/login.h"
#include "serve/password.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "serve/texts.h"
#include "serve/totp.h"
#include "store/audit.h"

#include <sodium.h>
#include <string.h>

#define BODY_MAX 8192
#define HEX (2 * PLX_TICKET_HASH)

static const struct plx_account_field current_password = {.label = "account.password.now",
                                                          .name = "password",
                                                          .type = "password",
                                                          .complete = "current-password"};

/* The page ------------------------------------------------------------------------------------ */

static void put_password(const struct plx_account_page *page, const plx_account *account,
                         const char *csrf)
{
    plx_account_say(page, "h2", NULL, "account.login.password");
    plx_account_form(page, "/account/password", csrf);
    plx_account_whose(page, account->login);
    plx_account_input(page, &current_password);
    plx_account_new_password(page, "account.password.new");
    plx_account_submit(page, "account.password.change");
}

/* The key in words, as a picture and as a link. */
static void put_key(const struct plx_account_page *page, const char *text, const char *url)
{
    plx_html *const html = page->html;
    plx_account_say(page, "p", NULL, "account.factor.about");
    if (strlen(url) <= PLX_QR_TEXT_MAX) {
        g_autoptr(plx_svg) code_of_key =
            plx_qr(url, "code", plx_account_text(page, "account.factor.picture"));
        plx_html_svg(html, code_of_key);
    }
    plx_html_open(html, "p");
    plx_html_element(html, "code", NULL, text);
    plx_html_close(html);
    plx_account_link(page, url, "account.factor.open");
}

/* Of the key that was sent with a wrong code: it may be in the authenticator by now, so it stays.
 */
static void put_enrolment(const struct plx_account_page *page, const plx_account *account,
                          const char *csrf)
{
    static const struct plx_account_field code = {.label = "account.code.digits",
                                                  .name = "code",
                                                  .type = "text",
                                                  .complete = "one-time-code",
                                                  .hint = "account.code.hint"};
    guint8 key[PLX_TOTP_BYTES];
    if (!plx_totp_read(plx_account_sent(page->call, "key"), key))
        plx_totp_new(key);
    g_autofree char *text = plx_totp_text(key);
    g_autofree char *url = plx_totp_url(key, account->login);
    put_key(page, text, url);
    plx_account_form(page, "/account/code", csrf);
    plx_account_whose(page, account->login);
    plx_account_hidden(page, "key", text);
    plx_account_input(page, &code);
    plx_account_input(page, &current_password);
    plx_account_submit(page, "account.factor.on");
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, strlen(text));
    sodium_memzero(url, strlen(url));
}

static void put_factor(const struct plx_account_page *page, const plx_account *account,
                       const char *csrf)
{
    plx_account_say(page, "h2", NULL, "account.factor.title");
    if (!account->has_totp) {
        put_enrolment(page, account, csrf);
        return;
    }
    plx_account_say(page, "p", NULL, "account.factor.is");
    plx_account_form(page, "/account/code/off", csrf);
    plx_account_whose(page, account->login);
    plx_account_input(page, &current_password);
    plx_account_submit(page, "account.factor.off");
}

static void put_time(const struct plx_account_page *page, gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(seconds);
    gint y, m, d;
    g_date_time_get_ymd(time, &y, &m, &d);
    g_autofree char *day = plx_texts_day(page->language, plx_date_days(y, m, d));
    g_autofree char *clock = g_date_time_format(time, "%H:%M");
    g_autofree char *both = plx_texts_fill(page->language, "date.time", day, clock, (char *)NULL);
    plx_html_element(page->html, "td", NULL, both);
}

static void put_session(const struct plx_account_page *page, const struct plx_session *session,
                        const plx_who *who, const char *csrf)
{
    char hex[HEX + 1];
    plx_html *const html = page->html;
    const gboolean own = memcmp(session->hash, who->session, PLX_TICKET_HASH) == 0;
    sodium_bin2hex(hex, sizeof hex, session->hash, PLX_TICKET_HASH);
    plx_html_open(html, "tr");
    put_time(page, session->created);
    put_time(page, session->used);
    plx_html_open(html, "td");
    if (own) {
        plx_html_text(html, plx_account_text(page, "account.sessions.this"));
    } else {
        plx_account_form(page, "/account/sessions/end", csrf);
        plx_account_hidden(page, "session", hex);
        plx_account_submit(page, "account.sessions.one");
    }
    plx_html_close(html);
    plx_html_close(html);
}

static void put_sessions(const struct plx_account_page *page, const GArray *sessions,
                         const plx_who *who, const char *csrf)
{
    static const char *const columns[] = {"account.sessions.begun", "account.sessions.used",
                                          "account.sessions.end"};
    plx_html *const html = page->html;
    plx_account_say(page, "h2", NULL, "account.sessions.title");
    plx_html_open(html, "table");
    plx_html_open(html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        plx_account_say(page, "th", NULL, columns[i]);
    plx_html_close(html);
    for (guint i = 0; i < sessions->len; i++)
        put_session(page, &g_array_index(sessions, struct plx_session, i), who, csrf);
    plx_html_close(html);
    plx_account_form(page, "/account/sessions/end", csrf);
    plx_account_submit(page, "account.sessions.others");
}

static void send_page(plx_call *call, const char *said, guint status)
{
    const plx_who *const who = call->who;
    g_autoptr(GError) error = NULL;
    g_autofree char *csrf = plx_guard_csrf(call);
    g_autoptr(plx_account) account = plx_accounts_by_id(call->store, who->account, &error);
    g_autoptr(GArray) sessions =
        account ? plx_sessions_of(call->store, who->account, &error) : NULL;
    if (!sessions) {
        plx_call_failed(call, error);
        return;
    }
    const struct plx_account_page page = plx_account_begin(call, "account.title", said);
    g_autofree char *signed_in = plx_account_who(&page, account->login, account->role);
    plx_html_element(page.html, "p", NULL, signed_in);
    if (account->password) {
        put_password(&page, account, csrf);
        put_factor(&page, account, csrf);
    }
    put_sessions(&page, sessions, who, csrf);
    plx_account_link(&page, "/", "account.back");
    plx_account_send(&page, status, NULL);
}

static void get_account(plx_call *call)
{
    send_page(call, NULL, 200);
}

/* Changing ------------------------------------------------------------------------------------ */

/* A change on its way: the password that was typed, looked at, and what is to be. */
struct change {
    struct plx_login_look look;
    char *hash;        /* of the new password, or NULL */
    gboolean factor;   /* the second factor is what changes ... */
    gboolean has_totp; /* ... to this */
    guint8 totp[PLX_TOTP_BYTES];
    gint64 totp_step;
    const char *act; /* for the audit log */
    gboolean right;  /* the password was */
    char *ticket;    /* of the session that goes on: all others have ended */
};

static void free_change(gpointer data)
{
    struct change *const change = data;
    plx_login_look_clear(&change->look);
    g_free(change->hash);
    sodium_memzero(change->totp, sizeof change->totp);
    plx_ticket_free(change->ticket);
    g_free(change);
}

static gboolean keep(plx_store *store, const struct change *change, const plx_who *who,
                     GError **error)
{
    g_autoptr(plx_account) account = plx_accounts_by_id(store, who->account, error);
    if (!account)
        return FALSE;
    if (change->hash) {
        g_free(account->password);
        account->password = g_strdup(change->hash);
    }
    if (change->factor) {
        account->has_totp = change->has_totp;
        memcpy(account->totp, change->totp, sizeof account->totp);
        account->totp_step = change->totp_step;
    }
    return plx_accounts_save(store, account, error) &&
           plx_audit_add(store, who->actor, change->act, "", error);
}

static gboolean apply_change(plx_call *call, plx_store *store, GError **error)
{
    struct change *const change = call->data;
    const plx_who *const who = call->who;
    const gint64 now = plx_call_now(call).utc;
    if (!plx_login_confirm(store, &change->look, now, &change->right, error))
        return FALSE;
    if (!change->right)
        return TRUE;
    if (!keep(store, change, who, error))
        return FALSE;
    change->ticket = plx_login_session(store, who->account, now, error);
    return change->ticket != NULL;
}

/* On a worker: the writer has no time for pages. */
static void show_wrong(plx_call *call)
{
    send_page(call, "account.password.wrong", 400);
}

static void settle_change(plx_call *call, const GError *failure)
{
    const struct change *const change = call->data;
    plx_entrance_changed(call->server->entrance);
    if (failure) {
        plx_call_failed(call, failure);
        return;
    }
    if (!change->right) {
        plx_call_to_worker(call, show_wrong);
        return;
    }
    g_autofree char *cookie = plx_account_cookie(call, change->ticket);
    plx_call_redirect(call, "/account", cookie);
}

static void begin_change(plx_call *call, struct change *change)
{
    const plx_who *const who = call->who;
    g_autoptr(GError) error = NULL;
    call->data = change;
    call->data_free = free_change;
    if (plx_login_look_password(call->store, who->login, plx_account_sent(call, "password"),
                                plx_call_now(call).utc, &change->look, &error))
        plx_call_write(call, apply_change, settle_change);
    else
        plx_call_failed(call, error);
}

static void post_password(plx_call *call)
{
    const plx_who *const who = call->who;
    g_autoptr(GError) error = NULL;
    const char *const wrong = plx_account_check_new(call, who->login);
    if (wrong) {
        send_page(call, wrong, 400);
        return;
    }
    char *const hash = plx_password_hash(plx_account_sent(call, "new"), &error);
    if (!hash) {
        plx_call_failed(call, error);
        return;
    }
    struct change *const change = g_new0(struct change, 1);
    change->hash = hash;
    change->act = "password changed";
    begin_change(call, change);
}

static void post_code(plx_call *call)
{
    struct change *const change = g_new0(struct change, 1);
    const gint64 now = plx_call_now(call).utc;
    change->factor = change->has_totp = TRUE;
    change->act = "second factor on";
    if (plx_totp_read(plx_account_sent(call, "key"), change->totp) &&
        plx_totp_fits(change->totp, plx_account_sent(call, "code"), now, 0, &change->totp_step)) {
        begin_change(call, change);
        return;
    }
    free_change(change);
    send_page(call, "account.factor.wrong", 400);
}

static void post_code_off(plx_call *call)
{
    struct change *const change = g_new0(struct change, 1);
    change->factor = TRUE;
    change->act = "second factor off";
    begin_change(call, change);
}

/* Sessions ------------------------------------------------------------------------------------ */

/* The one that is named, if it is one's own: nobody ends another's. */
static gboolean end_one(plx_store *store, const plx_who *who, const char *hex, GError **error)
{
    guint8 hash[PLX_TICKET_HASH];
    size_t n = 0;
    g_autoptr(GArray) sessions = plx_sessions_of(store, who->account, error);
    if (!sessions)
        return FALSE;
    if (sodium_hex2bin(hash, sizeof hash, hex, strlen(hex), NULL, &n, NULL) != 0 ||
        n != sizeof hash)
        return TRUE;
    for (guint i = 0; i < sessions->len; i++)
        if (memcmp(g_array_index(sessions, struct plx_session, i).hash, hash, sizeof hash) == 0)
            return plx_sessions_end(store, hash, error);
    return TRUE;
}

static gboolean apply_end(plx_call *call, plx_store *store, GError **error)
{
    const plx_who *const who = call->who;
    const char *const one = plx_account_sent(call, "session");
    return (*one ? end_one(store, who, one, error)
                 : plx_sessions_end_all(store, who->account, who->session, error)) &&
           plx_audit_add(store, who->actor, *one ? "session ended" : "other sessions ended", "",
                         error);
}

static void settle_end(plx_call *call, const GError *failure)
{
    plx_entrance_changed(call->server->entrance);
    if (failure)
        plx_call_failed(call, failure);
    else
        plx_call_redirect(call, "/account", NULL);
}

static void post_end(plx_call *call)
{
    plx_call_write(call, apply_end, settle_end);
}

#define OWN(path, what, handler, guesses)                                                          \
    {                                                                                              \
        .method = PLX_HTTP_POST, .pattern = (path), .permission = PLX_MAY_SHOPPER,                 \
        .body = BODY_MAX, .place = (guesses) ? PLX_ON_HARD_WORKER : PLX_ON_WORKER, .csrf = TRUE,   \
        .guess = (guesses), .summary = (what), .handle = (handler)                                 \
    }
const struct plx_route plx_routes_account[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/account",
     .permission = PLX_MAY_SHOPPER,
     .summary = "One's own account",
     .handle = get_account},
    OWN("/account/password", "Change one's password", post_password, TRUE),
    OWN("/account/code", "Use a second factor", post_code, TRUE),
    OWN("/account/code/off", "Do without a second factor", post_code_off, TRUE),
    OWN("/account/sessions/end", "End one of one's sessions, or all others", post_end, FALSE),
    {.pattern = NULL},
};
