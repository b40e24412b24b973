/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workers: threads that read, each with a store of its own. */

#include "serve/guard.h"
#include "serve/server_private.h"

/* The worker's store, under the map in force; NULL: *error. */
static plx_store *fresh(plx_server *server, plx_store **store, GError **error)
{
    gboolean current = FALSE;
    if (*store && !plx_store_is_current(*store, &current, error))
        return NULL;
    if (!current) {
        plx_store_free(*store);
        *store = plx_store_open(server->workspace, PLX_STORE_READ, error);
    }
    return *store;
}

void plx_server_to_worker(plx_call *call)
{
    g_async_queue_push(call->server->lanes[PLX_ON_WORKER].queue, call);
}

void plx_call_to_worker(plx_call *call, void (*then)(plx_call *call))
{
    call->then = then;
    plx_server_to_worker(call);
}

/* How many may wait. Passwords and pictures hold much, and people who wait for minutes are gone by
 * then. */
static gint most_waiting(enum plx_route_place place)
{
    switch (place) {
    case PLX_ON_HARD_WORKER:
    case PLX_ON_PICTURE_WORKER:
    case PLX_ON_FAR_WORKER:
        return PLX_SERVER_LANE;
    case PLX_ON_SLOW_WORKER:
        return PLX_SERVER_READINGS;
    case PLX_ON_WORKER:
    case PLX_ON_LOOP:
    case PLX_PLACES:
    default:
        return G_MAXINT;
    }
}

/* Who goes before a reading begins needs none: one who chooses filters asks again each time. What
 * is to be changed is changed all the same. */
static gboolean is_given_up(const plx_call *call)
{
    return call->match.route->place == PLX_ON_SLOW_WORKER &&
           (call->method == PLX_HTTP_GET || call->method == PLX_HTTP_HEAD) &&
           plx_http_request_is_gone(call->request);
}

static void refuse(plx_call *call)
{
    plx_metrics_refused(call->server->metrics, PLX_REFUSED_BUSY);
    plx_call_refuse(call, 503, "error.crowded");
}

void plx_server_to_place(plx_call *call)
{
    const enum plx_route_place place = call->match.route->place;
    GAsyncQueue *const queue = call->server->lanes[place].queue;
    if (g_async_queue_length(queue) >= most_waiting(place))
        refuse(call);
    else
        g_async_queue_push(queue, call);
}

static void handle(plx_call *call)
{
    if (call->then) /* it was permitted when it began */
        call->then(call);
    else if (is_given_up(call))
        plx_call_problem(call, 499, "Whoever asked for this has gone.");
    else if (plx_guard_permit(call))
        call->match.route->handle(call);
}

/* Readings are asked of the server's roll, where there is one. */
static void handle_reading(plx_server *server, plx_store *store, plx_call *call)
{
    const plx_store_roll *const roll = plx_roll_keeper_take(server->rolls);
    plx_store_set_roll(store, roll);
    handle(call);
    plx_store_set_roll(store, NULL);
    plx_roll_keeper_give_back(server->rolls, roll);
    plx_roll_keeper_look(server->rolls, store);
    plx_reading_cache_look(server->readings); /* whatever was asked: who was erased goes */
}

/* Who reads looks after the roll meanwhile. */
static gpointer next_item(const struct plx_lane *lane, plx_store *store)
{
    const guint64 patience = PLX_ROLL_LET_GO_SECONDS * (guint64)G_USEC_PER_SEC;
    if (lane != &lane->server->lanes[PLX_ON_SLOW_WORKER])
        return g_async_queue_pop(lane->queue);
    for (;;) {
        gpointer const item = g_async_queue_timeout_pop(lane->queue, patience);
        if (item)
            return item;
        if (store)
            plx_roll_keeper_let_go(lane->server->rolls, store);
        plx_reading_cache_look(lane->server->readings);
    }
}

static gpointer work(gpointer data)
{
    const struct plx_lane *const lane = data;
    plx_store *store = NULL;
    for (;;) {
        gpointer const item = next_item(lane, store);
        if (item == lane->server)
            break;
        plx_call *const call = item;
        g_autoptr(GError) error = NULL;
        call->store = fresh(lane->server, &store, &error);
        if (call->store && lane == &lane->server->lanes[PLX_ON_SLOW_WORKER])
            handle_reading(lane->server, store, call);
        else if (call->store)
            handle(call);
        else
            plx_call_failed(call, error);
    }
    plx_store_free(store);
    return NULL;
}

static guint workers_of(const plx_server *server, enum plx_route_place place)
{
    switch (place) {
    case PLX_ON_WORKER:
        return server->options.workers ? server->options.workers : g_get_num_processors();
    case PLX_ON_SLOW_WORKER:
    case PLX_ON_HARD_WORKER:
    case PLX_ON_PICTURE_WORKER:
        return 1;
    case PLX_ON_FAR_WORKER:
        return 2; /* one may wait in vain */
    case PLX_ON_LOOP:
    case PLX_PLACES:
    default:
        return 0;
    }
}

void plx_server_start_workers(plx_server *server)
{
    static const char *const names[PLX_PLACES] = {"worker",      "loop",           "slow worker",
                                                  "hard worker", "picture worker", "far worker"};
    for (guint place = 0; place < PLX_PLACES; place++) {
        struct plx_lane *const lane = &server->lanes[place];
        *lane = (struct plx_lane){.server = server,
                                  .queue = g_async_queue_new(),
                                  .n = workers_of(server, (enum plx_route_place)place)};
        lane->workers = g_new(GThread *, lane->n);
        for (guint i = 0; i < lane->n; i++)
            lane->workers[i] = g_thread_new(names[place], work, lane);
    }
}

void plx_server_end_workers(plx_server *server)
{
    for (guint place = 0; place < PLX_PLACES; place++)
        for (guint i = 0; i < server->lanes[place].n; i++)
            g_async_queue_push(server->lanes[place].queue, server);
    for (guint place = 0; place < PLX_PLACES; place++) {
        struct plx_lane *const lane = &server->lanes[place];
        for (guint i = 0; i < lane->n; i++)
            g_thread_join(lane->workers[i]);
        g_free(lane->workers);
    }
}

void plx_server_free_lanes(plx_server *server)
{
    for (guint place = 0; place < PLX_PLACES; place++) {
        GAsyncQueue *const queue = server->lanes[place].queue;
        for (plx_call *call; (call = g_async_queue_try_pop(queue)) != NULL;)
            refuse(call);
        g_async_queue_unref(queue);
    }
}
