/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/proxy.h"

#include <string.h>

/* Who `fields` say the client is, when `peer` brings them. */
static void is(const char *trusted, const char *peer, const char *fields, const char *client,
               gboolean https)
{
    struct plx_http_head head;
    struct plx_client found = {.https = !https};
    struct plx_address wanted;
    gsize used;
    const char *why;
    g_autofree char *text =
        g_strdup_printf("GET / HTTP/1.1\r\nHost: shop.example\r\n%s\r\n", fields);
    g_autoptr(plx_ranges) ranges = trusted ? plx_ranges_parse(trusted, NULL) : NULL;
    g_assert_cmpuint(plx_http_head_read(text, strlen(text), &head, &used, &why), ==, PLX_HTTP_READ);
    g_assert_true(plx_proxy_client(ranges, peer, &head, &found));
    g_assert_true(plx_address_parse(client, &wanted));
    g_assert_cmpint(memcmp(&found.address, &wanted, sizeof wanted), ==, 0);
    g_assert_cmpint(found.https, ==, https);
}

#define FOR "X-Forwarded-For: "
#define HTTPS "X-Forwarded-Proto: https\r\n"

static void test_untrusted(void)
{
    is(NULL, "192.0.2.1", FOR "203.0.113.9\r\n" HTTPS, "192.0.2.1", FALSE);
    is("10.0.0.1", "192.0.2.1", FOR "203.0.113.9\r\n" HTTPS, "192.0.2.1", FALSE);
}

static void test_trusted(void)
{
    is("10.0.0.1", "10.0.0.1", "", "10.0.0.1", FALSE);
    is("10.0.0.1", "10.0.0.1", FOR "203.0.113.9\r\n" HTTPS, "203.0.113.9", TRUE);
    is("10.0.0.1", "::ffff:10.0.0.1", FOR "2001:db8::9\r\nX-Forwarded-Proto: http\r\n",
       "2001:db8::9", FALSE);
    is("::1", "::1", FOR "203.0.113.9:4711\r\n", "203.0.113.9", FALSE);
    is("::1", "::1", FOR "[2001:db8::9]:4711\r\n", "2001:db8::9", FALSE);
}

/* What stands before the last that is no proxy of ours the client wrote. */
static void test_made_up(void)
{
    is("10.0.0.0/8", "10.0.0.1", FOR "1.1.1.1, 203.0.113.9\r\n", "203.0.113.9", FALSE);
    is("10.0.0.0/8", "10.0.0.1", FOR "1.1.1.1, 203.0.113.9 ,10.0.0.2\r\n", "203.0.113.9", FALSE);
    is("10.0.0.0/8", "10.0.0.1", FOR "1.1.1.1\r\n" FOR "203.0.113.9\r\n", "203.0.113.9", FALSE);
    is("10.0.0.0/8", "10.0.0.1", FOR "203.0.113.9\r\n" FOR "10.0.0.2\r\n", "203.0.113.9", FALSE);
    is("10.0.0.0/8", "10.0.0.1", FOR "10.0.0.3, 10.0.0.2\r\n", "10.0.0.3", FALSE);
    /* Nonsense ends it at the last that is known. */
    is("10.0.0.0/8", "10.0.0.1", FOR "203.0.113.9, unknown\r\n", "10.0.0.1", FALSE);
    is("10.0.0.0/8", "10.0.0.1", FOR "203.0.113.9, , 10.0.0.2\r\n", "10.0.0.2", FALSE);
    is("10.0.0.0/8", "10.0.0.1", FOR "\r\n", "10.0.0.1", FALSE);
    /* Two headers of a kind that has one word say nothing. */
    is("10.0.0.0/8", "10.0.0.1", HTTPS "X-Forwarded-Proto: http\r\n", "10.0.0.1", FALSE);
}

static void test_no_address(void)
{
    const struct plx_http_head head = {.n_fields = 0};
    struct plx_client client;
    g_assert_false(plx_proxy_client(NULL, "", &head, &client));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/proxy/untrusted", test_untrusted);
    g_test_add_func("/proxy/trusted", test_trusted);
    g_test_add_func("/proxy/made-up", test_made_up);
    g_test_add_func("/proxy/no-address", test_no_address);
    return g_test_run();
}
