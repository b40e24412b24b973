/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <string.h>

static gpointer run(gpointer http)
{
    plx_http_run(http, 2);
    return NULL;
}

void plx_wire_begin(struct plx_wire_server *server, const struct plx_http_options *options)
{
    g_autoptr(GError) error = NULL;
    struct plx_http_options here = *options;
    here.address = "127.0.0.1";
    here.listener = -1;
    server->http = plx_http_new(&here, &error);
    g_assert_no_error(error);
    server->thread = g_thread_new("http", run, server->http);
}

void plx_wire_end(struct plx_wire_server *server)
{
    plx_http_stop(server->http);
    g_thread_join(server->thread);
    plx_http_free(server->http);
}

GSocketConnection *plx_wire_join_port(guint16 port)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GError) error = NULL;
    g_socket_client_set_timeout(client, 30);
    GSocketConnection *c = g_socket_client_connect_to_host(client, "127.0.0.1", port, NULL, &error);
    g_assert_no_error(error);
    return c;
}

GSocketConnection *plx_wire_join(const struct plx_wire_server *server)
{
    return plx_wire_join_port(plx_http_port(server->http));
}

void plx_wire_say(GSocketConnection *c, const char *text)
{
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(c));
    g_assert_true(g_output_stream_write_all(out, text, strlen(text), NULL, NULL, NULL));
}

char *plx_wire_hear(GSocketConnection *c, const char *enough)
{
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(c));
    GString *all = g_string_new(NULL);
    char part[4096];
    while (!enough || !strstr(all->str, enough)) {
        const gssize n = g_input_stream_read(in, part, sizeof part, NULL, NULL);
        if (n <= 0)
            break;
        g_string_append_len(all, part, n);
    }
    return g_string_free(all, FALSE);
}

char *plx_wire_ask_port(guint16 port, const char *text)
{
    g_autoptr(GSocketConnection) c = plx_wire_join_port(port);
    plx_wire_say(c, text);
    return plx_wire_hear(c, NULL);
}

char *plx_wire_ask(const struct plx_wire_server *server, const char *text)
{
    return plx_wire_ask_port(plx_http_port(server->http), text);
}
