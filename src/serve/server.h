/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The server: a workspace on the web. One thread for the connections, one that writes, some that
 * read. Test: tests/serve/test_server.c, tests/serve/test_permissions.c. */

#include "serve/address.h"
#include "serve/http_tls.h"
#include "serve/limit.h"
#include "serve/log.h"

typedef struct plx_server plx_server;

struct plx_server_options {
    const char *workspace;
    struct plx_endpoint listen;
    int listener;            /* a socket that listens already, or -1 */
    plx_http_tls *tls;       /* borrowed; NULL: plain */
    const plx_ranges *proxy; /* borrowed; whose X-Forwarded-* count; NULL: nobody's */
    const char *base_url;    /* "https://ask.example.org"; NULL: made of address and port */
    plx_log *log;            /* borrowed; NULL: none */
    guint workers;           /* that read; 0: one per core */
    const struct plx_limit_options *limits; /* NULL: the usual */
};

/* Opens the workspace and listens. Errors: those of plx_store_open, plx_http_new. */
plx_server *plx_server_new(const struct plx_server_options *options, GError **error);
void plx_server_free(plx_server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_server, plx_server_free)

/* Until it is stopped, from any thread or a signal handler; what was begun is finished. */
void plx_server_run(plx_server *server);
void plx_server_stop(plx_server *server);

guint16 plx_server_port(const plx_server *server);
/* "http://127.0.0.1:8080", without a slash at the end: what addresses begin with. */
const char *plx_server_url(const plx_server *server);
const char *plx_server_workspace(const plx_server *server);
/* Is the way to the browser encrypted? Cookies are then for it alone. */
gboolean plx_server_is_secure(const plx_server *server);
