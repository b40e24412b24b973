/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/csrf.h"

#include "store/ticket.h"

#include <sodium.h>
#include <string.h>

static void test_fits(void)
{
    char *const ticket = plx_ticket_new();
    char *const other = plx_ticket_new();
    g_autofree char *text = plx_csrf_text(ticket);
    g_autofree char *same = plx_csrf_text(ticket);
    g_autofree char *longer = g_strconcat(text, "0", NULL);
    g_assert_cmpuint(strspn(text, "0123456789abcdef"), ==, 64);
    g_assert_cmpstr(text, ==, same);
    g_assert_true(plx_csrf_fits(ticket, text));
    g_assert_false(plx_csrf_fits(other, text));
    g_assert_false(plx_csrf_fits(ticket, NULL));
    g_assert_false(plx_csrf_fits(ticket, ""));
    g_assert_false(plx_csrf_fits(ticket, longer));
    g_assert_false(plx_csrf_fits(ticket, ticket));
    text[63] = text[63] == '0' ? '1' : '0';
    g_assert_false(plx_csrf_fits(ticket, text));
    plx_ticket_free(ticket);
    plx_ticket_free(other);
}

/* python3: hashlib.blake2b(b"parallax csrf\0", key=b"a" * 43, digest_size=32) */
static void test_known(void)
{
    g_autofree char *ticket = g_strnfill(43, 'a');
    g_autofree char *text = plx_csrf_text(ticket);
    g_assert_cmpstr(text, ==, "0727dcf6386a0594a4ae9bb2a8736f2dfa6df3b8c7877c25015f9a44a4287582");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add_func("/csrf/fits", test_fits);
    g_test_add_func("/csrf/known", test_known);
    return g_test_run();
}
