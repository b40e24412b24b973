/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the server share. */

#include "serve/asset.h"
#include "serve/call.h"
#include "serve/committer.h"
#include "serve/live.h"
#include "serve/metrics.h"
#include "serve/progress.h"
#include "serve/proxy.h"
#include "serve/reading_cache.h"
#include "serve/roll_keeper.h"
#include "serve/server.h"
#include "serve/streams.h"
#include "serve/uploads.h"
#include "serve/webhooks.h"
#include "serve/who.h"

/* Beyond so many calls that wait for the writer a server says 503: memory must not grow. */
#define PLX_SERVER_QUEUE 20000

/* Beyond so many calls that wait in a lane of few workers it says 503. */
#define PLX_SERVER_LANE 64
/* The same of readings: a room full of people may ask at once. */
#define PLX_SERVER_READINGS 512
/* Of readings that were made; one has some tens of kilobytes. */
#define PLX_SERVER_CACHE ((gsize)16 << 20)

/* Calls of one place (route.h), and the threads that work them off. */
struct plx_lane {
    plx_server *server;
    GAsyncQueue *queue; /* plx_call; the server itself ends a worker */
    GThread **workers;
    guint n;
};

struct plx_server {
    struct plx_server_options options;
    char *workspace, *url;
    struct plx_route *routes;
    guint n_routes;
    const char **patterns; /* of the routes */
    plx_http *http;
    plx_metrics *metrics;
    plx_style_hashes *styles;
    plx_assets *assets;
    plx_limit *limit; /* the loop's */
    plx_entrance *entrance;
    plx_oidc *oidc; /* or NULL */
    plx_uploads *uploads;
    plx_progress *progress;
    gint64 started;
    guint64 number; /* of the last request; the loop's */

    plx_committer *committer;
    plx_courier *courier;
    plx_live *live;
    plx_streams *streams;
    plx_roll_keeper *rolls;
    plx_reading_cache *readings; /* of the worker of readings */
    gint waiting;                /* calls for the writer; atomic */
    /* The writer's. */
    plx_store *store;
    plx_builder *builder;
    gboolean stale;   /* the builder has words of what was undone */
    gboolean release; /* anonymous answers may be let go at the end of this transaction */
    gboolean forgets; /* older states of the file are still in its log */
    gint32 purged;    /* day */
    guint64 unnamed;  /* encounters that came without a name; api.c makes one of it */
    guint8 unnamed_key[16];

    struct plx_lane lanes[PLX_PLACES]; /* nobody works in that of the loop */
};

/* server_dispatch.c: what http.h calls. */
guint plx_server_admit(const struct plx_http_head *head, guint64 *most, gpointer server);
void plx_server_handle(plx_http_request *request, gpointer server);
void plx_server_refused(guint status, const char *why, gpointer server);

/* server_workers.c */
/* A handler on the loop gives the call to itself on a worker, where it has a store. */
void plx_server_to_worker(plx_call *call);
/* To the workers of its route's place, which is not the loop. */
void plx_server_to_place(plx_call *call);
void plx_server_start_workers(plx_server *server);
void plx_server_end_workers(plx_server *server); /* after what is in the queue */
/* When the writer has ended, too, who may have sent them something until then: that is refused. */
void plx_server_free_lanes(plx_server *server);

/* server_writer.c */
gboolean plx_server_start_writer(plx_server *server, GError **error);
void plx_server_end_writer(plx_server *server);
/* Something small to be written that no call waits for, within the transaction of others. `data` is
 * freed behind it, also when it failed. Dropped where the writer has too much to do already. */
void plx_server_note(plx_server *server,
                     gboolean (*apply)(plx_store *store, gpointer data, GError **error),
                     gpointer data, GDestroyNotify data_free);

/* call.c: what http.h says where nobody made a call of a request. */
GBytes *plx_call_refusal(guint status, const struct plx_http_head *head, char **fields,
                         gpointer server);
/* call.c: replied to; freed. */
void plx_call_finish(plx_call *call, struct plx_sent sent, const char *why);
