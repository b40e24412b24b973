/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/cookie.h"

#include <string.h>

#define T "abcdefghijklmnopqrstuvwxyz0123456789ABCDE-_"
#define U "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcde-_"

static void expect(const char *header, gboolean secure, const char *ticket)
{
    const struct plx_cookie_names names = plx_cookie_names_of(8340, secure);
    const struct plx_http_slice value =
        plx_cookie_read((struct plx_http_slice){header, (guint)strlen(header)}, &names);
    if (ticket)
        g_assert_true(plx_http_slice_is(value, ticket));
    else
        g_assert_null(value.at);
}

static void test_read(void)
{
    expect("plx-8340=" T, FALSE, T);
    expect("a=b; plx-8340=" T "; c=\"d e\"", FALSE, T);
    expect("a; ; =; plx-8340=" T, FALSE, T);
    expect("plx-8340=" T ";b=c", FALSE, T);
    expect("__Host-plx-8340=" T "; plx-8340=" U, TRUE, T);
    expect("__Host-plx-8340=" U "; plx-8340=" T, FALSE, T);
    expect("plx-8341=" U "; plx-8340=" T "; plx=" U, FALSE, T); /* others of this host */
    const struct plx_cookie_names names = plx_cookie_names_of(8340, FALSE);
    g_assert_null(plx_cookie_read((struct plx_http_slice){NULL, 0}, &names).at);
}

/* Two of them, or one that is not quite it: somebody else put it there. */
static void test_none(void)
{
    static const char *const headers[] = {
        "",
        ";",
        "plx-8340",
        "plx=" T,
        "plx-834=" T,
        "plx-83400=" T,
        "plx-form-8340=" T,
        "plx-8340=",
        "plx-8340=" T "x",
        "plx-8340=\"" T "\"",
        "PLX-8340=" T,
        "plx-8340 =" T,
        "plx-8340= " T,
        " ;xplx-8340=" T,
        "a=plx-8340=" T,
        "plx-8340=" T "; plx-8340=" T,
        "plx-8340=" T "; plx-8340=" U,
        "plx-8340=; plx-8340=" T,
        "plx-8340=" T ", plx-8340=" T,
        "__Host-plx-8340=" T,
        "  plx-8340=" T,
        "plx-8340=abcdefghijklmnopqrstuvwxyz0123456789ABCDE-%",
    };
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++)
        expect(headers[i], FALSE, NULL);
    expect("plx-8340=" T, TRUE, NULL);
    expect("__host-plx-8340=" T, TRUE, NULL);
    expect("__Host-plx-8340=" T "; __Host-plx-8340=" T, TRUE, NULL);
}

/* No two alike, of one server or of two. */
static void test_names(void)
{
    const struct plx_cookie_names plain = plx_cookie_names_of(80, FALSE);
    const struct plx_cookie_names secure = plx_cookie_names_of(65535, TRUE);
    static const char *const plain_names[] = {"plx-80", "plx-login-80", "plx-form-80",
                                              "plx-oidc-80"};
    static const char *const secure_names[] = {"__Host-plx-65535", "__Host-plx-login-65535",
                                               "__Host-plx-form-65535", "__Secure-plx-oidc-65535"};
    g_assert_false(plain.secure);
    g_assert_true(secure.secure);
    for (guint i = 0; i < PLX_COOKIES; i++) {
        g_assert_cmpstr(plain.of[i], ==, plain_names[i]);
        g_assert_cmpstr(secure.of[i], ==, secure_names[i]);
    }
}

static void test_set(void)
{
    const struct plx_cookie_names names = plx_cookie_names_of(8340, FALSE);
    const struct plx_cookie_names tls = plx_cookie_names_of(8340, TRUE);
    g_autofree char *plain = plx_cookie_set(&names, PLX_COOKIE_SESSION, T);
    g_autofree char *secure = plx_cookie_set(&tls, PLX_COOKIE_SESSION, T);
    g_autofree char *gone = plx_cookie_set(&tls, PLX_COOKIE_FORM, NULL);
    g_assert_cmpstr(plain, ==, "plx-8340=" T "; Path=/; HttpOnly; SameSite=Lax");
    g_assert_cmpstr(secure, ==, "__Host-plx-8340=" T "; Path=/; HttpOnly; SameSite=Lax; Secure");
    g_assert_cmpstr(gone, ==,
                    "__Host-plx-form-8340=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cookie/read", test_read);
    g_test_add_func("/cookie/none", test_none);
    g_test_add_func("/cookie/names", test_names);
    g_test_add_func("/cookie/set", test_set);
    return g_test_run();
}
