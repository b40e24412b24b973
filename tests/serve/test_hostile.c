/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clients that mean no good, and many that mean nothing. With -m slow 10,000 of these, or as
 * many as a process may have files open; it says how many there were. */

#include "wire.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BIG = 8 << 20 };

struct world {
    struct plx_wire_server server;
    gint handled; /* atomic: requests that a handler saw */
};

static guint admit(const struct plx_http_head *head, guint64 *most, gpointer data)
{
    (void)head;
    (void)data;
    *most = 1000;
    return 0;
}

/* "/open": how many connections there are; "/rests": how often nobody was let in; "/big": more than
 * sockets hold; else the path. */
static void handle(plx_http_request *request, gpointer data)
{
    struct world *const world = data;
    const struct plx_http_slice path = plx_http_request_head(request)->path;
    const gboolean big = plx_http_slice_is(path, "/big");
    const gboolean open = plx_http_slice_is(path, "/open");
    const gboolean rests = plx_http_slice_is(path, "/rests");
    const struct plx_http_counts counts = plx_http_count(world->server.http);
    g_atomic_int_inc(&world->handled);
    char *const text = big     ? g_strnfill(BIG, 'x')
                       : open  ? g_strdup_printf("%u open", counts.open)
                       : rests ? g_strdup_printf("<%u>", (guint)counts.rests)
                               : g_strndup(path.at, path.length);
    g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));
    const struct plx_http_reply reply = {.status = 200, .body = bytes};
    plx_http_reply(request, &reply);
}

static void begin(struct world *world, guint seconds)
{
    const struct plx_http_options options = {.head_seconds = seconds,
                                             .body_seconds = seconds,
                                             .admit = admit,
                                             .handle = handle,
                                             .data = world};
    plx_wire_begin(&world->server, &options);
}

/* Framing -------------------------------------------------------------------------------------- */

#define SMUGGLED "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
#define POST "POST / HTTP/1.1\r\nHost: x\r\n"
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"

