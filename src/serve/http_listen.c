/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door: where it listens, who comes in, and who does not. */
#include "serve/http_private.h"

#include "base/error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, REST_MS = 100, GONE_MS = 60 * 1000 };

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

gboolean plx_http_listen(plx_http *http, GError **error)
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

void plx_http_find_port(plx_http *http)
{
    union address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t length = sizeof address;
    if (getsockname(http->listener, &address.any, &length) == 0)
        http->port =
            ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

/* Coming in ------------------------------------------------------------------------------------ */

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

/* Without a descriptor for it who waits goes on waiting, and the listener would be ready again and
 * again: it is not looked at until a connection is over, or others may have closed something. */
static void rest(plx_http *http)
{
    struct epoll_event event = {.events = 0, .data.ptr = &http->listener};
    if (epoll_ctl(http->epoll, EPOLL_CTL_MOD, http->listener, &event) != 0)
        return;
    http->rests_until = http->now + (gint64)REST_MS * 1000;
    http->counts.rests++;
}

void plx_http_listen_again(plx_http *http)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &http->listener};
    if (!http->rests_until || http->now < http->rests_until || http->stop_by)
        return;
    http->rests_until = 0;
    epoll_ctl(http->epoll, EPOLL_CTL_MOD, http->listener, &event);
}

/* Who takes nothing of what he is sent for a minute, not even the beat of a stream, is gone:
 * without this the kernel would try for a quarter of an hour. */
static void set_options(int fd)
{
    const int on = 1;
    const unsigned gone = GONE_MS;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &gone, sizeof gone);
}

void plx_http_accept(plx_http *http)
{
    for (;;) {
        char peer[INET6_ADDRSTRLEN];
        union address address = {.any = {.sa_family = AF_UNSPEC}};
        socklen_t length = sizeof address;
        const int fd = accept4(http->listener, &address.any, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0) {
            if (errno != EAGAIN)
                rest(http);
            return;
        }
        if (http->counts.open >= http->options.connections) {
            turn_away(http, fd);
            continue;
        }
        set_options(fd);
        name_peer(&address, peer, sizeof peer);
        plx_http_connection_new(http, fd, peer);
    }
}
