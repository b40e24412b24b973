/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/reply.h"
#include "wire.h"

#include <jansson.h>
#include <string.h>
#include <zlib.h>

static const char style[] = "body{margin:0}", script[] = "'use strict';";

struct world {
    struct plx_wire_server server;
    GString *long_text;
};

static guint admit(const struct plx_http_head *head, guint64 *most, gpointer data)
{
    (void)head;
    (void)data;
    *most = 0;
    return 0;
}

static void send_page(plx_http_request *request, const struct world *world, gboolean bare)
{
    g_autofree char *hash = plx_reply_hash(style);
    const struct plx_page_reply page = {
        .status = bare ? 404 : 200,
        .html = bare ? g_string_new("<p>short") : g_string_new(world->long_text->str),
        .style = bare ? NULL : hash,
        .script = bare ? NULL : script,
        .cookie = bare ? NULL : "a=1; HttpOnly\r\nX-Evil: 1\n\nHTTP/1.1 200 OK"};
    plx_reply_page(request, &page);
}

static void send_asset(plx_http_request *request)
{
    g_autoptr(GBytes) body = g_bytes_new_static("body{}", 6);
    plx_reply_asset(request, "text/css", body, /* packed= */ NULL, "0123abcd");
}

static void handle(plx_http_request *request, gpointer data)
{
    const struct world *const world = data;
    const struct plx_http_slice path = plx_http_request_head(request)->path;
    if (plx_http_slice_is(path, "/page"))
        send_page(request, world, FALSE);
    else if (plx_http_slice_is(path, "/bare"))
        send_page(request, world, TRUE);
    else if (plx_http_slice_is(path, "/go"))
        plx_reply_redirect(request, "/f/\303\274?a=\"\r\nSet-Cookie: evil=1\r\n\r\n<script>",
                           "b=2\rX-Evil: 1");
    else if (plx_http_slice_is(path, "/json"))
        plx_reply_json(request, 201, g_string_new("{}"), NULL);
    else if (plx_http_slice_is(path, "/reading"))
        plx_reply_json(request, 200, g_string_new(world->long_text->str), "r7");
    else if (plx_http_slice_is(path, "/busy"))
        plx_reply_problem(request, 503, "The disk is full", "Say \"it\" again\n", 30);
    else
        send_asset(request);
}

static void begin(struct world *world)
{
    const struct plx_http_options options = {.admit = admit, .handle = handle, .data = world};
    world->long_text = g_string_new(NULL);
    for (guint i = 0; i < 500; i++)
        g_string_append_printf(world->long_text, "<p>line %u\n", i);
    plx_wire_begin(&world->server, &options);
}

static void end(struct world *world)
{
    plx_wire_end(&world->server);
    g_string_free(world->long_text, TRUE);
}

/* What is answered to a GET: its head, and at *body the rest. */
static char *get(const struct world *world, const char *path, const char *fields, GBytes **body)
{
    g_autoptr(GSocketConnection) c = plx_wire_join(&world->server);
    g_autofree char *text =
        g_strdup_printf("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", path, fields);
    GInputStream *const in = g_io_stream_get_input_stream(G_IO_STREAM(c));
    g_autoptr(GString) all = g_string_new(NULL);
    char part[4096];
    gssize n;
    plx_wire_say(c, text);
    while ((n = g_input_stream_read(in, part, sizeof part, NULL, NULL)) > 0)
        g_string_append_len(all, part, n);
    const char *const blank = strstr(all->str, "\r\n\r\n");
    g_assert_nonnull(blank);
    const gsize head = (gsize)(blank + 2 - all->str);
    if (body)
        *body = g_bytes_new(all->str + head + 2, all->len - head - 2);
    return g_strndup(all->str, head);
}

static void has(const char *head, const char *field)
{
    g_autofree char *whole = g_strdup_printf("\r\n%s\r\n", field);
    if (!strstr(head, whole))
        g_error("no \"%s\" in:\n%s", field, head);
}

