/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A server on a workspace of its own, with one more route: "POST /put/NUMBER" stores an answer
 * under that number; one that 1000 divides is refused within its transaction; "/odd/NUMBER" has the
 * whole transaction taken back. */

#include "serve/call.h"
#include "serve/server.h"

struct shop {
    char *folder, *path;
    plx_ranges *proxy; /* 127.0.0.1 */
    plx_server *server;
    GThread *thread;
};

/* `limits` NULL: none. */
void shop_open(struct shop *shop, const struct plx_limit_options *limits);
/* Stops it; returns how many answers are in the workspace, all of them different. */
guint64 shop_close(struct shop *shop);

/* Asks and hears the whole reply; "HTTP/1.1 201 ..." */
char *shop_put(const struct shop *shop, guint number);
char *shop_put_from(const struct shop *shop, guint number, const char *address);
char *shop_get(const struct shop *shop, const char *path);
/* The status of a reply. */
guint shop_status(const char *reply);
