/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/systemd.h"

#include "base/error.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Not of a parent that forgot to clear them. */
static gboolean is_ours(const char *pid)
{
    guint64 value;
    return pid && g_ascii_string_to_unsigned(pid, 10, 1, G_MAXUINT32, &value, NULL) &&
           value == (guint64)getpid();
}

int plx_systemd_listener(const char *pid, const char *fds, int first, GError **error)
{
    guint64 n = 0;
    int listens = 0;
    socklen_t length = sizeof listens;
    if (!is_ours(pid) || !fds || !g_ascii_string_to_unsigned(fds, 10, 0, 1000, &n, NULL) || n == 0)
        return -1;
    if (n > 1) {
        plx_error(error, PLX_ERROR_USAGE,
                  "systemd gave %" G_GUINT64_FORMAT " sockets; one is taken", n);
        return -1;
    }
    if (getsockopt(first, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0 || !listens ||
        fcntl(first, F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(first, F_SETFL, fcntl(first, F_GETFL) | O_NONBLOCK) != 0) {
        plx_error(error, PLX_ERROR_USAGE,
                  "the socket that systemd gave does not listen: it needs ListenStream=");
        return -1;
    }
    return first;
}

gboolean plx_systemd_endpoint(int listener, struct plx_endpoint *endpoint)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t length = sizeof address;
    if (getsockname(listener, &address.any, &length) != 0)
        return FALSE;
    const gboolean v4 = address.any.sa_family == AF_INET;
    if (!v4 && address.any.sa_family != AF_INET6)
        return FALSE;
    endpoint->port = g_ntohs(v4 ? address.v4.sin_port : address.v6.sin6_port);
    return inet_ntop(address.any.sa_family,
                     v4 ? (const void *)&address.v4.sin_addr : &address.v6.sin6_addr,
                     endpoint->address, sizeof endpoint->address) != NULL;
}

gboolean plx_systemd_notify(const char *socket_path, const char *state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const gsize length = socket_path ? strlen(socket_path) : 0;
    if (length == 0)
        return TRUE;
    if (length >= sizeof address.sun_path)
        return FALSE;
    memcpy(address.sun_path, socket_path, length);
    if (address.sun_path[0] == '@') /* of no file */
        address.sun_path[0] = '\0';
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return FALSE;
    const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    const gssize sent =
        sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address, size);
    close(fd);
    return sent == (gssize)strlen(state);
}
