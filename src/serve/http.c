/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop: connections come, events are given to them, replies of other threads are sent. */
#include "serve/http_private.h"

#include "base/error.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { EVENTS = 256, TICK_MS = 500 };

/* Beginning and end --------------------------------------------------------------------------- */

/* `tag` tells whose event it is. */
static gboolean watch(plx_http *http, int fd, gpointer tag)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = tag};
    return epoll_ctl(http->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

plx_http *plx_http_new(const struct plx_http_options *options, GError **error)
{
    g_autoptr(plx_http) http = g_new0(plx_http, 1);
    http->options = *options;
    struct plx_http_options *const o = &http->options;
    o->connections = o->connections ? o->connections : PLX_HTTP_CONNECTIONS;
    o->head_seconds = o->head_seconds ? o->head_seconds : 10;
    o->body_seconds = o->body_seconds ? o->body_seconds : 60;
    o->idle_seconds = o->idle_seconds ? o->idle_seconds : 75;
    g_mutex_init(&http->lock);
    http->listener = o->listener;
    http->epoll = epoll_create1(EPOLL_CLOEXEC);
    http->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (o->listener < 0 && !plx_http_listen(http, error))
        return NULL;
    if (http->epoll < 0 || http->wake < 0 || !watch(http, http->listener, &http->listener) ||
        !watch(http, http->wake, &http->wake)) {
        plx_error(error, PLX_ERROR_IO, "cannot wait for connections: %s", g_strerror(errno));
        return NULL;
    }
    plx_http_find_port(http);
    return g_steal_pointer(&http);
}

void plx_http_free(plx_http *http)
{
    if (!http)
        return;
    while (http->open) {
        http->open->pending = FALSE;
        plx_http_connection_free(http->open);
    }
    for (plx_http_request *spare = http->spare, *next; spare; spare = next) {
        next = spare->next;
        g_free(spare);
    }
    if (http->own_listener && http->listener >= 0)
        close(http->listener);
    if (http->epoll >= 0)
        close(http->epoll);
    if (http->wake >= 0)
        close(http->wake);
    g_clear_pointer(&http->told, g_byte_array_unref);
    g_mutex_clear(&http->lock);
    g_free(http);
}

guint16 plx_http_port(const plx_http *http)
{
    return http->port;
}

struct plx_http_counts plx_http_count(const plx_http *http)
{
    return http->counts;
}

/* Replies ------------------------------------------------------------------------------------- */

void plx_http_wake(const plx_http *http)
{
    const guint64 one = 1;
    (void)!write(http->wake, &one, sizeof one); /* full means awake */
}

void plx_http_reply(plx_http_request *request, const struct plx_http_reply *reply)
{
    plx_http *const http = request->connection->http;
    const gboolean stays = reply->stays > 0 && request->head.method != PLX_HTTP_HEAD;
    const gboolean close = reply->close || stays || !request->head.keep_alive;
    const gsize length = reply->body ? g_bytes_get_size(reply->body) : 0;
    const gboolean has_body =
        !stays && reply->status >= 200 && reply->status != 204 && reply->status != 304;
    g_mutex_lock(&http->lock);
    request->reply =
        plx_http_reply_head(http, reply->status, reply->fields, length, has_body, close);
    request->reply_body = reply->body ? g_bytes_ref(reply->body) : NULL;
    request->close = close;
    request->stays = stays ? reply->stays : 0;
    request->status = reply->status;
    /* On the loop's thread they are looked for at the end of the turn anyway. */
    const gboolean first =
        !http->done && http->holds == 0 && (g_thread_self() != http->thread || http->sending);
    request->next = http->done;
    http->done = request;
    g_mutex_unlock(&http->lock);
    if (first)
        plx_http_wake(http);
}

void plx_http_hold(plx_http *http)
{
    g_mutex_lock(&http->lock);
    http->holds++;
    g_mutex_unlock(&http->lock);
}

void plx_http_release(plx_http *http)
{
    g_mutex_lock(&http->lock);
    const gboolean last = --http->holds == 0 && http->done;
    g_mutex_unlock(&http->lock);
    if (last)
        plx_http_wake(http);
}

/* Loop ---------------------------------------------------------------------------------------- */

/* Who was replied to first comes first: the list has the last one in front. */
static plx_http_request *turned_round(plx_http_request *list)
{
    plx_http_request *round = NULL;
    for (plx_http_request *next; list; list = next) {
        next = list->next;
        list->next = round;
        round = list;
    }
    return round;
}

static void send_done(plx_http *http)
{
    g_mutex_lock(&http->lock);
    plx_http_request *done = g_steal_pointer(&http->done);
    g_mutex_unlock(&http->lock);
    done = turned_round(done);
    http->sending = TRUE;
    while (done) {
        plx_http_request *const next = done->next;
        plx_http_connection_replied(done->connection);
        done = next;
    }
    http->sending = FALSE;
}

static void take_event(plx_http *http, const struct epoll_event *event)
{
    guint64 wakes;
    if (event->data.ptr == &http->listener) {
        plx_http_accept(http);
        return;
    }
    if (event->data.ptr == &http->wake) {
        (void)!read(http->wake, &wakes, sizeof wakes);
        return;
    }
    struct plx_http_connection *const c = event->data.ptr;
    c->readable = c->readable || (event->events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR));
    c->writable = c->writable || (event->events & (EPOLLOUT | EPOLLHUP | EPOLLERR));
    if (c->pending && (event->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)))
        g_atomic_int_set(&c->request->gone, 1);
    plx_http_connection_drive(c);
}

static void sweep(plx_http *http)
{
    if (http->now - http->swept < G_USEC_PER_SEC)
        return;
    http->swept = http->now;
    for (struct plx_http_connection *c = http->open, *next; c; c = next) {
        next = c->next;
        plx_http_connection_expire(c);
    }
}

/* Who waits for nothing goes at once; no new ones come. */
static void begin_to_stop(plx_http *http, guint grace_seconds)
{
    if (http->stop_by)
        return;
    http->stop_by = http->now + (gint64)grace_seconds * G_USEC_PER_SEC;
    http->rests_until = 0; /* nobody is let in any more, so nothing is waited for */
    epoll_ctl(http->epoll, EPOLL_CTL_DEL, http->listener, NULL);
    for (struct plx_http_connection *c = http->open, *next; c; c = next) {
        next = c->next;
        if (!c->pending && !c->request && !c->in && !c->out)
            plx_http_connection_free(c);
        else
            plx_http_hears_no_more(c);
    }
}

/* Milliseconds until something is to be done without an event. */
static int patience(const plx_http *http)
{
    if (!http->rests_until)
        return TICK_MS;
    return (int)CLAMP((http->rests_until - http->now + 999) / 1000, 0, TICK_MS);
}

void plx_http_run(plx_http *http, guint grace_seconds)
{
    struct epoll_event events[EVENTS];
    http->thread = g_thread_self();
    http->now = g_get_monotonic_time();
    while (!http->stop_by || (http->open && http->now < http->stop_by)) {
        const int n = epoll_wait(http->epoll, events, EVENTS, patience(http));
        http->now = g_get_monotonic_time();
        for (int i = 0; i < n; i++)
            take_event(http, &events[i]);
        send_done(http);
        plx_http_pass_on(http);
        sweep(http);
        plx_http_listen_again(http);
        if (g_atomic_int_get(&http->stopping))
            begin_to_stop(http, grace_seconds);
    }
}

void plx_http_stop(plx_http *http)
{
    g_atomic_int_set(&http->stopping, 1);
    plx_http_wake(http);
}
