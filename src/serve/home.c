/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is it there, and how does it do? */

#include "serve/guard.h"
#include "serve/routes.h"
#include "serve/server_private.h"

#include "base/json.h"

static void write_health(plx_json *json, gconstpointer data)
{
    (void)data;
    plx_json_string(json, "status", "ok");
}

static void tell_health(plx_call *call)
{
    plx_call_object(call, 200, write_health, NULL);
}

/* Does the request come from this machine? What was forwarded by a proxy that nobody named does
 * not, although its connection may. */
static gboolean is_from_here(const plx_call *call)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    const char *const peer = plx_http_request_peer(call->request);
    const plx_ranges *const proxies = call->server->options.proxy;
    struct plx_address address;
    struct plx_client client;
    if (!plx_proxy_client(proxies, peer, head, &client) ||
        !plx_address_is_loopback(&client.address))
        return FALSE;
    const gboolean forwarded = plx_http_head_value(head, "X-Forwarded-For").at ||
                               plx_http_head_value(head, "Forwarded").at;
    return !forwarded ||
           (proxies && plx_address_parse(peer, &address) && plx_ranges_have(proxies, &address));
}

/* FALSE: the call is finished. */
static gboolean may_count(plx_call *call)
{
    const plx_who *who = NULL;
    g_autoptr(GError) error = NULL;
    if (is_from_here(call))
        return TRUE;
    if (!plx_guard_who(call, &who, &error))
        plx_call_failed(call, error);
    else if (who && who->token && (who->scopes & PLX_SCOPE_READ))
        return TRUE;
    else {
        plx_metrics_refused(call->server->metrics, PLX_REFUSED_PERMISSION);
        plx_call_problem(call, who ? 403 : 401,
                         "Counts are for this machine, or for a token with the scope read.");
    }
    return FALSE;
}

static void tell_metrics(plx_call *call)
{
    plx_server *const server = call->server;
    if (!may_count(call))
        return;
    const struct plx_http_counts counts = plx_http_count(server->http);
    const struct plx_metrics_now now = {
        .connections = counts.open,
        .pending = counts.pending,
        .waiting = (guint)MAX(0, g_atomic_int_get(&server->waiting)),
        .dropped = server->options.log ? plx_log_dropped(server->options.log) : 0,
        .rests = counts.rests,
        .started = server->started};
    GString *const text = g_string_new(NULL);
    plx_metrics_text(server->metrics, &now, text);
    plx_call_text(call, "text/plain; version=0.0.4; charset=utf-8", text);
}

const struct plx_route plx_routes_home[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/healthz",
     .summary = "Is the server up, and can it read its workspace?",
     .handle = tell_health},
    {.method = PLX_HTTP_GET,
     .pattern = "/metrics",
     .place = PLX_ON_LOOP,
     .summary = "Counts for Prometheus: for this machine, or a token with the scope read",
     .handle = tell_metrics},
    {.pattern = NULL},
};
