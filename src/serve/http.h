/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A server of HTTP/1.1 on one thread, with an event loop of its own (epoll).
 *
 * Why not a library: libmicrohttpd 0.9.75, the one Debian has that would do, takes lines that end
 * in LF alone, two Content-Length, and Content-Length beside Transfer-Encoding, and stalls in epoll
 * mode at 128 connections; docs/decisions/0014 has the measurements. Requests are read strictly
 * (http_head.h, http_body.h); one at a time per connection; what was pipelined waits.
 *
 * A handler is called on the loop's thread with a whole request. It may reply at once, or later and
 * from any thread: so many replies that are due together cost one wake-up. A reply is needed, once;
 * a client that is gone by then costs nothing more.
 *
 * A reply may stay open (`stays`): its client then hears what is told to all of them, from any
 * thread, until it goes, its time is over, or the server stops. It is one of the connections. Who
 * does not read what is told is cut off: at PLX_HTTP_BACKLOG bytes, or when nothing went for
 * `body_seconds`.
 *
 * Slow clients are cut off: a head and a body must come within their times. Beyond `connections` a
 * client gets 503 and Retry-After. Without a descriptor for it a client waits until there is one.
 * Test: tests/serve/test_http.c, tests/serve/test_hostile.c. */

#include "serve/http_head.h"
#include "serve/http_tls.h"

typedef struct plx_http plx_http;
typedef struct plx_http_request plx_http_request;

struct plx_http_options {
    const char *address; /* "127.0.0.1", "::1"; not with `listener` */
    guint16 port;        /* 0: a free one */
    int listener;        /* a socket that listens already (systemd), or -1 */
    plx_http_tls *tls;   /* borrowed; NULL: plain */
    guint connections;   /* at most; 0: PLX_HTTP_CONNECTIONS */
    guint head_seconds, body_seconds, idle_seconds; /* 0: 10, 60, 75 */
    /* Asked when the head is there, before the body: 0 to go on, with *most bytes of body; else the
     * status to refuse it with. */
    guint (*admit)(const struct plx_http_head *head, guint64 *most, gpointer data);
    void (*handle)(plx_http_request *request, gpointer data);
    /* What a person reads who is refused before a handler, with its header lines (to be freed);
     * NULL, as also without this: the status in plain text. */
    GBytes *(*say)(guint status, const struct plx_http_head *head, char **fields, gpointer data);
    /* What was refused or cut off before a handler saw it; may be NULL. A status of 0: nothing
     * could be said to the client. */
    void (*refused)(guint status, const char *why, gpointer data);
    gpointer data;
};

enum { PLX_HTTP_CONNECTIONS = 16384, PLX_HTTP_BACKLOG = 32768 };

/* Binds and listens. Errors: PLX_ERROR_USAGE for an address that is none, PLX_ERROR_IO. */
plx_http *plx_http_new(const struct plx_http_options *options, GError **error);
void plx_http_free(plx_http *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_http, plx_http_free)
guint16 plx_http_port(const plx_http *http);

/* Serves until it is stopped. Stopping takes no new connections, answers what was begun, and
 * returns when all is answered or `grace_seconds` have gone by. Nobody may hold a request when the
 * server is freed. */
void plx_http_run(plx_http *http, guint grace_seconds);
/* From any thread, or a signal handler. */
void plx_http_stop(plx_http *http);

struct plx_http_counts {
    guint64 connections, requests, refused; /* since the start */
    guint64 rests;       /* nobody was let in for a moment: there was no descriptor */
    guint open, pending; /* now: connections, requests without a reply */
    guint listening;     /* now: connections that hear what is told */
};
/* On the loop's thread. */
struct plx_http_counts plx_http_count(const plx_http *http);

/* A request lives until it is replied to. */
const struct plx_http_head *plx_http_request_head(const plx_http_request *request);
const GByteArray *plx_http_request_body(const plx_http_request *request);
/* The client's address as text; behind a proxy that of the proxy. */
const char *plx_http_request_peer(const plx_http_request *request);
gint64 plx_http_request_begun(const plx_http_request *request); /* monotonic, microseconds */
/* Has the client gone before the reply? From any thread; it says no a moment longer. */
gboolean plx_http_request_is_gone(const plx_http_request *request);
/* Frees `data` on the loop's thread, when the reply was taken; of one that stays open, when it
 * ends. Where it was made on that thread malloc need not go to another one's memory. Once for a
 * request.
 */
void plx_http_request_keep(plx_http_request *request, gpointer data, GDestroyNotify data_free);

struct plx_http_reply {
    guint status;       /* 200 ... 599 */
    const char *fields; /* whole header lines, "Name: value\r\n", or NULL */
    GBytes *body;       /* or NULL: none; a reference is taken */
    gboolean close;     /* the connection, afterwards */
    guint stays; /* seconds that the client goes on hearing what is told, then it is closed; 0: a
                    whole reply */
};
/* From any thread; the request is gone then. */
void plx_http_reply(plx_http_request *request, const struct plx_http_reply *reply);

/* To all whose reply stays open, from any thread. */
void plx_http_tell(plx_http *http, GBytes *chunk);

/* Around many replies of one thread: the loop is woken once, when they are all there. */
void plx_http_hold(plx_http *http);
void plx_http_release(plx_http *http);

const char *plx_http_reason(guint status); /* "Not Found" */
