/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/http_body.h"

#include <string.h>

/* The body's content, given `step` bytes at a time; the status and how much was used. */
static guint take(const struct plx_http_head *head, guint64 most, const char *text, gsize step,
                  GByteArray *content, gsize *total)
{
    struct plx_http_body body;
    guint status = PLX_HTTP_MORE;
    const gsize length = strlen(text);
    if (!plx_http_body_init(&body, head, most))
        return 413;
    for (*total = 0; *total < length && status == PLX_HTTP_MORE;) {
        gsize used = 0;
        status =
            plx_http_body_take(&body, text + *total, MIN(step, length - *total), &used, content);
        *total += used;
    }
    return status;
}

static void check(const struct plx_http_head *head, guint64 most, const char *text, guint status,
                  const char *content, const char *rest)
{
    for (gsize step = 1; step <= strlen(text); step++) {
        g_autoptr(GByteArray) got = g_byte_array_new();
        gsize total = 0;
        g_assert_cmpuint(take(head, most, text, step, got, &total), ==, status);
        if (status != PLX_HTTP_READ)
            continue;
        g_assert_true(got->len == strlen(content) && memcmp(got->data, content, got->len) == 0);
        g_assert_cmpstr(text + total, ==, rest);
    }
}

static const struct plx_http_head chunked = {.chunked = TRUE, .content_length = -1};

static void test_length(void)
{
    const struct plx_http_head five = {.content_length = 5};
    check(&five, 5, "helloGET", PLX_HTTP_READ, "hello", "GET");
    check(&five, 5, "hell", PLX_HTTP_MORE, "", "");
    check(&five, 4, "hello", 413, "", "");
}

static void test_chunks(void)
{
    check(&chunked, 99, "5\r\nhello\r\n0\r\n\r\nGET", PLX_HTTP_READ, "hello", "GET");
    check(&chunked, 99, "3\r\nhel\r\n00000002\r\nlo\r\n0\r\n\r\n", PLX_HTTP_READ, "hello", "");
    check(&chunked, 99, "A\r\n0123456789\r\n0\r\n\r\n", PLX_HTTP_READ, "0123456789", "");
    check(&chunked, 99, "5\r\nhello\r\n", PLX_HTTP_MORE, "", "");
}

static void test_chunks_refused(void)
{
    static const char *const bad[] = {
        "\r\nhello",           "5\nhello\r\n",          "5;x=y\r\nhello\r\n",
        "000000005\r\nhello",  " 5\r\nhello\r\n",       "0x5\r\nhello\r\n",
        "-1\r\nhello\r\n",     "5\r\nhelloX\r\n",       "5\r\nhello\n0\r\n\r\n",
        "0\r\nTrailer: x\r\n", "5\r\nhello\r\n0\r\n\n", "5 \r\nhello\r\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        check(&chunked, 99, bad[i], 400, "", "");
    check(&chunked, 4, "5\r\nhello\r\n", 413, "", "");
    check(&chunked, 99, "ffffffff\r\n", 413, "", "");
    check(&chunked, 6, "4\r\nhell\r\n4\r\n", 413, "", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-body/length", test_length);
    g_test_add_func("/http-body/chunks", test_chunks);
    g_test_add_func("/http-body/chunks-refused", test_chunks_refused);
    return g_test_run();
}
