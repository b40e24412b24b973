/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/guard.h"

#include "serve/csrf.h"
#include "serve/server_private.h"

#include <string.h>

#define NEXT_MAX 500

/* Who ----------------------------------------------------------------------------------------- */

static gboolean note_use(plx_store *store, gpointer who, GError **error)
{
    return plx_who_note(who, store, g_get_real_time() / G_USEC_PER_SEC, error);
}

static void forget_who(gpointer who)
{
    plx_who_unref(who);
}

gboolean plx_guard_who(plx_call *call, const plx_who **who, GError **error)
{
    const gint64 now = plx_call_now(call).utc;
    plx_who *found = NULL;
    if (!call->who) {
        if (!plx_entrance_ask(call->server->entrance, plx_http_request_head(call->request), now,
                              &found, error))
            return FALSE;
        call->who = found;
        if (found && plx_who_is_due(found, now))
            plx_server_note(call->server, note_use, plx_who_ref(found), forget_who);
    }
    *who = call->who;
    return TRUE;
}

/* The ticket of the session's cookie, to be freed by plx_ticket_free; NULL: there is none. */
static char *session_ticket(const plx_call *call)
{
    gboolean bearer;
    const struct plx_http_slice ticket =
        plx_entrance_ticket(call->server->entrance, plx_http_request_head(call->request), &bearer);
    return ticket.at && !bearer ? g_strndup(ticket.at, ticket.length) : NULL;
}

char *plx_guard_csrf(const plx_call *call)
{
    char *const ticket = session_ticket(call);
    char *const text = ticket ? plx_csrf_text(ticket) : NULL;
    plx_ticket_free(ticket);
    return text;
}

/* Forms ---------------------------------------------------------------------------------------- */

static gboolean has_csrf(const plx_call *call)
{
    char *const ticket = session_ticket(call);
    const struct plx_http_slice header =
        plx_http_head_value(plx_http_request_head(call->request), "X-CSRF");
    g_autofree char *said = header.at ? g_strndup(header.at, header.length) : NULL;
    const char *const field = plx_fields_get(call->form, PLX_CSRF_FIELD);
    const gboolean has = ticket && plx_csrf_fits(ticket, said ? said : field);
    plx_ticket_free(ticket);
    return has;
}

/* The ticket of the form's cookie, to be freed by plx_ticket_free; NULL: there is none. */
static char *form_ticket(const plx_call *call)
{
    const struct plx_http_slice value = plx_call_cookie(call, PLX_COOKIE_LOGIN);
    return plx_ticket_is(value.at, value.length) ? g_strndup(value.at, value.length) : NULL;
}

char *plx_guard_form(const plx_call *call, char **cookie)
{
    *cookie = NULL;
    if (plx_http_head_value(plx_http_request_head(call->request), "Sec-Fetch-Site").at)
        return NULL;
    char *ticket = form_ticket(call);
    if (!ticket) {
        ticket = plx_ticket_new();
        *cookie = plx_call_cookie_set(call, PLX_COOKIE_LOGIN, ticket);
    }
    char *const text = plx_csrf_text(ticket);
    plx_ticket_free(ticket);
    return text;
}

static gboolean has_form(const plx_call *call)
{
    char *const ticket = form_ticket(call);
    const gboolean has =
        ticket && plx_csrf_fits(ticket, plx_fields_get(call->form, PLX_CSRF_FIELD));
    plx_ticket_free(ticket);
    return has;
}

gboolean plx_guard_is_own(const plx_call *call)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    const struct plx_http_slice site = plx_http_head_value(head, "Sec-Fetch-Site");
    const struct plx_http_slice origin = plx_http_head_value(head, "Origin");
    if (site.at)
        return plx_http_slice_is(site, "same-origin") || plx_http_slice_is(site, "none");
    if (!origin.at) /* no browser of these ten years */
        return TRUE;
    if (plx_http_slice_is(origin, "null"))
        return has_form(call);
    g_autofree char *text = g_strndup(origin.at, origin.length);
    const char *const host = strstr(text, "://");
    return strcmp(text, plx_server_url(call->server)) == 0 ||
           (host && plx_http_slice_is_nocase(head->host, host + 3));
}

/* Permission ----------------------------------------------------------------------------------- */

static gboolean changes(const plx_call *call)
{
    return call->method != PLX_HTTP_GET && call->method != PLX_HTTP_HEAD;
}

static gboolean refuse(plx_call *call, guint status, const char *key)
{
    plx_metrics_refused(call->server->metrics, PLX_REFUSED_PERMISSION);
    plx_call_refuse(call, status, key);
    return FALSE;
}

static gboolean refuse_program(plx_call *call, guint status, const char *detail)
{
    plx_metrics_refused(call->server->metrics, PLX_REFUSED_PERMISSION);
    plx_call_problem(call, status, detail);
    return FALSE;
}

/* A person goes to log in, and comes back. */
static gboolean send_to_login(plx_call *call)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    const gboolean program = g_str_has_prefix(call->match.route->pattern, "/api/");
    if (program && (changes(call) || !plx_call_wants_page(call)))
        return refuse_program(call, 401,
                              "This token is not known: it is mistyped, expired or revoked. A "
                              "program shows one as Authorization: Bearer plx_…");
    if (changes(call) || !plx_call_wants_page(call))
        return refuse(call, 401, "account.refused.out");
    g_autofree char *whole = g_strdup_printf(
        "%.*s%s%.*s", (gint)head->path.length, head->path.at, head->query.length > 0 ? "?" : "",
        (gint)head->query.length, head->query.length > 0 ? head->query.at : "");
    g_autofree char *next = g_uri_escape_string(plx_guard_next(whole), "/", FALSE);
    g_autofree char *to = g_strconcat("/login?next=", next, NULL);
    plx_metrics_refused(call->server->metrics, PLX_REFUSED_PERMISSION);
    plx_call_redirect(call, to, NULL);
    return FALSE;
}

gboolean plx_guard_permit(plx_call *call)
{
    const struct plx_route *const route = call->match.route;
    const plx_who *who = NULL;
    g_autoptr(GError) error = NULL;
    if (route->permission == PLX_MAY_ALL && !route->csrf)
        return TRUE;
    if (!plx_guard_who(call, &who, &error)) {
        plx_call_failed(call, error);
        return FALSE;
    }
    if (!plx_who_may(who, route)) {
        if (!who || who->half)
            return send_to_login(call);
        return who->token ? refuse_program(call, 403,
                                           "The scopes of this token do not allow this (parallax "
                                           "token list shows them).")
                          : refuse(call, 403, "account.refused.may");
    }
    if (who && who->account && changes(call) && !has_csrf(call))
        return refuse(call, 403, "account.refused.late");
    return TRUE;
}

#define PATH_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-.~%"

/* What is chosen in the app stands in its address; no other page keeps its query. */
const char *plx_guard_next(const char *next)
{
    if (!next || next[0] != '/' || next[1] == '/' || strlen(next) > NEXT_MAX)
        return "/";
    const char *const end = next + strspn(next, PATH_LETTERS);
    const gboolean app = g_str_has_prefix(next, "/app/") || g_str_has_prefix(next, "/app?");
    const gboolean chosen = app && *end == '?' && !end[1 + strspn(end + 1, PATH_LETTERS "=&+*")];
    return *end == '\0' || chosen ? next : "/";
}
