/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection: bytes in, a request, its reply, bytes out, and again. */
#include "serve/http_private.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LINGER_SECONDS = 2 };

/* Under TLS a head and a body of so many bytes go as one record; a longer body as it lies. */
enum { ONE_RECORD = 15 * 1024 };

static void await(struct plx_http_connection *c, guint seconds)
{
    c->deadline = c->http->now + (gint64)seconds * G_USEC_PER_SEC;
}

void plx_http_connection_new(plx_http *http, int fd, const char *peer)
{
    struct plx_http_connection *c = g_new0(struct plx_http_connection, 1);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
    c->http = http;
    c->fd = fd;
    c->tls = http->options.tls ? plx_http_tls_begin(http->options.tls, fd) : NULL;
    c->shaken = !http->options.tls;
    g_strlcpy(c->peer, peer, sizeof c->peer);
    c->next = http->open;
    if (c->next)
        c->next->previous = c;
    http->open = c;
    http->counts.open++;
    http->counts.connections++;
    await(c, http->options.head_seconds);
    if ((http->options.tls && !c->tls) || epoll_ctl(http->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        plx_http_connection_free(c);
}

void plx_http_connection_free(struct plx_http_connection *c)
{
    plx_http *const http = c->http;
    if (c->previous)
        c->previous->next = c->next;
    else
        http->open = c->next;
    if (c->next)
        c->next->previous = c->previous;
    http->counts.open--;
    http->rests_until = MIN(http->rests_until, http->now); /* its descriptor is free */
    if (c->tls && c->shaken && !c->broken && !c->draining)
        plx_http_tls_bye(c->tls);
    plx_http_tls_end(c->tls);
    close(c->fd);
    plx_http_request_free(c->request);
    g_clear_pointer(&c->in, g_byte_array_unref);
    g_clear_pointer(&c->out, g_byte_array_unref);
    g_clear_pointer(&c->more, g_byte_array_unref);
    g_clear_pointer(&c->body, g_bytes_unref);
    plx_http_end_hearing(c);
    g_free(c);
}

/* Out ----------------------------------------------------------------------------------------- */

/* Of head and body, what goes; as sendmsg(). Neither changes until it went, as TLS wants it. */
static gssize send_some(struct plx_http_connection *c, const char *body, gsize body_size)
{
    struct iovec part[2];
    guint n = 0;
    if (c->tls && c->sent >= c->out->len)
        return plx_http_tls_send(c->tls, body + (c->sent - c->out->len),
                                 c->out->len + body_size - c->sent);
    if (c->tls)
        return plx_http_tls_send(c->tls, c->out->data + c->sent, c->out->len - c->sent);
    if (c->sent < c->out->len)
        part[n++] = (struct iovec){c->out->data + c->sent, c->out->len - c->sent};
    const gsize from = c->sent > c->out->len ? c->sent - c->out->len : 0;
    if (from < body_size)
        part[n++] = (struct iovec){(char *)(guintptr)body + from, body_size - from};
    const struct msghdr message = {.msg_iov = part, .msg_iovlen = n};
    return sendmsg(c->fd, &message, MSG_NOSIGNAL);
}

/* FALSE: there is more to send than goes now, or the connection is broken. */
static gboolean send_out(struct plx_http_connection *c)
{
    gsize body_size = 0;
    const char *body = c->body ? g_bytes_get_data(c->body, &body_size) : NULL;
    const gsize size = c->out->len + body_size;
    while (c->sent < size) {
        const gssize sent = send_some(c, body, body_size);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) {
            c->writable = FALSE;
            if (errno != EAGAIN)
                c->broken = TRUE;
            return FALSE;
        }
        c->sent += (gsize)sent;
    }
    g_clear_pointer(&c->out, g_byte_array_unref);
    g_clear_pointer(&c->body, g_bytes_unref);
    c->sent = 0;
    return TRUE;
}

/* What a refusal says. Of a head that could not be read (NULL) nobody knows who reads it. */
static GBytes *words_of(const struct plx_http_connection *c, guint status,
                        const struct plx_http_head *head, char **fields)
{
    const struct plx_http_options *const o = &c->http->options;
    GBytes *const said = o->say && head ? o->say(status, head, fields, o->data) : NULL;
    if (said)
        return said;
    *fields = g_strdup("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n");
    char *const line = g_strconcat(plx_http_reason(status), "\n", NULL);
    return g_bytes_new_take(line, strlen(line));
}

/* A refusal before a handler: short, and the end of the connection. */
static void refuse_as(struct plx_http_connection *c, guint status, const char *why,
                      const struct plx_http_head *head)
{
    plx_http *const http = c->http;
    g_autofree char *fields = NULL;
    g_autoptr(GBytes) words = words_of(c, status, head, &fields);
    gsize length;
    const guint8 *const text = g_bytes_get_data(words, &length);
    g_mutex_lock(&http->lock);
    c->out = plx_http_reply_head(http, status, fields, length, TRUE, TRUE);
    g_mutex_unlock(&http->lock);
    g_byte_array_append(c->out, text, (guint)length);
    c->closing = c->refused = TRUE;
    http->counts.refused++;
    plx_http_request_free(g_steal_pointer(&c->request));
    await(c, http->options.head_seconds);
    if (http->options.refused)
        http->options.refused(status, why, http->options.data);
}

static void refuse(struct plx_http_connection *c, guint status, const char *why)
{
    refuse_as(c, status, why, c->request ? &c->request->head : NULL);
}

/* The reply of the request, which is over then. */
static void take_reply(struct plx_http_connection *c)
{
    plx_http_request *const request = c->request;
    plx_http *const http = c->http;
    c->pending = FALSE;
    http->counts.pending--;
    c->closing = c->closing || request->close || !request->head.keep_alive ||
                 g_atomic_int_get(&http->stopping);
    c->out = g_steal_pointer(&request->reply);
    if (request->head.method != PLX_HTTP_HEAD)
        c->body = g_steal_pointer(&request->reply_body);
    if (c->tls && c->body && g_bytes_get_size(c->body) <= ONE_RECORD) {
        gsize size;
        const guint8 *const body = g_bytes_get_data(c->body, &size);
        g_byte_array_append(c->out, body, (guint)size);
        g_clear_pointer(&c->body, g_bytes_unref);
    }
    if (request->stays > 0)
        plx_http_begin_to_hear(c);
    plx_http_request_free(g_steal_pointer(&c->request));
    await(c, http->options.body_seconds);
}

/* In ------------------------------------------------------------------------------------------ */

/* Who waits for it goes on after a while: it need not go. But it must not go by half. */
static void say_continue(struct plx_http_connection *c)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    const gsize length = sizeof go_on - 1;
    const gssize sent = c->tls ? plx_http_tls_send(c->tls, go_on, length)
                               : send(c->fd, go_on, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != (gssize)length && (c->tls || sent >= 0))
        c->broken = TRUE;
}

