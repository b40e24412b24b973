/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/http_head.h"

#include <string.h>

static guint read_text(const char *text, struct plx_http_head *head, const char **why)
{
    gsize used = 0;
    return plx_http_head_read(text, strlen(text), head, &used, why);
}

static void test_usual(void)
{
    static const char text[] = "POST /r/abc?step=2 HTTP/1.1\r\nHost: a.example:8080\r\n"
                               "Content-Length: 12\r\nX-Empty:\r\nCookie:  a=b \t\r\n\r\nlevel=3";
    struct plx_http_head head;
    const char *why = NULL;
    gsize used = 0;
    g_assert_cmpuint(plx_http_head_read(text, strlen(text), &head, &used, &why), ==, PLX_HTTP_READ);
    g_assert_cmpint(head.method, ==, PLX_HTTP_POST);
    g_assert_true(plx_http_slice_is(head.path, "/r/abc"));
    g_assert_true(plx_http_slice_is(head.query, "step=2"));
    g_assert_true(plx_http_slice_is(head.host, "a.example:8080"));
    g_assert_true(plx_http_slice_is(plx_http_head_value(&head, "cookie"), "a=b"));
    g_assert_true(plx_http_slice_is(plx_http_head_value(&head, "x-empty"), ""));
    g_assert_null(plx_http_head_value(&head, "accept").at);
    g_assert_cmpint(head.content_length, ==, 12);
    g_assert_true(head.keep_alive);
    g_assert_cmpstr(text + used, ==, "level=3");
}

/* Wherever it is cut, more is asked for. */
static void test_cut(void)
{
    static const char text[] = "GET / HTTP/1.1\r\nHost: a\r\nAccept: x\r\n\r\n";
    for (gsize length = 0; length < strlen(text); length++) {
        struct plx_http_head head;
        const char *why = NULL;
        gsize used;
        g_assert_cmpuint(plx_http_head_read(text, length, &head, &used, &why), ==, PLX_HTTP_MORE);
    }
}

/* Of a head that is refused one still knows how to say it. */
static void test_rest(void)
{
    static const char text[] = "GET /100% HTTP/1.1\r\nHost: a\r\nAccept-Language: de\r\n\r\n";
    static const char odd[] = "GET /100% HTTP/1.1\r\nHost: a\r\nAccept-Language : de\r\n\r\n";
    struct plx_http_head head;
    const char *why = NULL;
    g_assert_cmpuint(read_text(text, &head, &why), ==, 400);
    g_autofree char *rest = plx_http_head_read_rest(text, strlen(text), &head);
    g_assert_nonnull(rest);
    g_assert_true(plx_http_slice_is(plx_http_head_value(&head, "accept-language"), "de"));
    g_assert_null(plx_http_head_read_rest(odd, strlen(odd), &head));
    g_assert_null(plx_http_head_read_rest(text, strlen("GET /"), &head));
}

static void test_connection(void)
{
    struct plx_http_head head;
    const char *why = NULL;
    g_assert_cmpuint(read_text("GET / HTTP/1.0\r\n\r\n", &head, &why), ==, PLX_HTTP_READ);
    g_assert_false(head.keep_alive);
    g_assert_cmpuint(read_text("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", &head, &why), ==,
                     PLX_HTTP_READ);
    g_assert_true(head.keep_alive);
    g_assert_cmpuint(
        read_text("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n", &head, &why), ==,
        PLX_HTTP_READ);
    g_assert_false(head.keep_alive);
    g_assert_cmpuint(read_text("\r\nPUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n"
                               "Expect: 100-continue\r\n\r\n",
                               &head, &why),
                     ==, PLX_HTTP_READ);
    g_assert_true(head.chunked);
    g_assert_true(head.expects_continue);
}

#define WITH(fields) "GET / HTTP/1.1\r\nHost: a\r\n" fields "\r\n"