static const struct {
    const char *text, *status;
} hostile[] = {
    /* Two ways to tell where a body ends. */
    {POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED, "400"},
    {POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length: 0\r\nContent-Length: 36\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length: 36\r\nContent-Length: 36\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length: 0, 36\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length: +0\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length: -1\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length: 0x24\r\n\r\n" SMUGGLED, "400"},
    {POST "Content-Length:\r\n\r\n" SMUGGLED, "400"},
    {POST "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" SMUGGLED, "501"},
    {POST "Transfer-Encoding: identity\r\n\r\n" SMUGGLED, "501"},
    {POST "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" SMUGGLED, "400"},
    {POST "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED, "501"},
    {POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" SMUGGLED, "400"},
    {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED, "400"},
    /* Lines that end otherwise. */
    {"POST / HTTP/1.1\nHost: x\nContent-Length: 0\n\n" SMUGGLED, "400"},
    {POST "X: y\nContent-Length: 36\r\n\r\n" SMUGGLED, "400"},
    {POST "X: y\rContent-Length: 36\r\n\r\n" SMUGGLED, "400"},
    {POST "X: y\r\n Content-Length: 36\r\n\r\n" SMUGGLED, "400"},
    {POST "X: y\r\n\tz\r\n\r\n" SMUGGLED, "400"},
    {"GET / HTTP/1.1\r\n Host: x\r\n\r\n" SMUGGLED, "400"},
    /* Whose request is it? */
    {"GET / HTTP/1.1\r\n\r\n" SMUGGLED, "400"},
    {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" SMUGGLED, "400"},
    {"GET / HTTP/1.1\r\nHost: x/y\r\n\r\n" SMUGGLED, "400"},
    {"GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED, "400"},
    {"CONNECT y:80 HTTP/1.1\r\nHost: y\r\n\r\n" SMUGGLED, "400"},
    {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" SMUGGLED, "505"},
    {"GET /\r\n\r\n" SMUGGLED, "400"},
    {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED, "400"},
    {"GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED, "400"},
    {"GET /%2e%2E/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED, "400"},
    {"GET /a%2f..%2fb HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED, "400"},
    {"GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED, "400"},
    /* Chunks. */
    {CHUNKED "5;a=b\r\nhello\r\n0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "5\nhello\r\n0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "5\r\nhello0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "5\r\nhelloxx0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "0x5\r\nhello\r\n0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED " 5\r\nhello\r\n0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "-5\r\nhello\r\n0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "000000005\r\nhello\r\n0\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "10000000000000000\r\nhello\r\n0\r\n\r\n" SMUGGLED, "413"},
    {CHUNKED "0\r\nX: y\r\n\r\n" SMUGGLED, "400"},
    {CHUNKED "0\r\n\n" SMUGGLED, "400"},
    /* Too much: said at once, before any of it comes. */
    {POST "Content-Length: 1001\r\n\r\n", "413"},
    {POST "Content-Length: 1073741824\r\n\r\n", "413"},
    {POST "Content-Length: 999999999999999999\r\n\r\n", "413"},
    {POST "Content-Length: 18446744073709551616\r\n\r\n", "400"},
    {CHUNKED "40000000\r\n", "413"},
    {POST "Content-Length: 1073741824\r\nExpect: 100-continue\r\n\r\n", "413"},
    {POST "Expect: a-miracle\r\nContent-Length: 1\r\n\r\nx", "417"},
};

/* One refusal, the end of the connection, and nothing for a handler. */
static void test_framing(void)
{
    struct world world = {.handled = 0};
    begin(&world, 10);
    for (guint i = 0; i < G_N_ELEMENTS(hostile); i++) {
        g_autofree char *heard = plx_wire_ask(&world.server, hostile[i].text);
        g_autofree char *begins = g_strdup_printf("HTTP/1.1 %s ", hostile[i].status);
        if (!g_str_has_prefix(heard, begins) || strstr(heard + 1, "HTTP/1.1") ||
            !strstr(heard, "\r\nConnection: close\r\n"))
            g_error("to\n%s\nthe server said\n%s", hostile[i].text, heard);
        g_assert_cmpint(g_atomic_int_get(&world.handled), ==, 0);
    }
    plx_wire_end(&world.server);
}

/* Header by header without end. */
static void test_endless_head(void)
{
    struct world world = {.handled = 0};
    begin(&world, 10);
    g_autoptr(GString) text = g_string_new("GET / HTTP/1.1\r\nHost: x\r\n");
    for (guint i = 0; i < 65; i++)
        g_string_append(text, "X: y\r\n");
    g_string_append(text, "\r\n");
    g_autofree char *many = plx_wire_ask(&world.server, text->str);
    g_assert_true(g_str_has_prefix(many, "HTTP/1.1 431 "));
    g_autofree char *filler = g_strnfill(20000, 'y');
    g_autofree char *big = g_strdup_printf("GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", filler);
    g_autofree char *large = plx_wire_ask(&world.server, big);
    g_assert_true(g_str_has_prefix(large, "HTTP/1.1 431 "));
    g_autofree char *target = g_strdup_printf("GET /%.5000s HTTP/1.1\r\nHost: x\r\n\r\n", filler);
    g_autofree char *far = plx_wire_ask(&world.server, target);
    g_assert_true(g_str_has_prefix(far, "HTTP/1.1 414 "));
    g_assert_cmpint(g_atomic_int_get(&world.handled), ==, 0);
    plx_wire_end(&world.server);
}

/* Manners -------------------------------------------------------------------------------------- */

/* HEAD has the length and no body; what is pipelined behind it is read right. */
static void test_head(void)
{
    struct world world = {.handled = 0};
    begin(&world, 10);
    g_autofree char *all =
        plx_wire_ask(&world.server, "HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n"
                                    "GET /def HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const char *const second = strstr(all + 1, "HTTP/1.1 200 OK\r\n");
    g_assert_nonnull(strstr(all, "\r\nContent-Length: 4\r\n"));
    g_assert_true(second && strncmp(second - 4, "\r\n\r\n", 4) == 0);
    g_assert_null(strstr(all, "/abc"));
    g_assert_true(g_str_has_suffix(all, "\r\n\r\n/def"));
    plx_wire_end(&world.server);
}

/* Asked before the body; not asked in HTTP/1.0, or for no body. */
static void test_continue(void)
{
    static const char ends[] = "Connection: close\r\n\r\n";
    struct world world = {.handled = 0};
    begin(&world, 10);
    g_autoptr(GSocketConnection) c = plx_wire_join(&world.server);
    plx_wire_say(c, POST "Expect: 100-Continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
    g_autofree char *first = plx_wire_hear(c, "\r\n\r\n");
    g_assert_cmpstr(first, ==, "HTTP/1.1 100 Continue\r\n\r\n");
    plx_wire_say(c, "ab");
    g_autofree char *second = plx_wire_hear(c, NULL);
    g_assert_true(g_str_has_prefix(second, "HTTP/1.1 200 OK\r\n"));
    g_autofree char *none = g_strconcat(POST "Expect: 100-continue\r\n", ends, NULL);
    g_autofree char *empty = plx_wire_ask(&world.server, none);
    g_assert_true(g_str_has_prefix(empty, "HTTP/1.1 200 OK\r\n"));
    g_autofree char *old = plx_wire_ask(
        &world.server, "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab");
    g_assert_true(g_str_has_prefix(old, "HTTP/1.1 200 OK\r\n"));
    plx_wire_end(&world.server);
}

/* Slow ----------------------------------------------------------------------------------------- */

/* A byte now and then does not keep a connection: head and body have their time as a whole. */
static void drip(const struct world *world, const char *begins, const char *byte)
{
    g_autoptr(GSocketConnection) c = plx_wire_join(&world->server);
    GSocket *const socket = g_socket_connection_get_socket(c);
    plx_wire_say(c, begins);
    while (!(g_socket_condition_check(socket, G_IO_IN) & G_IO_IN)) {
        (void)g_socket_send(socket, byte, 1, NULL, NULL);
        g_usleep(20000);
    }
    g_autofree char *heard = plx_wire_hear(c, NULL);
    g_assert_true(g_str_has_prefix(heard, "HTTP/1.1 408 Request Timeout\r\n"));
}

static void test_slow(void)
{
    struct world world = {.handled = 0};
    begin(&world, 1);
    drip(&world, "GET / HTTP/1.1\r\nX: ", "y");
    drip(&world, POST "Content-Length: 1000\r\n\r\n", "z");
    drip(&world, CHUNKED "3e8\r\n", "z");
    g_assert_cmpint(g_atomic_int_get(&world.handled), ==, 0);
    plx_wire_end(&world.server);
}

/* Nor does a client that never takes its reply. */
static void test_slow_reader(void)
{
    struct world world = {.handled = 0};
    begin(&world, 1);
    g_autoptr(GSocketConnection) lazy = plx_wire_join(&world.server);
    const int small = 4096;
    setsockopt(g_socket_get_fd(g_socket_connection_get_socket(lazy)), SOL_SOCKET, SO_RCVBUF, &small,
               sizeof small);
    plx_wire_say(lazy, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *open = NULL;
    do {
        g_free(open);
        open = plx_wire_ask(&world.server,
                            "GET /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    } while (g_atomic_int_get(&world.handled) < 2 || !g_str_has_suffix(open, "\r\n\r\n1 open"));
    plx_wire_end(&world.server);
}

/* No descriptors ------------------------------------------------------------------------------- */

/* From now on no file can be opened until one is closed. What could be before. */
static struct rlimit take_descriptors(void)
{
    struct rlimit before;
    const int next = dup(STDIN_FILENO);
    g_assert_cmpint(next, >=, 0);
    g_assert_cmpint(close(next), ==, 0);
    g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &before), ==, 0);
    const struct rlimit none = {(rlim_t)next, before.rlim_max};
    g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &none), ==, 0);
    g_assert_cmpint(dup(STDIN_FILENO), ==, -1);
    return before;
}

static guint ask_rests(GSocketConnection *c)
{
    plx_wire_say(c, "GET /rests HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *heard = plx_wire_hear(c, ">");
    return (guint)g_ascii_strtoull(strchr(heard, '<') + 1, NULL, 10);
}

/* Who finds no descriptor waits, the server does not turn in circles meanwhile, and when somebody
 * leaves it is let in. */
static void test_descriptors(void)
{
    struct world world = {.handled = 0};
    begin(&world, 60);
    g_autoptr(GSocketConnection) inside = plx_wire_join(&world.server);
    g_assert_cmpuint(ask_rests(inside), ==, 0);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    g_autoptr(GSocketAddress) address =
        g_inet_socket_address_new_from_string("127.0.0.1", plx_http_port(world.server.http));
    const struct rlimit before = take_descriptors();
    g_assert_true(g_socket_connect(socket, address, NULL, NULL)); /* the system takes it */
    g_autoptr(GSocketConnection) outside = g_socket_connection_factory_create_connection(socket);
    plx_wire_say(outside, "GET /in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const gint64 began = g_get_monotonic_time();
    while (ask_rests(inside) < 3 && g_get_monotonic_time() < began + 30 * G_USEC_PER_SEC)
        g_usleep(1000);
    const guint rests = ask_rests(inside);
    g_assert_cmpuint(rests, >=, 3);
    g_assert_cmpuint(rests, <=, (guint)((g_get_monotonic_time() - began) / 100000 + 2));
    g_assert_true(g_io_stream_close(G_IO_STREAM(inside), NULL, NULL));
    g_autofree char *heard = plx_wire_hear(outside, NULL);
    g_assert_true(g_str_has_suffix(heard, "\r\n\r\n/in"));
    g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &before), ==, 0);
    plx_wire_end(&world.server);
}

/* Many ----------------------------------------------------------------------------------------- */

/* Files that a process may have open. */
static guint may_open(void)
{
    struct rlimit limit;
    g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    limit.rlim_cur = limit.rlim_max;
    g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    return (guint)MIN(limit.rlim_cur, 1 << 20);
}

/* In a process of their own, which has descriptors of its own: `n` who come and say nothing, one
 * who asks how many there are, and then each of them says something. */
static int be_idle(guint16 port, guint n)
{
    g_autoptr(GPtrArray) idle = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(idle, plx_wire_join_port(port));
    g_autofree char *open =
        plx_wire_ask_port(port, "GET /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_autofree char *all = g_strdup_printf("\r\n\r\n%u open", n + 1);
    g_assert_true(g_str_has_suffix(open, all));
    for (guint i = 0; i < n; i++) {
        plx_wire_say(idle->pdata[i], "GET /awake HTTP/1.1\r\nHost: x\r\n\r\n");
        g_autofree char *heard = plx_wire_hear(idle->pdata[i], "/awake");
        g_assert_true(g_str_has_suffix(heard, "\r\n\r\n/awake"));
    }
    return 0;
}

/* They cost others nothing, and each is served when it wakes up. */
static void test_idle(void)
{
    const guint n = MIN(may_open() - 100, g_test_slow() ? 10000 : 500);
    struct world world = {.handled = 0};
    g_autoptr(GError) error = NULL;
    int status = -1;
    g_assert_cmpuint(n, >=, 400);
    begin(&world, 60);
    g_autofree char *port = g_strdup_printf("%u", plx_http_port(world.server.http));
    g_autofree char *many = g_strdup_printf("%u", n);
    char *argv[] = {(char[]){"/proc/self/exe"}, (char[]){"idle"}, port, many, NULL};
    g_assert_true(g_spawn_sync(NULL, argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error));
    g_assert_no_error(error);
    g_assert_true(g_spawn_check_wait_status(status, &error));
    g_assert_cmpint(g_atomic_int_get(&world.handled), ==, (gint)n + 1);
    g_test_message("%u were idle", n);
    plx_wire_end(&world.server);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "idle") == 0)
        return be_idle((guint16)g_ascii_strtoull(argv[2], NULL, 10),
                       (guint)g_ascii_strtoull(argv[3], NULL, 10));
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hostile/framing", test_framing);
    g_test_add_func("/hostile/endless-head", test_endless_head);
    g_test_add_func("/hostile/head", test_head);
    g_test_add_func("/hostile/continue", test_continue);
    g_test_add_func("/hostile/slow", test_slow);
    g_test_add_func("/hostile/slow-reader", test_slow_reader);
    g_test_add_func("/hostile/descriptors", test_descriptors);
    g_test_add_func("/hostile/idle", test_idle);
    return g_test_run();
}
