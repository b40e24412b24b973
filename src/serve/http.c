/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop: connections come, events are given to them, replies of other threads are sent. */
#include "serve/http_private.h"

#include "base/error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, BACKLOG = 1024, TICK_MS = 500 };

/* Beginning and end --------------------------------------------------------------------------- */

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static gboolean parse_address(const char *text, guint16 port, union address *address,
                              socklen_t *length, GError **error)
{
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, text, &address->v4.sin_addr) == 1) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = htons(port);
        *length = sizeof address->v4;
        return TRUE;
    }
    if (inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1) {
        address->v6.sin6_family = AF_INET6;
        address->v6.sin6_port = htons(port);
        *length = sizeof address->v6;
        return TRUE;
    }
    return plx_error(error, PLX_ERROR_USAGE, "\"%s\" is not an address such as 127.0.0.1 or ::1",
                     text);
}

static gboolean begin_to_listen(plx_http *http, GError **error)
{
    union address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t length = 0;
    const int on = 1;
    const struct plx_http_options *const o = &http->options;
    if (!parse_address(o->address, o->port, &address, &length, error))
        return FALSE;
    http->listener = socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    http->own_listener = TRUE;
    if (http->listener >= 0)
        setsockopt(http->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (http->listener >= 0 && bind(http->listener, &address.any, length) == 0 &&
        listen(http->listener, BACKLOG) == 0)
        return TRUE;
    return plx_error(error, PLX_ERROR_IO, "cannot listen on %s port %u: %s", o->address, o->port,
                     g_strerror(errno));
}

static void find_port(plx_http *http)
{
    union address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t length = sizeof address;
    if (getsockname(http->listener, &address.any, &length) == 0)
        http->port =
            ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

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
    if (o->listener < 0 && !begin_to_listen(http, error))
        return NULL;
    if (http->epoll < 0 || http->wake < 0 || !watch(http, http->listener, &http->listener) ||
        !watch(http, http->wake, &http->wake)) {
        plx_error(error, PLX_ERROR_IO, "cannot wait for connections: %s", g_strerror(errno));
        return NULL;
    }
    find_port(http);
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

/* Requests ------------------------------------------------------------------------------------ */

const struct plx_http_head *plx_http_request_head(const plx_http_request *request)
{
    return &request->head;
}

const GByteArray *plx_http_request_body(const plx_http_request *request)
{
    return request->body;
}

const char *plx_http_request_peer(const plx_http_request *request)
{
    return request->connection->peer;
}

gint64 plx_http_request_begun(const plx_http_request *request)
{
    return request->begun;
}

void plx_http_request_keep(plx_http_request *request, gpointer data, GDestroyNotify data_free)
{
    g_assert(!request->kept_free);
    request->kept = data;
    request->kept_free = data_free;
}

static void wake_up(const plx_http *http)
{
    const guint64 one = 1;
    (void)!write(http->wake, &one, sizeof one); /* full means awake */
}

void plx_http_reply(plx_http_request *request, const struct plx_http_reply *reply)
{
    plx_http *const http = request->connection->http;
    const gboolean close = reply->close || !request->head.keep_alive;
    const gsize length = reply->body ? g_bytes_get_size(reply->body) : 0;
    const gboolean has_body = reply->status >= 200 && reply->status != 204 && reply->status != 304;
    g_mutex_lock(&http->lock);
    request->reply =
        plx_http_reply_head(http, reply->status, reply->fields, length, has_body, close);
    request->reply_body = reply->body ? g_bytes_ref(reply->body) : NULL;
    request->close = close;
    request->status = reply->status;
    /* On the loop's thread they are looked for at the end of the turn anyway. */
    const gboolean first =
        !http->done && http->holds == 0 && (g_thread_self() != http->thread || http->sending);
    request->next = http->done;
    http->done = request;
    g_mutex_unlock(&http->lock);
    if (first)
        wake_up(http);
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
        wake_up(http);
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

/* Too many: said without waiting, and gone. */
static void turn_away(plx_http *http, int fd)
{
    static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"
                               "Content-Length: 0\r\nConnection: close\r\n\r\n";
    (void)!send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(fd);
    http->counts.refused++;
    if (http->options.refused)
        http->options.refused(503, "too many connections", http->options.data);
}

static void name_peer(const union address *address, char *out, socklen_t size)
{
    *out = '\0';
    if (address->any.sa_family == AF_INET6)
        inet_ntop(AF_INET6, &address->v6.sin6_addr, out, size);
    else if (address->any.sa_family == AF_INET)
        inet_ntop(AF_INET, &address->v4.sin_addr, out, size);
}

static void accept_all(plx_http *http)
{
    const int on = 1;
    for (;;) {
        char peer[INET6_ADDRSTRLEN];
        union address address = {.any = {.sa_family = AF_UNSPEC}};
        socklen_t length = sizeof address;
        const int fd = accept4(http->listener, &address.any, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0)
            return;
        if (http->counts.open >= http->options.connections) {
            turn_away(http, fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        name_peer(&address, peer, sizeof peer);
        plx_http_connection_new(http, fd, peer);
    }
}

static void take_event(plx_http *http, const struct epoll_event *event)
{
    guint64 wakes;
    if (event->data.ptr == &http->listener) {
        accept_all(http);
        return;
    }
    if (event->data.ptr == &http->wake) {
        (void)!read(http->wake, &wakes, sizeof wakes);
        return;
    }
    struct plx_http_connection *const c = event->data.ptr;
    c->readable = c->readable || (event->events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR));
    c->writable = c->writable || (event->events & (EPOLLOUT | EPOLLHUP | EPOLLERR));
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
    epoll_ctl(http->epoll, EPOLL_CTL_DEL, http->listener, NULL);
    for (struct plx_http_connection *c = http->open, *next; c; c = next) {
        next = c->next;
        if (!c->pending && !c->request && !c->in && !c->out)
            plx_http_connection_free(c);
    }
}

void plx_http_run(plx_http *http, guint grace_seconds)
{
    struct epoll_event events[EVENTS];
    http->thread = g_thread_self();
    http->now = g_get_monotonic_time();
    while (!http->stop_by || (http->open && http->now < http->stop_by)) {
        const int n = epoll_wait(http->epoll, events, EVENTS, TICK_MS);
        http->now = g_get_monotonic_time();
        for (int i = 0; i < n; i++)
            take_event(http, &events[i]);
        send_done(http);
        sweep(http);
        if (g_atomic_int_get(&http->stopping))
            begin_to_stop(http, grace_seconds);
    }
}

void plx_http_stop(plx_http *http)
{
    g_atomic_int_set(&http->stopping, 1);
    wake_up(http);
}
