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
    g_async_queue_push(call->server->reading, call);
}

static gpointer work_off(plx_server *server, GAsyncQueue *queue)
{
    plx_store *store = NULL;
    for (;;) {
        gpointer const item = g_async_queue_pop(queue);
        if (item == server)
            break;
        plx_call *const call = item;
        g_autoptr(GError) error = NULL;
        call->store = fresh(server, &store, &error);
        if (!call->store)
            plx_call_failed(call, error);
        else if (plx_guard_permit(call))
            call->match.route->handle(call);
    }
    plx_store_free(store);
    return NULL;
}

static gpointer work(gpointer server)
{
    return work_off(server, ((plx_server *)server)->reading);
}

static gpointer work_slowly(gpointer server)
{
    return work_off(server, ((plx_server *)server)->slow);
}

void plx_server_start_workers(plx_server *server)
{
    server->n_workers = server->options.workers ? server->options.workers : g_get_num_processors();
    server->reading = g_async_queue_new();
    server->slow = g_async_queue_new();
    server->slow_worker = g_thread_new("slow worker", work_slowly, server);
    server->workers = g_new(GThread *, server->n_workers);
    for (guint i = 0; i < server->n_workers; i++)
        server->workers[i] = g_thread_new("worker", work, server);
}

void plx_server_end_workers(plx_server *server)
{
    g_async_queue_push(server->slow, server);
    g_thread_join(server->slow_worker);
    for (guint i = 0; i < server->n_workers; i++)
        g_async_queue_push(server->reading, server);
    for (guint i = 0; i < server->n_workers; i++)
        g_thread_join(server->workers[i]);
    g_free(server->workers);
    g_async_queue_unref(server->reading);
    g_async_queue_unref(server->slow);
}
