/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "wire.h"

#include <string.h>

/* A server on a thread that echoes: "METHOD path body"; "/later" from another thread. */
struct world {
    struct plx_wire_server server;
    GThreadPool *later;
    gint refused; /* atomic: the last status */
    gint kept;    /* atomic: replies that stay open and have not ended */
};

static guint admit(const struct plx_http_head *head, guint64 *most, gpointer data)
{
    (void)data;
    *most = 1000;
    return plx_http_slice_is(head->path, "/no") ? 403 : 0;
}

static void answer(gpointer data, gpointer unused)
{
    plx_http_request *const request = data;
    const struct plx_http_head *const head = plx_http_request_head(request);
    const GByteArray *const body = plx_http_request_body(request);
    (void)unused;
    GString *text = g_string_new(plx_http_method_name(head->method));
    g_string_append_c(text, ' ');
    g_string_append_len(text, head->path.at, head->path.length);
    g_string_append_c(text, ' ');
    g_string_append_len(text, (const char *)body->data, body->len);
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
    const struct plx_http_reply reply = {
        .status = 200, .fields = "Content-Type: text/plain\r\n", .body = bytes};
    plx_http_reply(request, &reply);
}

static void give_up(gpointer kept)
{
    g_assert_true(g_atomic_int_add((gint *)kept, -1) > 0);
}

/* Waits until only so many replies keep what they were given. */
static void await_kept(struct world *world, gint n)
{
    const gint64 end = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;
    while (g_atomic_int_get(&world->kept) != n && g_get_monotonic_time() < end)
        g_usleep(1000);
    g_assert_cmpint(g_atomic_int_get(&world->kept), ==, n);
}

static void handle(plx_http_request *request, gpointer data)
{
    struct world *const world = data;
    const struct plx_http_head *const head = plx_http_request_head(request);
    if (plx_http_slice_is(head->path, "/stays") || plx_http_slice_is(head->path, "/brief")) {
        g_autoptr(GBytes) first = g_bytes_new_static("first\n", 6);
        plx_http_request_keep(request, &world->kept, give_up);
        g_atomic_int_inc(&world->kept);
        const struct plx_http_reply reply = {.status = 200,
                                             .body = first,
                                             .stays =
                                                 plx_http_slice_is(head->path, "/brief") ? 1 : 900};
        plx_http_reply(request, &reply);
    } else if (plx_http_slice_is(plx_http_request_head(request)->path, "/later"))
        g_thread_pool_push(world->later, request, NULL);
    else
        answer(request, NULL);
}

static void note_refusal(guint status, const char *why, gpointer data)
{
    struct world *const world = data;
    g_assert_nonnull(why);
    g_atomic_int_set(&world->refused, (gint)status);
}

static void begin(struct world *world, guint connections, guint seconds)
{
    const struct plx_http_options options = {.connections = connections,
                                             .head_seconds = seconds,
                                             .body_seconds = seconds,
                                             .idle_seconds = seconds,
                                             .admit = admit,
                                             .handle = handle,
                                             .refused = note_refusal,
                                             .data = world};
    world->later = g_thread_pool_new(answer, NULL, 2, FALSE, NULL);
    plx_wire_begin(&world->server, &options);
}

static void end(struct world *world)
{
    plx_wire_end(&world->server);
    g_thread_pool_free(world->later, FALSE, TRUE);
}