/* Of bytes[0..length), how many are done with; a status that is neither MORE nor READ was answered.
 */
static guint take_head(struct plx_http_connection *c, const char *bytes, gsize length, gsize *used)
{
    struct plx_http_head head;
    const char *why = NULL;
    guint64 most = 0;
    const guint status = plx_http_head_read(bytes, length, &head, used, &why);
    if (status == PLX_HTTP_MORE)
        return status;
    if (status != PLX_HTTP_READ) {
        g_autofree char *rest = plx_http_head_read_rest(bytes, length, &head);
        refuse_as(c, status, why, rest ? &head : NULL);
        return status;
    }
    const guint refusal = c->http->options.admit(&head, &most, c->http->options.data);
    c->request = plx_http_request_new(c, &head, bytes, *used);
    const gboolean fits = plx_http_body_init(&c->request->taking, &head, most);
    if (refusal || !fits) {
        refuse(c, refusal ? refusal : 413, refusal ? "not admitted" : "the body is too long");
        return refusal ? refusal : 413;
    }
    await(c, c->http->options.body_seconds);
    if (head.expects_continue && (head.chunked || head.content_length > 0))
        say_continue(c);
    return PLX_HTTP_READ;
}

static guint take_body(struct plx_http_connection *c, const char *bytes, gsize length, gsize *used)
{
    plx_http_request *const request = c->request;
    const guint status = plx_http_body_take(&request->taking, bytes, length, used, request->body);
    if (status != PLX_HTTP_MORE && status != PLX_HTTP_READ)
        refuse(c, status, status == 413 ? "the body is too long" : "the body is not framed");
    return status;
}

static void hand_over(struct plx_http_connection *c)
{
    plx_http *const http = c->http;
    c->pending = TRUE;
    c->deadline = G_MAXINT64;
    http->counts.requests++;
    http->counts.pending++;
    http->options.handle(c->request, http->options.data);
}

/* Reads what is there into a request, and hands it over; what is left of it waits. */
static gsize take_bytes(struct plx_http_connection *c, const char *bytes, gsize length)
{
    gsize at = 0;
    while (!c->pending && !c->out) {
        gsize used = 0;
        guint status;
        if (!c->request) {
            if (at == length)
                break;
            status = take_head(c, bytes + at, length - at, &used);
            if (status == PLX_HTTP_MORE)
                break;
            at += used;
            if (status != PLX_HTTP_READ)
                break;
            used = 0;
        }
        status = take_body(c, bytes + at, length - at, &used);
        at += used;
        if (status != PLX_HTTP_READ)
            break;
        hand_over(c);
    }
    return at;
}

