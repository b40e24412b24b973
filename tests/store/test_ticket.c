/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/ticket.h"

#include <sodium.h>
#include <string.h>

static void test_new(void)
{
    char *const one = plx_ticket_new();
    char *const two = plx_ticket_new();
    g_assert_true(plx_ticket_is(one, strlen(one)));
    g_assert_cmpstr(one, !=, two);
    plx_ticket_free(one);
    plx_ticket_free(two);
    plx_ticket_free(NULL);
}

static void test_is(void)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDE-_";
    static const char *const bad[] = {"",
                                      "a",
                                      "abcdefghijklmnopqrstuvwxyz0123456789ABCDE-",
                                      "abcdefghijklmnopqrstuvwxyz0123456789ABCDE-__",
                                      "abcdefghijklmnopqrstuvwxyz0123456789ABCDE-=",
                                      "abcdefghijklmnopqrstuvwxyz0123456789ABCDE+/",
                                      "abcdefghijklmnopqrstuvwxyz0123456789ABCD\xc3\xa4-"};
    g_assert_true(plx_ticket_is(good, strlen(good)));
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(plx_ticket_is(bad[i], strlen(bad[i])));
}

/* python3 hashlib.blake2b(b"abc", digest_size=32) */
static void test_hash(void)
{
    guint8 hash[PLX_TICKET_HASH];
    char hex[2 * PLX_TICKET_HASH + 1];
    plx_ticket_hash("abcd", 3, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    g_assert_cmpstr(hex, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add_func("/ticket/new", test_new);
    g_test_add_func("/ticket/is", test_is);
    g_test_add_func("/ticket/hash", test_hash);
    return g_test_run();
}
