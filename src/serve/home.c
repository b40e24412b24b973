/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is it there, and how does it do? */

#include "serve/routes.h"
#include "serve/server_private.h"

#include "base/json.h"

static void tell_health(plx_call *call)
{
    GString *const text = g_string_new(NULL);
    plx_json *const json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "status", "ok");
    plx_json_end_object(json);
    plx_json_free(json);
    plx_call_json(call, 200, text, NULL);
}

static void tell_metrics(plx_call *call)
{
    plx_server *const server = call->server;
    const struct plx_http_counts counts = plx_http_count(server->http);
    const struct plx_metrics_now now = {
        .connections = counts.open,
        .pending = counts.pending,
        .waiting = (guint)MAX(0, g_atomic_int_get(&server->waiting)),
        .dropped = server->options.log ? plx_log_dropped(server->options.log) : 0,
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
     .summary = "Counts for Prometheus",
     .handle = tell_metrics},
    {.pattern = NULL},
};