static void test_requests(void)
{
    struct world world = {0};
    begin(&world, 0, 10);
    g_autoptr(GSocketConnection) c = plx_wire_join(&world.server);
    plx_wire_say(c, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *first = plx_wire_hear(c, "GET /a ");
    g_assert_true(g_str_has_prefix(first, "HTTP/1.1 200 OK\r\nDate: "));
    g_assert_nonnull(strstr(first, "\r\nContent-Length: 7\r\n"));
    g_assert_nonnull(strstr(first, "\r\nX-Content-Type-Options: nosniff\r\n"));
    plx_wire_say(
        c, "POST /later HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    plx_wire_say(c, "0\r\n\r\n");
    g_autofree char *second = plx_wire_hear(c, "POST /later abc");
    g_assert_nonnull(strstr(second, "POST /later abc"));
    plx_wire_say(c, "HEAD /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_autofree char *third = plx_wire_hear(c, NULL);
    g_assert_nonnull(strstr(third, "\r\nContent-Length: 8\r\n"));
    g_assert_true(g_str_has_suffix(third, "\r\nConnection: close\r\n\r\n"));
    end(&world);
}

/* All at once, in order; byte by byte, too. */
static void test_pipelined(void)
{
    static const char text[] = "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1:"
                               "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
                               "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n3:"
                               "GET /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct world world = {0};
    begin(&world, 0, 10);
    for (guint whole = 0; whole < 2; whole++) {
        g_autoptr(GSocketConnection) c = plx_wire_join(&world.server);
        for (gsize i = 0; !whole && text[i]; i++)
            plx_wire_say(c, (const char[]){text[i], '\0'});
        if (whole)
            plx_wire_say(c, text);
        g_autofree char *all = plx_wire_hear(c, NULL);
        const char *const one = strstr(all, "POST /later 1:");
        const char *const two = strstr(all, "GET /2 ");
        const char *const three = strstr(all, "POST /later 3:");
        const char *const four = strstr(all, "GET /4 ");
        g_assert_true(one && two && three && four && one < two && two < three && three < four);
    }
    end(&world);
}

static void refused_with(const struct world *world, const char *text, const char *status)
{
    g_autofree char *all = plx_wire_ask(&world->server, text);
    g_autofree char *begins = g_strdup_printf("HTTP/1.1 %s\r\n", status);
    g_assert_true(g_str_has_prefix(all, begins));
    g_assert_nonnull(strstr(all, "\r\nConnection: close\r\n"));
    g_assert_null(strstr(all, "smuggled"));
}

static void test_refused(void)
{
    struct world world = {0};
    begin(&world, 0, 10);
    refused_with(&world, "GET /no HTTP/1.1\r\nHost: x\r\n\r\n", "403 Forbidden");
    refused_with(&world, "GET / HTTP/1.1\nHost: x\n\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
                 "400 Bad Request");
    refused_with(&world,
                 "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
                 "\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
                 "400 Bad Request");
    refused_with(&world, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n",
                 "413 Content Too Large");
    refused_with(&world,
                 "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n",
                 "400 Bad Request");
    g_assert_cmpint(g_atomic_int_get(&world.refused), ==, 400);
    end(&world);
}

/* Slow ones are cut off, too many are turned away. */
static void test_limits(void)
{
    struct world world = {0};
    begin(&world, 2, 1);
    g_autoptr(GSocketConnection) head = plx_wire_join(&world.server);
    g_autoptr(GSocketConnection) body = plx_wire_join(&world.server);
    plx_wire_say(head, "GET / HT");
    plx_wire_say(body, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    g_autoptr(GSocketConnection) more = plx_wire_join(&world.server);
    g_autofree char *busy = plx_wire_hear(more, NULL);
    g_assert_true(g_str_has_prefix(busy, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"));
    g_autofree char *slow_head = plx_wire_hear(head, NULL);
    g_autofree char *slow_body = plx_wire_hear(body, NULL);
    g_assert_true(g_str_has_prefix(slow_head, "HTTP/1.1 408 Request Timeout\r\n"));
    g_assert_true(g_str_has_prefix(slow_body, "HTTP/1.1 408 Request Timeout\r\n"));
    g_assert_true(g_io_stream_close(G_IO_STREAM(head), NULL, NULL));
    g_assert_true(g_io_stream_close(G_IO_STREAM(body), NULL, NULL));
    g_autofree char *all = NULL;
    do { /* until they are seen to have gone; then until it is closed for being idle */
        g_free(all);
        all = plx_wire_ask(&world.server, "GET /idle HTTP/1.1\r\nHost: x\r\n\r\n");
    } while (g_str_has_prefix(all, "HTTP/1.1 503 "));
    g_assert_nonnull(strstr(all, "GET /idle "));
    end(&world);
}

/* A body that is refused is read to its end, so that the refusal arrives. */
static void test_linger(void)
{
    struct world world = {0};
    begin(&world, 0, 10);
    g_autoptr(GSocketConnection) c = plx_wire_join(&world.server);
    g_autofree char *big = g_strnfill(500000, 'x');
    plx_wire_say(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n");
    plx_wire_say(c, big);
    g_autofree char *all = plx_wire_hear(c, NULL);
    g_assert_true(g_str_has_prefix(all, "HTTP/1.1 413 Content Too Large\r\n"));
    end(&world);
}

static void tell(const struct world *world, const char *text)
{
    g_autoptr(GBytes) chunk = g_bytes_new(text, strlen(text));
    plx_http_tell(world->server.http, chunk);
}

/* Two hear what is told from this thread; one that never did hears nothing of it. */
static void test_stays(void)
{
    struct world world = {0};
    begin(&world, 0, 10);
    g_autoptr(GSocketConnection) one = plx_wire_join(&world.server);
    g_autoptr(GSocketConnection) two = plx_wire_join(&world.server);
    g_autoptr(GSocketConnection) other = plx_wire_join(&world.server);
    plx_wire_say(one, "GET /stays HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *head = plx_wire_hear(one, "first\n");
    g_assert_true(g_str_has_prefix(head, "HTTP/1.1 200 OK\r\n"));
    g_assert_null(strstr(head, "Content-Length"));
    g_assert_nonnull(strstr(head, "\r\nConnection: close\r\n"));
    plx_wire_say(two, "GET /stays HTTP/1.1\r\nHost: x\r\n\r\n");
    g_free(plx_wire_hear(two, "first\n"));
    tell(&world, "second\n");
    g_autofree char *heard = plx_wire_hear(one, "second\n");
    g_assert_cmpstr(heard, ==, "second\n");
    g_free(plx_wire_hear(two, "second\n"));
    plx_wire_say(other, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *whole = plx_wire_hear(other, "GET /a ");
    g_assert_null(strstr(whole, "second"));
    /* HEAD says what it would be, and is over. */
    plx_wire_say(other, "HEAD /stays HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_autofree char *asked = plx_wire_hear(other, NULL);
    g_assert_true(g_str_has_suffix(asked, "\r\n\r\n"));
    /* What they keep goes when its client does. */
    await_kept(&world, 2);
    g_assert_true(g_io_stream_close(G_IO_STREAM(two), NULL, NULL));
    await_kept(&world, 1);
    end(&world); /* at once: nobody is waited for */
    g_assert_cmpint(world.kept, ==, 0);
}

/* Its time is over; one that speaks instead of listening; one that does not read. */
static void test_stays_no_longer(void)
{
    struct world world = {0};
    begin(&world, 0, 10);
    const gint64 begun = g_get_monotonic_time();
    g_autofree char *brief = plx_wire_ask(&world.server, "GET /brief HTTP/1.1\r\nHost: x\r\n\r\n");
    g_assert_true(g_str_has_suffix(brief, "first\n"));
    g_assert_cmpint(g_get_monotonic_time() - begun, >=, G_USEC_PER_SEC / 2);
    g_autoptr(GSocketConnection) speaks = plx_wire_join(&world.server);
    plx_wire_say(speaks, "GET /stays HTTP/1.1\r\nHost: x\r\n\r\n");
    g_free(plx_wire_hear(speaks, "first\n"));
    plx_wire_say(speaks, "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *after = plx_wire_hear(speaks, NULL);
    g_assert_cmpstr(after, ==, "");
    g_autoptr(GSocketConnection) slow = plx_wire_join(&world.server);
    plx_wire_say(slow, "GET /stays HTTP/1.1\r\nHost: x\r\n\r\n");
    g_free(plx_wire_hear(slow, "first\n"));
    g_autofree char *much = g_strnfill(PLX_HTTP_BACKLOG / 2, 'x');
    for (guint i = 0; i < 2000; i++) { /* 32 MB: more than any socket takes */
        tell(&world, much);
        if (i % 20 == 0)
            g_usleep(1000);
    }
    gsize length;
    g_autofree char *got = plx_wire_hear(slow, NULL);
    length = strlen(got);
    g_assert_cmpuint(length, <, (gsize)1000 * PLX_HTTP_BACKLOG);
    end(&world);
}

static void test_address(void)
{
    g_autoptr(GError) error = NULL;
    struct plx_http_options options = {.address = "localhost!", .listener = -1};
    g_assert_null(plx_http_new(&options, &error));
    g_assert_cmpstr(error->message, ==,
                    "\"localhost!\" is not an address such as 127.0.0.1 or ::1");
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    g_clear_error(&error);
    options.address = "192.0.2.1"; /* of documentation: nobody's */
    g_assert_null(plx_http_new(&options, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_true(g_str_has_prefix(error->message, "cannot listen on 192.0.2.1 port 0: "));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http/requests", test_requests);
    g_test_add_func("/http/pipelined", test_pipelined);
    g_test_add_func("/http/refused", test_refused);
    g_test_add_func("/http/limits", test_limits);
    g_test_add_func("/http/linger", test_linger);
    g_test_add_func("/http/stays", test_stays);
    g_test_add_func("/http/stays-no-longer", test_stays_no_longer);
    g_test_add_func("/http/address", test_address);
    return g_test_run();
}
