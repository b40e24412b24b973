/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Load on a server of HTTP/1.1: so many connections, each of which asks again when it has its
 * answer, for so many seconds; how many answers, and how long they took.
 *
 * usage: bench-load PORT CONNECTIONS SECONDS REQUEST-FILE [ACKNOWLEDGED-FILE [SEED]]
 *
 * The request is sent as it stands in its file but for KEY_MARK, wherever it stands, which becomes
 * the request's own key (16 hex digits; SEED makes those of another run). A connection that ends
 * before its answer is joined again and asks with the same key, so a server may be killed under it.
 * Keys of answers with 2xx are written to ACKNOWLEDGED-FILE, one a line, as they come. Prints JSON.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEY_MARK "@@@@@@@KEY@@@@@@"
enum { KEY = sizeof KEY_MARK - 1, MARKS = 16, SLOWEST = 1 << 21, ANSWER_MAX = 65536 };

struct client {
    int fd; /* -1: to be joined */
    guint64 key;
    gint64 begun;
    gsize sent, heard;
    gboolean writing;
    char *request, *answer;
};

struct load {
    guint16 port;
    int epoll;
    gsize length;
    gsize marks[MARKS];
    guint n_marks;
    FILE *acknowledged;
    guint64 next, answers, refused, broken;
    gint64 end;
    guint32 *took; /* by microseconds */
};

static void die(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, g_strerror(errno));
    exit(1);
}

static void set_key(const struct load *load, struct client *c, guint64 key)
{
    char text[KEY + 1];
    c->key = key;
    g_snprintf(text, sizeof text, "%016" G_GINT64_MODIFIER "x", key);
    for (guint i = 0; i < load->n_marks; i++)
        memcpy(c->request + load->marks[i], text, KEY);
}

static void watch(const struct load *load, struct client *c, int operation, gboolean writing)
{
    struct epoll_event event = {.events = writing ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = c};
    c->writing = writing;
    if (epoll_ctl(load->epoll, operation, c->fd, &event) != 0)
        die("epoll_ctl");
}