/* What was left of earlier bytes, together with new ones. */
static void take_in(struct plx_http_connection *c, const char *bytes, gsize length)
{
    if (c->in) {
        g_byte_array_append(c->in, (const guint8 *)bytes, (guint)length);
        const gsize used = take_bytes(c, (const char *)c->in->data, c->in->len);
        if (used == c->in->len)
            g_clear_pointer(&c->in, g_byte_array_unref);
        else if (used > 0)
            g_byte_array_remove_range(c->in, 0, (guint)used);
        return;
    }
    const gsize used = take_bytes(c, bytes, length);
    if (used < length && !c->closing) {
        c->in = g_byte_array_new();
        g_byte_array_append(c->in, (const guint8 *)bytes + used, (guint)(length - used));
    }
}

/* FALSE: nothing more to read for now. */
static gboolean receive(struct plx_http_connection *c)
{
    char *const to = c->http->scratch;
    const gsize size = sizeof c->http->scratch;
    const gssize n = c->tls ? plx_http_tls_receive(c->tls, to, size) : recv(c->fd, to, size, 0);
    if (n > 0 && c->hears_until) {
        c->broken = TRUE; /* it was to listen */
        return FALSE;
    }
    if (n > 0) {
        if (!c->request && !c->in)
            await(c, c->http->options.head_seconds);
        take_in(c, to, (gsize)n);
        return TRUE;
    }
    if (n < 0 && errno == EINTR)
        return TRUE;
    c->readable = FALSE;
    if (n == 0 || (errno != EAGAIN))
        c->ended = TRUE;
    return FALSE;
}

/* On ------------------------------------------------------------------------------------------ */

/* After a reply: what was pipelined, else the next request is awaited. */
static void begin_next(struct plx_http_connection *c)
{
    c->closing = g_atomic_int_get(&c->http->stopping);
    if (c->in && !c->closing)
        take_in(c, "", 0);
    else
        await(c, c->http->options.idle_seconds);
}

/* Closed with bytes unread the client might never see why it was refused: for a moment they are
 * read and thrown away. */
static void drain(struct plx_http_connection *c)
{
    if (!c->draining) {
        if (c->tls)
            plx_http_tls_bye(c->tls);
        shutdown(c->fd, SHUT_WR);
        await(c, LINGER_SECONDS);
        c->draining = TRUE;
    }
    while (c->readable && !c->ended) {
        const ssize_t n = recv(c->fd, c->http->scratch, sizeof c->http->scratch, 0);
        c->ended = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
        c->readable = n > 0 || (n < 0 && errno == EINTR);
    }
}

/* Within the time that a head may take. FALSE: more must come, or it failed. */
static gboolean shake_hands(struct plx_http_connection *c)
{
    const int done = plx_http_tls_shake(c->tls);
    c->shaken = done > 0;
    if (done >= 0)
        return c->shaken;
    c->broken = TRUE;
    c->http->counts.refused++;
    if (c->http->options.refused)
        c->http->options.refused(0, "the TLS handshake failed", c->http->options.data);
    return FALSE;
}

/* One thing that can be done. FALSE: there is none. */
static gboolean go_on(struct plx_http_connection *c)
{
    if (c->pending || c->broken)
        return FALSE;
    if (!c->shaken)
        return shake_hands(c);
    if (c->out) {
        if (!c->writable || !send_out(c))
            return FALSE;
        if (c->hears_until)
            plx_http_hear_on(c);
        else if (!c->closing)
            begin_next(c);
        return TRUE;
    }
    if (c->closing || c->ended)
        return FALSE;
    return c->readable && (receive(c) || c->ended);
}

static gboolean is_over(const struct plx_http_connection *c)
{
    return !c->pending && (c->broken || (!c->out && (c->closing || c->ended)));
}

void plx_http_connection_drive(struct plx_http_connection *c)
{
    while (go_on(c))
        ;
    if (!is_over(c))
        return;
    if (c->refused && !c->broken && !c->ended)
        drain(c);
    if (!c->refused || c->broken || c->ended)
        plx_http_connection_free(c);
}

void plx_http_connection_replied(struct plx_http_connection *c)
{
    take_reply(c);
    plx_http_connection_drive(c);
}

void plx_http_connection_expire(struct plx_http_connection *c)
{
    if (c->pending || c->deadline > c->http->now)
        return;
    if (!c->out && !c->closing && (c->request || c->in)) {
        refuse(c, 408, c->request ? "the body took too long" : "the head took too long");
        plx_http_connection_drive(c);
        return;
    }
    plx_http_connection_free(c);
}
