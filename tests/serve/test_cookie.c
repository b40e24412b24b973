/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/cookie.h"

#include <string.h>

#define T "abcdefghijklmnopqrstuvwxyz0123456789ABCDE-_"
#define U "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcde-_"

static void expect(const char *header, gboolean secure, const char *ticket)
{
    const struct plx_http_slice value =
        plx_cookie_read((struct plx_http_slice){header, (guint)strlen(header)}, secure);
    if (ticket)
        g_assert_true(plx_http_slice_is(value, ticket));
    else
        g_assert_null(value.at);
}

static void test_read(void)
{
    expect("plx=" T, FALSE, T);
    expect("a=b; plx=" T "; c=\"d e\"", FALSE, T);
    expect("a; ; =; plx=" T, FALSE, T);
    expect("plx=" T ";b=c", FALSE, T);
    expect("__Host-plx=" T "; plx=" U, TRUE, T);
    expect("__Host-plx=" U "; plx=" T, FALSE, T);
    g_assert_null(plx_cookie_read((struct plx_http_slice){NULL, 0}, FALSE).at);
}

/* Two of them, or one that is not quite it: somebody else put it there. */
static void test_none(void)
{
    static const char *const headers[] = {
        "",
        ";",
        "plx",
        "plx=",
        "plx=" T "x",
        "plx=\"" T "\"",
        "PLX=" T,
        "plx =" T,
        "plx= " T,
        " ;xplx=" T,
        "a=plx=" T,
        "plx=" T "; plx=" T,
        "plx=" T "; plx=" U,
        "plx=; plx=" T,
        "plx=" T ", plx=" T,
        "__Host-plx=" T,
        "  plx=" T,
        "plx=abcdefghijklmnopqrstuvwxyz0123456789ABCDE-%",
    };
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++)
        expect(headers[i], FALSE, NULL);
    expect("plx=" T, TRUE, NULL);
    expect("__host-plx=" T, TRUE, NULL);
    expect("__Host-plx=" T "; __Host-plx=" T, TRUE, NULL);
}

static void test_set(void)
{
    g_autofree char *plain = plx_cookie_set(T, FALSE);
    g_autofree char *secure = plx_cookie_set(T, TRUE);
    g_autofree char *gone = plx_cookie_set(NULL, TRUE);
    g_assert_cmpstr(plain, ==, "plx=" T "; Path=/; HttpOnly; SameSite=Lax");
    g_assert_cmpstr(secure, ==, "__Host-plx=" T "; Path=/; HttpOnly; SameSite=Lax; Secure");
    g_assert_cmpstr(gone, ==, "__Host-plx=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cookie/read", test_read);
    g_test_add_func("/cookie/none", test_none);
    g_test_add_func("/cookie/set", test_set);
    return g_test_run();
}
