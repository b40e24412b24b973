/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/server_private.h"

#include "serve/routes.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* After what is begun a server that was told to stop waits no longer. */
#define GRACE_SECONDS 20

/* Of all addresses that are listened at, the one by which this machine goes outside: nothing is
 * sent to find it. Without a network: its name. To be freed. */
static char *own_address(void)
{
    char text[INET_ADDRSTRLEN];
    /* An address of documentation (RFC 5737): any that is not here would do. */
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = g_htons(9)}, here;
    socklen_t length = sizeof here;
    inet_pton(AF_INET, "192.0.2.1", &there.sin_addr);
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const gboolean known = fd >= 0 &&
                           connect(fd, (const struct sockaddr *)&there, sizeof there) == 0 &&
                           getsockname(fd, (struct sockaddr *)&here, &length) == 0 &&
                           inet_ntop(AF_INET, &here.sin_addr, text, sizeof text);
    if (fd >= 0)
        close(fd);
    return g_strdup(known ? text : g_get_host_name());
}

static char *make_url(const plx_server *server)
{
    const struct plx_server_options *const o = &server->options;
    const char *const at = o->listen.address;
    if (o->base_url)
        return g_strdup(o->base_url);
    const gboolean everywhere = strcmp(at, "0.0.0.0") == 0 || strcmp(at, "::") == 0;
    const gboolean v6 = !everywhere && strchr(at, ':') != NULL;
    g_autofree char *own = everywhere ? own_address() : NULL;
    return g_strdup_printf("%s://%s%s%s:%u", o->tls ? "https" : "http", v6 ? "[" : "",
                           own   ? own
                           : *at ? at
                                 : "127.0.0.1",
                           v6 ? "]" : "", plx_http_port(server->http));
}

static void read_routes(plx_server *server)
{
    server->routes = plx_routes_all(server->options.more, &server->n_routes);
    server->patterns = g_new(const char *, server->n_routes);
    for (guint i = 0; i < server->n_routes; i++)
        server->patterns[i] = server->routes[i].pattern;
    server->metrics = plx_metrics_new(server->patterns, server->n_routes);
}

static gboolean listen_to(plx_server *server, GError **error)
{
    const struct plx_server_options *const o = &server->options;
    const struct plx_http_options options = {.address = o->listen.address,
                                             .port = o->listen.port,
                                             .listener = o->listener,
                                             .tls = o->tls,
                                             .connections = o->connections,
                                             .admit = plx_server_admit,
                                             .handle = plx_server_handle,
                                             .say = plx_call_refusal,
                                             .refused = plx_server_refused,
                                             .data = server};
    server->http = plx_http_new(&options, error);
    if (server->http)
        server->url = make_url(server);
    return server->http != NULL;
}

static void tell_all(GBytes *event, gpointer http)
{
    plx_http_tell(http, event);
}

plx_server *plx_server_new(const struct plx_server_options *options, GError **error)
{
    static const struct plx_limit_options usual = {.rules = {[PLX_LIMIT_ADDRESS] = {6000, 3000},
                                                             [PLX_LIMIT_LINK] = {60000, 30000},
                                                             [PLX_LIMIT_LOGIN] = {20, 20}}};
    g_autoptr(plx_server) server = g_new0(plx_server, 1);
    server->options = *options;
    server->workspace = g_strdup(options->workspace);
    server->styles = plx_style_hashes_new();
    server->assets = plx_assets_new();
    server->started = g_get_real_time() / G_USEC_PER_SEC;
    read_routes(server);
    server->limit =
        plx_limit_new(options->limits ? options->limits : &usual, g_get_monotonic_time());
    server->streams = plx_streams_new();
    if (!plx_server_start_writer(server, error) || !listen_to(server, error))
        return NULL;
    const struct plx_cookie_names cookies =
        plx_cookie_names_of(plx_server_port(server), plx_server_is_secure(server));
    server->entrance = plx_entrance_new(server->workspace, &cookies, error);
    if (!server->entrance)
        return NULL;
    if (options->oidc && !(server->oidc = plx_oidc_new(options->oidc, server->url, error)))
        return NULL;
    server->progress = plx_progress_new();
    if (!(server->uploads = plx_uploads_new(error)))
        return NULL;
    if (!(server->courier = plx_courier_new(server->workspace, error)))
        return NULL;
    server->rolls =
        plx_roll_keeper_new(server->workspace, PLX_ROLL_LEAST_ROWS, PLX_ROLL_MOST_BYTES);
    server->readings = plx_reading_cache_new(server->workspace, PLX_SERVER_CACHE);
    server->live = plx_live_new(server->workspace, tell_all, server->http);
    plx_server_start_workers(server);
    return g_steal_pointer(&server);
}

void plx_server_free(plx_server *server)
{
    if (!server)
        return;
    const gboolean works = server->lanes[PLX_ON_WORKER].queue != NULL;
    if (works)
        plx_server_end_workers(server);
    plx_server_end_writer(server);
    if (works)
        plx_server_free_lanes(server);
    plx_courier_free(server->courier);
    plx_live_free(server->live);
    plx_roll_keeper_free(server->rolls);
    plx_reading_cache_free(server->readings);
    plx_http_free(server->http); /* ends what is open */
    plx_streams_free(server->streams);
    plx_limit_free(server->limit);
    plx_entrance_free(server->entrance);
    plx_oidc_free(server->oidc);
    plx_uploads_free(server->uploads);
    plx_progress_free(server->progress);
    plx_metrics_free(server->metrics);
    plx_style_hashes_free(server->styles);
    plx_assets_free(server->assets);
    g_free(server->patterns);
    g_free(server->routes);
    g_free(server->workspace);
    g_free(server->url);
    g_free(server);
}

void plx_server_run(plx_server *server)
{
    plx_http_run(server->http, GRACE_SECONDS);
}

void plx_server_stop(plx_server *server)
{
    plx_http_stop(server->http);
}

guint16 plx_server_port(const plx_server *server)
{
    return plx_http_port(server->http);
}

const char *plx_server_url(const plx_server *server)
{
    return server->url;
}

const char *plx_server_workspace(const plx_server *server)
{
    return server->workspace;
}

gboolean plx_server_is_secure(const plx_server *server)
{
    return g_str_has_prefix(server->url, "https:");
}
