/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a server counts, as text for Prometheus (exposition format 0.0.4). Routes are named by their
 * patterns; nothing is of a person. Counting is atomic and from any thread; it costs a few
 * nanoseconds. Test: tests/serve/test_metrics.c. */

#include <glib.h>

typedef struct plx_metrics plx_metrics;

/* `patterns` are borrowed; a route is its number among them, `n` is "none fits". */
plx_metrics *plx_metrics_new(const char *const *patterns, guint n);
void plx_metrics_free(plx_metrics *metrics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_metrics, plx_metrics_free)

/* A reply: its route, status and time since the head came. */
void plx_metrics_request(plx_metrics *metrics, guint route, guint status, gint64 microseconds,
                         guint64 bytes);
/* A transaction is on disk, or was not: how many requests it was for, and how long it took. */
void plx_metrics_commit(plx_metrics *metrics, guint requests, gint64 microseconds, gboolean done);
void plx_metrics_answers(plx_metrics *metrics, guint n); /* rows that were stored */

enum plx_refusal {
    PLX_REFUSED_HEAD,        /* not HTTP as it must be */
    PLX_REFUSED_BODY,        /* not framed, or too long */
    PLX_REFUSED_SLOW,        /* head, body or handshake took too long */
    PLX_REFUSED_TLS,         /* the handshake failed */
    PLX_REFUSED_CONNECTIONS, /* there were too many */
    PLX_REFUSED_RATE,        /* a bucket was empty (limit.h) */
    PLX_REFUSED_BUSY,        /* the writer's queue was full, or a lane (route.h) */
    PLX_REFUSED_PERMISSION,
    PLX_REFUSALS
};
void plx_metrics_refused(plx_metrics *metrics, enum plx_refusal reason);
/* Of what http.h's `refused` says. */
enum plx_refusal plx_metrics_refusal(guint status, const char *why);

/* What is so now, of others. */
struct plx_metrics_now {
    guint connections; /* open */
    guint pending;     /* requests without a reply */
    guint waiting;     /* for the writer */
    guint64 dropped;   /* lines of the log */
    guint64 rests;     /* of the door, for want of descriptors */
    gint64 started;    /* real, seconds */
};
void plx_metrics_text(plx_metrics *metrics, const struct plx_metrics_now *now, GString *out);
