/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a request to its handler. */

#include "serve/guard.h"
#include "serve/server_private.h"

#include <string.h>

/* Bodies up to this size anybody may send; larger ones only who may do what they are for: memory is
 * taken before a handler can say no. */
#define SMALL_BODY 524288
#define UNKNOWN_BODY 65536

static gboolean may_send(const plx_server *server, const struct plx_http_head *head,
                         const struct plx_route *route)
{
    g_autoptr(plx_who) who = NULL;
    return route->permission == PLX_MAY_ALL ||
           (plx_entrance_ask(server->entrance, head, g_get_real_time() / G_USEC_PER_SEC, &who,
                             NULL) &&
            plx_who_may(who, route));
}

guint plx_server_admit(const struct plx_http_head *head, guint64 *most, gpointer data)
{
    const plx_server *const server = data;
    struct plx_route_match match;
    const guint status =
        plx_route_find(server->routes, server->n_routes, head->method, head->path, &match, NULL);
    /* Of what is not there so much is taken as that the reply can say so. */
    *most = status == 200 ? match.route->body : UNKNOWN_BODY;
    if (*most > SMALL_BODY && !may_send(server, head, match.route))
        *most = SMALL_BODY;
    if (status == 200)
        plx_route_match_clear(&match);
    return 0; /* what is not there is said in a whole reply */
}

void plx_server_refused(guint status, const char *why, gpointer data)
{
    plx_metrics_refused(((plx_server *)data)->metrics, plx_metrics_refusal(status, why));
}

/* FALSE: the call is finished. */
static gboolean read_fields(plx_call *call)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    const GByteArray *const body = plx_http_request_body(call->request);
    const struct plx_http_slice type = plx_http_head_value(head, "content-type");
    const gboolean is_form =
        body->len <= SMALL_BODY && type.at && type.length >= 33 &&
        g_ascii_strncasecmp(type.at, "application/x-www-form-urlencoded", 33) == 0;
    const char *why = NULL;
    call->query = plx_fields_parse(head->query, &why);
    const struct plx_http_slice text = {is_form ? (const char *)body->data : NULL,
                                        is_form ? body->len : 0};
    if (call->query)
        call->form = plx_fields_parse(text, &why);
    if (call->form)
        return TRUE;
    plx_call_problem(call, 400, why);
    return FALSE;
}

/* One link must not take all of the server: FALSE, and the call is finished. */
static gboolean take_link(plx_call *call)
{
    plx_server *const server = call->server;
    const char *const link = plx_route_param(&call->match, "link");
    const guint wait = link ? plx_limit_take(server->limit, PLX_LIMIT_LINK, link, strlen(link),
                                             g_get_monotonic_time())
                            : 0;
    if (wait == 0)
        return TRUE;
    plx_metrics_refused(server->metrics, PLX_REFUSED_RATE);
    plx_call_refuse(call, 429, "error.busy");
    return FALSE;
}

/* Programs of this machine may ask as they like; so may a proxy that nobody named, behind which all
 * clients look like one. */
static gboolean take_rate(plx_call *call)
{
    plx_server *const server = call->server;
    struct plx_client client;
    const gint64 now = g_get_monotonic_time();
    if (!plx_proxy_client(server->options.proxy, plx_http_request_peer(call->request),
                          plx_http_request_head(call->request), &client) ||
        plx_address_is_loopback(&client.address))
        return TRUE;
    const gboolean guess = call->match.route->guess;
    const enum plx_limit_kind kind = guess ? PLX_LIMIT_LOGIN : PLX_LIMIT_ADDRESS;
    const guint wait = plx_limit_take_address(server->limit, kind, &client.address, now);
    if (wait == 0)
        return TRUE;
    plx_metrics_refused(server->metrics, PLX_REFUSED_RATE);
    plx_call_refuse_for(call, wait, guess ? "error.tries" : "error.often");
    return FALSE;
}

static void refuse(plx_call *call, guint status)
{
    const char *why = NULL;
    g_autofree char *path = plx_url_decode(plx_http_request_head(call->request)->path, FALSE, &why);
    if (path && status == 404)
        plx_call_refuse(call, status, "error.nothing");
    else if (path)
        plx_call_problem(call, status, "This address does not take that kind of request.");
    else
        plx_call_problem(call, 400, why);
}

/* An address that is printed, /f/LINK, /k/LINK or /w/CODE, as somebody typed it: in capitals, with
 * a slash at its end. Where to go instead, to be freed; NULL: it is as printed, or none of these.
 */
static char *printed_path(struct plx_http_slice path)
{
    gsize length = path.length, end = 3;
    if (length < 4 || path.at[0] != '/' || path.at[2] != '/' ||
        !strchr("fkw", g_ascii_tolower(path.at[1])))
        return NULL;
    while (length > 3 && path.at[length - 1] == '/')
        length--;
    char *const printed = g_strndup(path.at, length);
    while (end < length && (g_ascii_isalnum(printed[end]) || printed[end] == '-'))
        end++;
    /* Only as far as it is printed: what follows is none of ours to change. */
    for (gsize i = 1; i < end; i++)
        printed[i] = g_ascii_tolower(printed[i]);
    const gboolean is_code = end > 3 && (end == length || printed[end] == '/');
    if (is_code && (length != path.length || memcmp(printed, path.at, length) != 0))
        return printed;
    g_free(printed);
    return NULL;
}

/* FALSE: it is led to what was printed, and finished. */
static gboolean is_as_printed(plx_call *call)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    g_autofree char *printed = head->method == PLX_HTTP_GET ? printed_path(head->path) : NULL;
    if (!printed)
        return TRUE;
    g_autofree char *to =
        head->query.length > 0
            ? g_strdup_printf("%s?%.*s", printed, (gint)head->query.length, head->query.at)
            : g_strdup(printed);
    plx_call_redirect(call, to, NULL);
    return FALSE;
}

void plx_server_handle(plx_http_request *request, gpointer data)
{
    plx_server *const server = data;
    const struct plx_http_head *const head = plx_http_request_head(request);
    plx_call *const call = g_new(plx_call, 1);
    *call = (plx_call){.server = server,
                       .request = request,
                       .method = head->method,
                       .begun = plx_http_request_begun(request),
                       .number = ++server->number};
    const guint status = plx_route_find(server->routes, server->n_routes, head->method, head->path,
                                        &call->match, NULL);
    if (!is_as_printed(call))
        return;
    if (status != 200)
        refuse(call, status);
    else if (read_fields(call) && take_rate(call) && take_link(call)) {
        if (call->match.route->place != PLX_ON_LOOP)
            plx_server_to_place(call);
        else if (plx_guard_permit(call))
            call->match.route->handle(call);
    }
}
