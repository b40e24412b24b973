/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/outside.h"

#include "base/error.h"

static gboolean is(const char *text)
{
    struct plx_address address;
    g_assert_true(plx_address_parse(text, &address));
    return plx_outside_is(&address);
}

/* One of each registered block, its edges, and IPv4 in disguise. */
static void test_addresses(void)
{
    static const char *const inside[] = {"0.0.0.0",
                                         "0.1.2.3",
                                         "10.0.0.1",
                                         "100.64.0.1",
                                         "100.127.255.255",
                                         "127.0.0.1",
                                         "127.255.255.255",
                                         "169.254.169.254",
                                         "172.16.0.1",
                                         "172.31.255.255",
                                         "192.0.0.1",
                                         "192.0.2.1",
                                         "192.168.1.1",
                                         "198.18.0.1",
                                         "198.19.255.255",
                                         "198.51.100.7",
                                         "203.0.113.7",
                                         "224.0.0.1",
                                         "239.1.1.1",
                                         "240.0.0.1",
                                         "255.255.255.255",
                                         "::",
                                         "::1",
                                         "fc00::1",
                                         "fd12::1",
                                         "fe80::1",
                                         "ff02::1",
                                         "2001:db8::1",
                                         "2001::1",
                                         "3fff::1",
                                         "::ffff:10.0.0.1",
                                         "::ffff:127.0.0.1",
                                         "64:ff9b::a00:1",
                                         "2002:7f00:1::",
                                         "::127.0.0.1",
                                         "5f00::1"};
    static const char *const outside[] = {
        "1.1.1.1",          "9.255.255.255",  "11.0.0.0",      "100.63.255.255",  "100.128.0.0",
        "126.255.255.255",  "128.0.0.1",      "172.15.0.1",    "172.32.0.1",      "192.167.255.255",
        "198.17.255.255",   "198.20.0.0",     "223.255.255.1", "2606:4700::1111", "::ffff:8.8.8.8",
        "64:ff9b::808:808", "2002:808:808::", "2a00:1450::1"};
    for (guint i = 0; i < G_N_ELEMENTS(inside); i++)
        if (is(inside[i]))
            g_error("%s is inside", inside[i]);
    for (guint i = 0; i < G_N_ELEMENTS(outside); i++)
        if (!is(outside[i]))
            g_error("%s is outside", outside[i]);
}

static void test_urls(void)
{
    static const char *const wrong[] = {"",
                                        "example.org",
                                        "ftp://example.org/",
                                        "file:///etc/passwd",
                                        "https://",
                                        "https://a:b@x.org/",
                                        "https://u@x.org/",
                                        "https://x.org:0/",
                                        "https://x.org:70000/",
                                        "gopher://x",
                                        "javascript:alert(1)"};
    struct plx_outside_url parts;
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        if (plx_outside_parse(wrong[i], &parts, &error))
            g_error("%s is no URL for a webhook", wrong[i]);
        g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    }
    g_assert_true(plx_outside_parse("https://hooks.example.org/a?b=c", &parts, NULL));
    g_assert_true(parts.https);
    g_assert_cmpstr(parts.host, ==, "hooks.example.org");
    g_assert_cmpuint(parts.port, ==, 443);
    plx_outside_url_clear(&parts);
    g_assert_true(plx_outside_parse("http://[::1]:8080/x", &parts, NULL));
    g_assert_false(parts.https);
    g_assert_cmpstr(parts.host, ==, "::1");
    g_assert_cmpuint(parts.port, ==, 8080);
    plx_outside_url_clear(&parts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/outside/addresses", test_addresses);
    g_test_add_func("/outside/urls", test_urls);
    return g_test_run();
}
