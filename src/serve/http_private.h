/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the HTTP server share. All but `done` and `wake` belongs to the loop's thread.
 */

#include "serve/http.h"
#include "serve/http_body.h"

struct plx_http_connection {
    plx_http *http;
    struct plx_http_connection *previous, *next; /* of all that are open */
    int fd;
    plx_http_tls_session *tls;   /* NULL: plain */
    gboolean shaken;             /* hands, or there is no need to */
    gboolean readable, writable; /* since the last time that there was nothing more */
    gboolean ended;              /* nothing more will come */
    gboolean broken;             /* nothing more can be sent */
    gboolean closing;            /* after what is being sent */
    gboolean refused, draining;  /* what still comes is thrown away for a moment */
    gint64 deadline;             /* monotonic; of what is awaited */
    GByteArray *in;              /* came, not yet read; NULL: nothing */
    plx_http_request *request;   /* whose body comes, or whose reply is awaited */
    gboolean pending;            /* the latter */
    GByteArray *out;             /* head of the reply and what goes with it; NULL: nothing */
    GBytes *body;
    gsize sent;         /* of both */
    gint64 hears_until; /* monotonic; hears what is told; 0: it does not */
    gpointer kept;      /* freed with it, of a reply that stays open */
    GDestroyNotify kept_free;
    GByteArray *more; /* told while `out` was on its way; NULL: nothing */
    char peer[46];
};

struct plx_http_request {
    struct plx_http_connection *connection;
    struct plx_http_head head;
    char *bytes; /* of the head, which slices point into */
    struct plx_http_body taking;
    GByteArray *body;
    gint64 begun;
    guint status; /* of the reply, for the log */
    plx_http_request *next;
    GByteArray *reply; /* head, when replied to by another thread */
    GBytes *reply_body;
    gboolean close;
    guint stays;   /* seconds */
    gint gone;     /* atomic: the client went while it waited for the reply */
    gpointer kept; /* freed with it */
    GDestroyNotify kept_free;
};

struct plx_http {
    struct plx_http_options options;
    int epoll, listener, wake;
    gboolean own_listener;
    guint16 port;
    GThread *thread;
    gint stopping; /* atomic */
    gint64 stop_by;
    gint64 rests_until; /* no descriptor was left: nobody is let in; 0: they are */
    GMutex lock;        /* of done, told, holds */
    plx_http_request *done;
    GByteArray *told; /* to who hears, not yet given to them; NULL: nothing */
    guint holds;      /* who replies to many just now */
    struct plx_http_connection *open;
    plx_http_request *spare; /* memory of those that are over, for the next ones */
    guint spares;
    struct plx_http_counts counts;
    gint64 now; /* monotonic, of this turn of the loop */
    gint64 swept;
    gboolean sending; /* replies that are done */
    char date[32];    /* "Thu, 26 Nov 2026 11:20:00 GMT" */
    gint64 date_second;
    char scratch[65536];
};

/* http_listen.c */
gboolean plx_http_listen(plx_http *http, GError **error);
void plx_http_find_port(plx_http *http);
/* Lets all in who wait, as far as there are descriptors. */
void plx_http_accept(plx_http *http);
/* After a rest for want of them, when it is time. */
void plx_http_listen_again(plx_http *http);

/* http_request.c: a request with this head, whose `bytes` are copied. */
plx_http_request *plx_http_request_new(struct plx_http_connection *connection,
                                       const struct plx_http_head *head, const char *bytes,
                                       gsize used);
void plx_http_request_free(plx_http_request *request);

/* http_connection.c: goes on with what can be done; frees the connection when it is over. */
void plx_http_connection_drive(struct plx_http_connection *connection);
void plx_http_connection_new(plx_http *http, int fd, const char *peer);
void plx_http_connection_free(struct plx_http_connection *connection);
/* Takes the reply of a request that was pending, and drives. */
void plx_http_connection_replied(struct plx_http_connection *connection);
/* Cuts off what takes too long. */
void plx_http_connection_expire(struct plx_http_connection *connection);

/* http_reply.c: head of a reply; `close` whether the connection ends. Under the lock. */
GByteArray *plx_http_reply_head(plx_http *http, guint status, const char *fields, gsize length,
                                gboolean has_body, gboolean close);

void plx_http_wake(const plx_http *http);

/* http_hear.c: the reply to its request begins, which stays open; what the client says from here on
 * is no request. */
void plx_http_begin_to_hear(struct plx_http_connection *connection);
/* It ends. Nothing of one that does not hear. */
void plx_http_end_hearing(struct plx_http_connection *connection);
/* What was on its way went: what waits beside it, or nothing until the next word. */
void plx_http_hear_on(struct plx_http_connection *connection);
/* At the end: what is on its way goes, then it is closed. Nothing to one that does not hear. */
void plx_http_hears_no_more(struct plx_http_connection *connection);
/* What was told, to all who hear. */
void plx_http_pass_on(plx_http *http);