static void test_refused(void)
{
    static const struct {
        const char *text;
        guint status;
        const char *why;
    } all[] = {
        {"GET / HTTP/1.1\nHost: a\n\n", 400, "a line ends in LF without CR"},
        {"GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400, "a line ends in LF without CR"},
        {"GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", 400, "a CR stands alone"},
        {"GET / HTTP/1.1\r\n\r\n", 400, "there is no Host"},
        {WITH("Host: b\r\n"), 400, "there are two Host"},
        {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "Host is not a host"},
        {"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "Host is empty or too long"},
        {WITH("Content-Length: 3\r\nContent-Length: 3\r\n"), 400, "there are two Content-Length"},
        {WITH("Content-Length: 3, 3\r\n"), 400, "Content-Length is not a number"},
        {WITH("Content-Length: +3\r\n"), 400, "Content-Length is not a number"},
        {WITH("Content-Length: 0x3\r\n"), 400, "Content-Length is not a number"},
        {WITH("Content-Length: 9999999999999999999\r\n"), 400, "Content-Length is not a number"},
        {WITH("Content-Length:\r\n"), 400, "Content-Length is not a number"},
        {WITH("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400,
         "there are Content-Length and Transfer-Encoding"},
        {WITH("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400,
         "there are two Transfer-Encoding"},
        {WITH("Transfer-Encoding: gzip, chunked\r\n"), 501, "Transfer-Encoding is not chunked"},
        {"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
         "HTTP/1.0 has no Transfer-Encoding"},
        {WITH("X: a\r\n folded\r\n"), 400, "a header is folded over lines"},
        {WITH("Content-Length : 3\r\n"), 400, "the name of a header is not a token"},
        {WITH(": x\r\n"), 400, "a header has no name"},
        {WITH("nonsense\r\n"), 400, "a header has no name"},
        {WITH("X: a\x01z\r\n"), 400, "a header holds a control character"},
        {WITH("Expect: miracles\r\n"), 417, "what is expected is not known"},
        {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "the request line does not end in a version"},
        {"GET /\r\nHost: a\r\n\r\n", 400, "the request line is not METHOD TARGET VERSION"},
        {"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "the method is not a token"},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "the version is not HTTP/1.1 or HTTP/1.0"},
        {"GET / http/1.1\r\nHost: a\r\n\r\n", 400, "the request line does not end in a version"},
        {"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "the target is not a path"},
        {"GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "a segment of the path is \".\" or \"..\""},
        {"GET /a/%2e%2E HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "a segment of the path is \".\" or \"..\""},
        {"GET /. HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a segment of the path is \".\" or \"..\""},
        {"GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "the target hides a slash, a backslash or a NUL"},
        {"GET /a?b=%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "the target hides a slash, a backslash or a NUL"},
        {"GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "a percent sign in the target is not followed by two hex digits"},
        {"GET /a\"b HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "the target holds a character that must be encoded"},
        {"GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400,
         "the target holds a character that must be encoded"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        struct plx_http_head head;
        const char *why = "";
        const guint status = read_text(all[i].text, &head, &why);
        g_autofree char *shown = g_strescape(all[i].text, NULL);
        g_test_message("%s", shown);
        g_assert_cmpstr(why, ==, all[i].why);
        g_assert_cmpuint(status, ==, all[i].status);
    }
}

static void test_fine_paths(void)
{
    static const char *const paths[] = {"/a..b",  "/...",     "/.well-known/x",
                                        "/a%20b", "/?a=../b", "/a?b=%2f"};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        struct plx_http_head head;
        const char *why = "";
        g_autofree char *text = g_strdup_printf("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        g_assert_cmpuint(read_text(text, &head, &why), ==, PLX_HTTP_READ);
    }
}

static void test_limits(void)
{
    struct plx_http_head head;
    const char *why = "";
    g_autofree char *path = g_strnfill(PLX_HTTP_TARGET_MAX, 'a');
    g_autofree char *target = g_strdup_printf("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    g_assert_cmpuint(read_text(target, &head, &why), ==, 414);
    g_autoptr(GString) many = g_string_new("GET / HTTP/1.1\r\nHost: a\r\n");
    for (guint i = 0; i < PLX_HTTP_HEADERS_MAX; i++)
        g_string_append(many, "X: y\r\n");
    g_string_append(many, "\r\n");
    g_assert_cmpuint(read_text(many->str, &head, &why), ==, 431);
    g_assert_cmpstr(why, ==, "there are too many headers");
    g_autofree char *value = g_strnfill(PLX_HTTP_HEAD_MAX, 'a');
    g_autofree char *big = g_strdup_printf("GET / HTTP/1.1\r\nHost: a\r\nX: %s", value);
    g_assert_cmpuint(read_text(big, &head, &why), ==, 431);
    g_assert_cmpstr(why, ==, "the head is too long");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-head/usual", test_usual);
    g_test_add_func("/http-head/cut", test_cut);
    g_test_add_func("/http-head/rest", test_rest);
    g_test_add_func("/http-head/connection", test_connection);
    g_test_add_func("/http-head/refused", test_refused);
    g_test_add_func("/http-head/fine-paths", test_fine_paths);
    g_test_add_func("/http-head/limits", test_limits);
    return g_test_run();
}