/* A server that is being started again refuses; it is tried again by and by. */
static void join(struct load *load, struct client *c)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons(load->port),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        die("socket");
    if (connect(c->fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(c->fd);
        c->fd = -1;
        return;
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    c->sent = c->heard = 0;
    watch(load, c, EPOLL_CTL_ADD, TRUE);
}

static void leave(struct load *load, struct client *c)
{
    close(c->fd);
    c->fd = -1;
    load->broken++;
}

static void ask(struct load *load, struct client *c)
{
    while (c->sent < load->length) {
        const gssize n = send(c->fd, c->request + c->sent, load->length - c->sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            if (!c->writing)
                watch(load, c, EPOLL_CTL_MOD, TRUE);
            return;
        }
        if (n < 0) {
            leave(load, c);
            return;
        }
        c->sent += (gsize)n;
    }
    if (c->writing)
        watch(load, c, EPOLL_CTL_MOD, FALSE);
}

/* The bytes of an answer that is whole; 0: it is not yet. */
static gsize answer_length(const struct client *c)
{
    const char *const blank = memmem(c->answer, c->heard, "\r\n\r\n", 4);
    if (!blank)
        return 0;
    const gsize head = (gsize)(blank + 4 - c->answer);
    gsize body = 0;
    for (const char *line = c->answer; line < blank; line++) {
        if (g_ascii_strncasecmp(line, "content-length:", 15) == 0)
            body = (gsize)g_ascii_strtoull(line + 15, NULL, 10);
        line = memchr(line, '\n', (gsize)(blank + 4 - line));
    }
    return head + body <= c->heard ? head + body : 0;
}

static void take_answer(struct load *load, struct client *c)
{
    const gint64 now = g_get_monotonic_time();
    if (c->answer[9] == '2' || c->answer[9] == '3') {
        load->answers++;
        load->took[MIN(now - c->begun, SLOWEST - 1)]++;
        if (load->acknowledged)
            fprintf(load->acknowledged, "%016" G_GINT64_MODIFIER "x\n", c->key);
    } else {
        load->refused++;
    }
    c->begun = now;
    c->sent = c->heard = 0;
    set_key(load, c, load->next++);
    ask(load, c);
}

static void hear(struct load *load, struct client *c)
{
    const gssize n = recv(c->fd, c->answer + c->heard, ANSWER_MAX - c->heard, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        leave(load, c);
        return;
    }
    c->heard += (gsize)n;
    c->answer[c->heard] = '\0';
    if (answer_length(c) > 0)
        take_answer(load, c);
    else if (c->heard == ANSWER_MAX)
        die("an answer is too long");
}

static void run(struct load *load, struct client *clients, guint n)
{
    struct epoll_event events[256];
    for (guint i = 0; i < n; i++) {
        set_key(load, &clients[i], load->next++);
        clients[i].begun = g_get_monotonic_time();
    }
    for (gint64 now = 0, joined = 0; now < load->end; now = g_get_monotonic_time()) {
        if (now - joined > 10000) {
            joined = now;
            for (guint i = 0; i < n; i++)
                if (clients[i].fd < 0)
                    join(load, &clients[i]);
        }
        const int ready = epoll_wait(load->epoll, events, G_N_ELEMENTS(events), 10);
        for (int i = 0; i < ready; i++) {
            struct client *const c = events[i].data.ptr;
            if (c->fd >= 0 && (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
                hear(load, c);
            if (c->fd >= 0 && (events[i].events & EPOLLOUT))
                ask(load, c);
        }
    }
}

/* Microseconds within which such a share was answered. */
static guint within(const struct load *load, double share)
{
    const guint64 wanted = (guint64)((double)load->answers * share);
    guint64 seen = 0;
    for (guint us = 0; us < SLOWEST; us++) {
        seen += load->took[us];
        if (seen > wanted || seen == load->answers)
            return us;
    }
    return 0;
}

static void find_marks(struct load *load, const char *request)
{
    for (const char *at = request; (at = strstr(at, KEY_MARK)); at += KEY) {
        if (load->n_marks == MARKS)
            die("too many marks");
        load->marks[load->n_marks++] = (gsize)(at - request);
    }
}

int main(int argc, char **argv)
{
    struct load load = {.epoll = epoll_create1(EPOLL_CLOEXEC)};
    g_autofree char *request = NULL;
    if (argc < 5 || argc > 7 || !g_file_get_contents(argv[4], &request, &load.length, NULL)) {
        fputs("usage: bench-load PORT CONNECTIONS SECONDS REQUEST-FILE [ACKNOWLEDGED [SEED]]\n",
              stderr);
        return 1;
    }
    const guint n = (guint)g_ascii_strtoull(argv[2], NULL, 10);
    const double seconds = g_ascii_strtod(argv[3], NULL);
    load.port = (guint16)g_ascii_strtoull(argv[1], NULL, 10);
    load.acknowledged = argc > 5 ? fopen(argv[5], "ae") : NULL;
    load.next = (argc > 6 ? g_ascii_strtoull(argv[6], NULL, 10) : 1) << 40;
    load.took = g_new0(guint32, SLOWEST);
    find_marks(&load, request);
    struct client *const clients = g_new0(struct client, n);
    for (guint i = 0; i < n; i++) {
        clients[i].fd = -1;
        clients[i].request = g_strdup(request);
        clients[i].answer = g_malloc(ANSWER_MAX + 1);
    }
    const gint64 begun = g_get_monotonic_time();
    load.end = begun + (gint64)(seconds * 1e6);
    run(&load, clients, n);
    const double took = (double)(g_get_monotonic_time() - begun) / 1e6;
    if (load.acknowledged && fclose(load.acknowledged) != 0)
        die("cannot write what was acknowledged");
    printf("{\"connections\": %u, \"seconds\": %.3f, \"answers\": %" G_GUINT64_FORMAT
           ", \"per_second\": %.0f, \"p50_us\": %u, \"p99_us\": %u, \"p999_us\": %u, "
           "\"refused\": %" G_GUINT64_FORMAT ", \"broken\": %" G_GUINT64_FORMAT "}\n",
           n, took, load.answers, (double)load.answers / took, within(&load, 0.5),
           within(&load, 0.99), within(&load, 0.999), load.refused, load.broken);
    for (guint i = 0; i < n; i++) {
        g_free(clients[i].request);
        g_free(clients[i].answer);
        if (clients[i].fd >= 0)
            close(clients[i].fd);
    }
    g_free(clients);
    g_free(load.took);
    return 0;
}