static void has_safe(const char *head)
{
    has(head, "X-Content-Type-Options: nosniff");
    has(head, "Referrer-Policy: no-referrer");
    has(head, "Cross-Origin-Opener-Policy: same-origin");
    has(head, "Cross-Origin-Resource-Policy: same-origin");
    has(head, "Permissions-Policy: camera=(), geolocation=(), microphone=()");
}

static char *unpack(GBytes *packed)
{
    gsize size;
    char *text = g_malloc0(1 << 16);
    z_stream stream = {0};
    g_assert_cmpint(inflateInit2(&stream, 15 + 16), ==, Z_OK);
    stream.next_in = (Bytef *)(guintptr)g_bytes_get_data(packed, &size);
    stream.avail_in = (uInt)size;
    stream.next_out = (Bytef *)text;
    stream.avail_out = (1 << 16) - 1;
    g_assert_cmpint(inflate(&stream, Z_FINISH), ==, Z_STREAM_END);
    inflateEnd(&stream);
    return text;
}

/* SHA-256 of nothing (FIPS 180-4), and the example of the standard (Content Security Policy 3). */
static void test_hash(void)
{
    g_autofree char *empty = plx_reply_hash("");
    g_autofree char *some = plx_reply_hash("alert('Hello, world.');");
    g_assert_cmpstr(empty, ==, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    g_assert_cmpstr(some, ==, "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
}

static void test_page(void)
{
    struct world world;
    begin(&world);
    g_autoptr(GBytes) body = NULL;
    g_autofree char *head = get(&world, "/page", "Accept-Encoding: br, gzip\r\n", &body);
    g_autofree char *s = plx_reply_hash(style), *j = plx_reply_hash(script);
    g_autofree char *policy = g_strdup_printf(
        "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; img-src 'self' data:; style-src '%s'; script-src '%s'; "
        "connect-src 'self'",
        s, j);
    g_assert_true(g_str_has_prefix(head, "HTTP/1.1 200 OK\r\n"));
    has(head, policy);
    has(head, "Content-Type: text/html; charset=utf-8");
    has(head, "Cache-Control: no-store");
    has(head, "Content-Encoding: gzip");
    has(head, "Vary: Accept-Encoding");
    has_safe(head);
    g_autofree char *text = unpack(body);
    g_assert_cmpstr(text, ==, world.long_text->str);
    g_assert_cmpuint(g_bytes_get_size(body), <, world.long_text->len / 2);
    g_autofree char *plain = get(&world, "/bare", "Accept-Encoding: gzip\r\n", NULL);
    g_assert_true(g_str_has_prefix(plain, "HTTP/1.1 404 Not Found\r\n"));
    has(plain, "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'self'; "
               "frame-ancestors 'none'; img-src 'self' data:");
    g_assert_null(strstr(plain, "Content-Encoding")); /* it is short */
    g_assert_null(strstr(plain, "Set-Cookie"));
    g_assert_null(strstr(plain, "unsafe"));
    end(&world);
}

/* Whatever stands in a Location or a cookie, it begins no header and no reply. */
static void test_injection(void)
{
    struct world world;
    begin(&world);
    g_autoptr(GBytes) body = NULL;
    g_autofree char *go = get(&world, "/go", "", &body);
    g_assert_true(g_str_has_prefix(go, "HTTP/1.1 303 See Other\r\n"));
    has(go, "Location: /f/%C3%BC?a=\"%0D%0ASet-Cookie: evil=1%0D%0A%0D%0A<script>");
    has(go, "Set-Cookie: b=2%0DX-Evil: 1");
    has_safe(go);
    g_assert_null(strstr(go, "\r\nSet-Cookie: evil"));
    g_assert_null(strstr(go, "\r\nX-Evil"));
    g_assert_cmpuint(g_bytes_get_size(body), ==, 0);
    g_autofree char *page = get(&world, "/page", "", NULL);
    has(page, "Set-Cookie: a=1; HttpOnly%0D%0AX-Evil: 1%0A%0AHTTP/1.1 200 OK");
    end(&world);
}

static void test_gzip(void)
{
    static const struct {
        const char *accept;
        gboolean takes;
    } rows[] = {
        {"gzip", TRUE},      {"GZIP", TRUE},           {"*", TRUE},   {"br;q=1, gzip;q=0.1", TRUE},
        {"gzip;q=0", FALSE}, {"gzip; q=0.000", FALSE}, {"br", FALSE}, {"xgzip", FALSE},
        {"", FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct plx_http_head head;
        gsize used;
        const char *why;
        g_autofree char *text = g_strdup_printf(
            "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: %s\r\n\r\n", rows[i].accept);
        g_assert_cmpuint(plx_http_head_read(text, strlen(text), &head, &used, &why), ==, 200);
        g_assert_cmpint(plx_reply_takes_gzip(&head), ==, rows[i].takes);
    }
    const struct plx_http_head none = {.n_fields = 0};
    g_assert_false(plx_reply_takes_gzip(&none));
}

/* The client that has it gets nothing but that. */
static void test_known(void)
{
    static const struct {
        const char *path, *known;
        guint status;
    } rows[] = {{"/asset", "\"0123abcd\"", 304},
                {"/asset", "W/\"0123abcd\"", 304},
                {"/asset", "\"x\", \"0123abcd\"", 304},
                {"/asset", "*", 304},
                {"/asset", "\"0123abc\"", 200},
                {"/asset", "0123abcd", 200},
                {"/reading", "\"r7\"", 304},
                {"/reading", "\"r8\"", 200}};
    struct world world;
    begin(&world);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GBytes) body = NULL;
        g_autofree char *fields = g_strdup_printf("If-None-Match: %s\r\n", rows[i].known);
        g_autofree char *head = get(&world, rows[i].path, fields, &body);
        g_autofree char *begins = g_strdup_printf("HTTP/1.1 %u ", rows[i].status);
        g_assert_true(g_str_has_prefix(head, begins));
        g_assert_cmpint(g_bytes_get_size(body) == 0, ==, rows[i].status == 304);
        has(head, rows[i].path[1] == 'a' ? "ETag: \"0123abcd\"" : "ETag: \"r7\"");
        has(head, rows[i].path[1] == 'a' ? "Cache-Control: public, max-age=31536000, immutable"
                                         : "Cache-Control: no-cache");
    }
    end(&world);
}

static void test_json(void)
{
    struct world world;
    begin(&world);
    g_autoptr(GBytes) body = NULL;
    g_autofree char *head = get(&world, "/json", "", &body);
    g_assert_true(g_str_has_prefix(head, "HTTP/1.1 201 Created\r\n"));
    has(head, "Content-Type: application/json");
    has(head, "Cache-Control: no-store");
    has_safe(head);
    g_assert_null(strstr(head, "ETag"));
    g_assert_cmpuint(g_bytes_get_size(body), ==, 2);
    end(&world);
}

/* RFC 9457. */
static void test_problem(void)
{
    struct world world;
    begin(&world);
    g_autoptr(GBytes) body = NULL;
    g_autofree char *head = get(&world, "/busy", "", &body);
    gsize size;
    const char *const text = g_bytes_get_data(body, &size);
    json_t *problem = json_loadb(text, size, 0, NULL);
    g_assert_true(g_str_has_prefix(head, "HTTP/1.1 503 Service Unavailable\r\n"));
    has(head, "Content-Type: application/problem+json");
    has(head, "Retry-After: 30");
    has_safe(head);
    g_assert_cmpstr(json_string_value(json_object_get(problem, "title")), ==, "The disk is full");
    g_assert_cmpint(json_integer_value(json_object_get(problem, "status")), ==, 503);
    g_assert_cmpstr(json_string_value(json_object_get(problem, "detail")), ==,
                    "Say \"it\" again\n");
    json_decref(problem);
    end(&world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reply/hash", test_hash);
    g_test_add_func("/reply/page", test_page);
    g_test_add_func("/reply/injection", test_injection);
    g_test_add_func("/reply/gzip", test_gzip);
    g_test_add_func("/reply/known", test_known);
    g_test_add_func("/reply/json", test_json);
    g_test_add_func("/reply/problem", test_problem);
    return g_test_run();
}
