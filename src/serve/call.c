/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/error.h"
#include "serve/cookie.h"
#include "serve/server_private.h"
#include "serve/shell.h"
#include "serve/texts.h"

#include <time.h>

const char *plx_call_param(const plx_call *call, const char *name)
{
    return plx_route_param(&call->match, name);
}

/* The log's line and the counts. The request is gone by now. */
static void tell(const plx_call *call, struct plx_sent sent, const char *why)
{
    const plx_server *const server = call->server;
    const struct plx_route *const route = call->match.route;
    const gint64 took = g_get_monotonic_time() - call->begun;
    plx_metrics_request(server->metrics, route ? (guint)(route - server->routes) : server->n_routes,
                        sent.status, took, sent.bytes);
    if (!server->options.log)
        return;
    const struct plx_log_entry entry = {.time = g_get_real_time(),
                                        .request = call->number,
                                        .method = plx_http_method_name(call->method),
                                        .pattern = route ? route->pattern : NULL,
                                        .status = sent.status,
                                        .microseconds = took,
                                        .bytes = sent.bytes,
                                        .why = why};
    plx_log_request(server->options.log, &entry);
}

void plx_call_finish(plx_call *call, struct plx_sent sent, const char *why)
{
    tell(call, sent, why);
    if (call->data_free)
        call->data_free(call->data);
    plx_fields_free(call->query);
    plx_fields_free(call->form);
    plx_route_match_clear(&call->match);
    plx_who_unref(call->who);
    g_free(call);
}

void plx_call_page(plx_call *call, const struct plx_page_reply *page)
{
    plx_call_finish(call, plx_reply_page(call->request, page), NULL);
}

void plx_call_redirect(plx_call *call, const char *location, const char *cookie)
{
    plx_call_finish(call, plx_reply_redirect(call->request, location, cookie), NULL);
}

void plx_call_json(plx_call *call, guint status, GString *json, const char *etag)
{
    plx_call_finish(call, plx_reply_json(call->request, status, json, etag), NULL);
}

void plx_call_object(plx_call *call, guint status, plx_call_members write, gconstpointer data)
{
    GString *const text = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    write(json, data);
    plx_json_end_object(json);
    plx_call_json(call, status, text, NULL);
}

void plx_call_asset(plx_call *call, const char *type, GBytes *body, const char *etag)
{
    plx_call_finish(call, plx_reply_asset(call->request, type, body, etag), NULL);
}

void plx_call_file(plx_call *call, const char *name, GBytes *body, const char *line)
{
    plx_call_finish(call, plx_reply_file(call->request, name, body, line), NULL);
}

void plx_call_text(plx_call *call, const char *type, GString *text)
{
    plx_call_finish(call, plx_reply_text(call->request, type, text), NULL);
}

void plx_call_events(plx_call *call, guint seconds)
{
    plx_call_finish(call, plx_reply_events(call->request, seconds), NULL);
}

/* Language ----------------------------------------------------------------------------------- */

char *plx_call_wishes(const plx_call *call)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    const struct plx_http_slice chosen =
        plx_cookie_find(plx_http_head_value(head, "cookie"), PLX_LANGUAGE_COOKIE);
    const struct plx_http_slice accepted = plx_http_head_value(head, "accept-language");
    const struct plx_http_slice said = chosen.at ? chosen : accepted;
    return said.at ? g_strndup(said.at, said.length) : NULL;
}

const char *plx_call_language(const plx_call *call)
{
    g_autofree char *wishes = plx_call_wishes(call);
    return plx_texts_choose(wishes, plx_texts_languages());
}

/* Problems ----------------------------------------------------------------------------------- */

gboolean plx_call_wants_page(const plx_call *call)
{
    const struct plx_http_slice accept =
        plx_http_head_value(plx_http_request_head(call->request), "accept");
    return accept.at && g_strstr_len(accept.at, accept.length, "text/html") != NULL;
}

static void send_page(plx_call *call, guint status, const char *language, const char *title,
                      const char *detail)
{
    const struct plx_shell shell = {.language = language, .title = title};
    plx_html *const html = plx_shell_begin(&shell);
    plx_html_element(html, "h1", NULL, title);
    plx_html_element(html, "p", NULL, detail);
    plx_shell_send(call, &shell, html, status, NULL);
}

/* For programs: never the detail into the log, for it says what people sent. */
static void send_problem(plx_call *call, guint status, const char *detail)
{
    plx_call_finish(call,
                    plx_reply_problem(call->request, status, plx_http_reason(status), detail,
                                      plx_reply_retry(status)),
                    NULL);
}

void plx_call_refuse(plx_call *call, guint status, const char *key)
{
    const char *const language = plx_call_language(call);
    if (plx_call_wants_page(call))
        send_page(call, status, language, plx_texts(language, "error.title"),
                  plx_texts(language, key));
    else
        send_problem(call, status, plx_texts("en", key));
}

void plx_call_problem(plx_call *call, guint status, const char *detail)
{
    if (!plx_call_wants_page(call))
        send_problem(call, status, detail);
    else if (plx_reply_retry(status) > 0) /* a matter of a moment */
        plx_call_refuse(call, status, "error.busy");
    else
        send_page(call, status, "en", plx_http_reason(status), detail);
}

void plx_call_failed(plx_call *call, const GError *error)
{
    /* What the disk or the program did is for the log: it may name files. */
    if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        plx_call_problem(call, 404, error->message);
    else if (g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT) ||
             g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE))
        plx_call_problem(call, 400, error->message);
    else if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN))
        plx_call_problem(call, 403, error->message);
    else {
        if (call->server->options.log)
            plx_log_event(call->server->options.log, "error", error->message);
        plx_call_problem(call, 503,
                         "It could not be stored or read just now. Nothing is lost: "
                         "please try again in a moment.");
    }
}

/* Time --------------------------------------------------------------------------------------- */

struct plx_moment plx_call_now(const plx_call *call)
{
    (void)call;
    struct tm local; /* GDateTime reads the file of the time zone every time */
    const time_t now = (time_t)(g_get_real_time() / G_USEC_PER_SEC);
    localtime_r(&now, &local);
    struct plx_moment moment = {.utc = now, .offset = (gint)(local.tm_gmtoff / 60)};
    moment.local = moment.utc + 60 * (gint64)moment.offset;
    moment.day = plx_date_of_seconds(moment.local);
    if (moment.offset == 0)
        g_strlcpy(moment.clock, "minuteZ", sizeof moment.clock);
    else
        g_snprintf(moment.clock, sizeof moment.clock, "minute%c%02d:%02d",
                   moment.offset < 0 ? '-' : '+', ABS(moment.offset) / 60, ABS(moment.offset) % 60);
    return moment;
}
