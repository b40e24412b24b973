/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A client that says what it likes, byte by byte, and a server to say it to. */

#include "serve/http.h"

#include <gio/gio.h>

/* A server on a thread of its own, at 127.0.0.1. */
struct plx_wire_server {
    plx_http *http;
    GThread *thread;
};
void plx_wire_begin(struct plx_wire_server *server, const struct plx_http_options *options);
void plx_wire_end(struct plx_wire_server *server);

GSocketConnection *plx_wire_join(const struct plx_wire_server *server);
GSocketConnection *plx_wire_join_port(guint16 port);
void plx_wire_say(GSocketConnection *c, const char *text);
/* All there is until the connection ends, or `enough` has come. */
char *plx_wire_hear(GSocketConnection *c, const char *enough);
/* A connection that says this alone, and what it hears until it ends. */
char *plx_wire_ask(const struct plx_wire_server *server, const char *text);
char *plx_wire_ask_port(guint16 port, const char *text);
