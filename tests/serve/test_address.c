/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "serve/address.h"

#include <string.h>

static struct plx_address parse(const char *text)
{
    struct plx_address address;
    g_assert_true(plx_address_parse(text, &address));
    return address;
}

static gboolean same(const struct plx_address *a, const char *b)
{
    const struct plx_address other = parse(b);
    return memcmp(a, &other, sizeof other) == 0;
}

static void test_addresses(void)
{
    struct plx_address a;
    static const char *const none[] = {"",          "localhost", "1.2.3",    "1.2.3.4.5",
                                       "1.2.3.256", "::1%lo",    " 1.2.3.4", "1.2.3.4:80"};
    for (guint i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_false(plx_address_parse(none[i], &a));
    a = parse("::ffff:192.0.2.1");
    g_assert_true(plx_address_is_v4(&a) && same(&a, "192.0.2.1"));
    a = parse("127.1.2.3");
    g_assert_true(plx_address_is_loopback(&a));
    a = parse("::1");
    g_assert_true(plx_address_is_loopback(&a) && !plx_address_is_v4(&a));
    a = parse("128.0.0.1");
    g_assert_false(plx_address_is_loopback(&a));
    a = parse("::2");
    g_assert_false(plx_address_is_loopback(&a));
}

static void test_cut(void)
{
    struct plx_address a = parse("192.0.2.201");
    a = plx_address_cut(&a, 24, 48);
    g_assert_true(same(&a, "192.0.2.0"));
    a = parse("192.0.2.201");
    a = plx_address_cut(&a, 26, 48);
    g_assert_true(same(&a, "192.0.2.192"));
    a = parse("2001:db8:1:2:3:4:5:6");
    a = plx_address_cut(&a, 24, 48);
    g_assert_true(same(&a, "2001:db8:1::"));
    a = plx_address_cut(&a, 24, 0);
    g_assert_true(same(&a, "::"));
}

static gboolean have(const plx_ranges *ranges, const char *text)
{
    const struct plx_address address = parse(text);
    return plx_ranges_have(ranges, &address);
}

static void test_ranges(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_ranges) ranges =
        plx_ranges_parse("10.0.0.0/8, 192.0.2.1,2001:db8::/33,::1", &error);
    g_assert_no_error(error);
    g_assert_true(have(ranges, "10.255.0.1") && have(ranges, "192.0.2.1") && have(ranges, "::1"));
    g_assert_true(have(ranges, "::ffff:10.0.0.1") && have(ranges, "2001:db8:7fff::1"));
    g_assert_false(have(ranges, "11.0.0.1") || have(ranges, "192.0.2.2") || have(ranges, "::2"));
    g_assert_false(have(ranges, "2001:db8:8000::"));
    /* All of IPv4 is not all there is. */
    g_autoptr(plx_ranges) v4 = plx_ranges_parse("0.0.0.0/0", &error);
    g_assert_true(have(v4, "203.0.113.1") && !have(v4, "::1"));
}

static void test_ranges_refused(void)
{
    static const char *const none[] = {"",          "proxy",      "10.0.0.0/33",
                                       "10.0.0.0/", "10.0.0.1/8", "2001:db8::/129",
                                       "::1,",      "10.0.0.0/+8"};
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(plx_ranges_parse(none[i], &error));
        g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_ranges_parse("::1, 10.0.0.1/8", &error));
    g_assert_cmpstr(error->message, ==,
                    "\"10.0.0.1/8\" is not an address or a range such as 192.0.2.1 or 10.0.0.0/8");
}

static void test_listen(void)
{
    static const struct {
        const char *text, *address;
        guint16 port;
    } rows[] = {{"127.0.0.1:80", "127.0.0.1", 80},
                {"[::1]:8443", "::1", 8443},
                {":9000", "127.0.0.1", 9000},
                {"0.0.0.0", "0.0.0.0", 8080},
                {"::", "::", 8080},
                {"[::1]", "::1", 8080},
                {"127.0.0.1:0", "127.0.0.1", 0}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct plx_endpoint listen;
        g_autoptr(GError) error = NULL;
        g_assert_true(plx_endpoint_parse(rows[i].text, &listen, &error));
        g_assert_cmpstr(listen.address, ==, rows[i].address);
        g_assert_cmpuint(listen.port, ==, rows[i].port);
    }
}

static void test_listen_refused(void)
{
    static const char *const none[] = {"",      "8080",      "localhost:80",  "1.2.3.4:",
                                       "[::1",  "[::1]80",   "[1.2.3.4]:80",  "1.2.3.4:65536",
                                       "[::]:", "1.2.3.4:x", "http://1.2.3.4"};
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        struct plx_endpoint listen = {.port = 7};
        g_autoptr(GError) error = NULL;
        g_autofree char *message = g_strdup_printf(
            "\"%s\" is not ADDRESS:PORT such as 127.0.0.1:8080 or [::1]:8080", none[i]);
        g_assert_false(plx_endpoint_parse(none[i], &listen, &error));
        g_assert_cmpstr(error->message, ==, message);
        g_assert_cmpuint(listen.port, ==, 7);
    }
}

static void test_check(void)
{
    static const struct plx_endpoint here = {"127.0.0.1", 80}, all = {"0.0.0.0", 80},
                                     six = {"::", 1};
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_endpoint_check(&here, FALSE, FALSE, FALSE, NULL));
    g_assert_true(plx_endpoint_check(&all, TRUE, FALSE, FALSE, NULL));
    g_assert_true(plx_endpoint_check(&all, FALSE, TRUE, FALSE, NULL));
    g_assert_true(plx_endpoint_check(&six, FALSE, FALSE, TRUE, NULL));
    g_assert_false(plx_endpoint_check(&six, FALSE, FALSE, FALSE, NULL));
    g_assert_false(plx_endpoint_check(&all, FALSE, FALSE, FALSE, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    g_assert_cmpstr(error->message, ==,
                    "0.0.0.0 can be reached from other machines, and what people write there could "
                    "be read on its way: give --certificate and --key, or --proxy with the address "
                    "of a proxy that has TLS, or --insecure to listen there all the same");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/addresses", test_addresses);
    g_test_add_func("/address/cut", test_cut);
    g_test_add_func("/address/ranges", test_ranges);
    g_test_add_func("/address/ranges-refused", test_ranges_refused);
    g_test_add_func("/address/listen", test_listen);
    g_test_add_func("/address/listen-refused", test_listen_refused);
    g_test_add_func("/address/check", test_check);
    return g_test_run();
}
