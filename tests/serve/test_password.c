/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/password.h"

#include <sodium.h>
#include <string.h>

static void test_fits(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = plx_password_hash("Grüße aus dem Café", &error);
    g_autofree char *again = plx_password_hash("Grüße aus dem Café", &error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
    g_assert_cmpstr(hash, !=, again);
    g_assert_true(plx_password_fits(hash, "Grüße aus dem Café"));
    /* the same letters, accents apart from them, as another keyboard gives them */
    g_assert_true(plx_password_fits(hash, "Gru\xcc\x88\xc3\x9f"
                                          "e aus dem Cafe\xcc\x81"));
    g_assert_false(plx_password_fits(hash, "Grüße aus dem Cafe"));
    g_assert_false(plx_password_fits(hash, ""));
    g_assert_false(plx_password_fits(NULL, "Grüße aus dem Café"));
    g_assert_false(plx_password_fits("no hash", "Grüße aus dem Café"));
    g_assert_false(plx_password_is_old(hash));
}

/* Kept with other costs than those of today: known, and to be hashed again. */
static void test_old(void)
{
    char hash[crypto_pwhash_argon2id_STRBYTES];
    g_assert_cmpint(crypto_pwhash_argon2id_str(hash, "correct horse", 13, 1, 8192), ==, 0);
    g_assert_true(plx_password_fits(hash, "correct horse"));
    g_assert_true(plx_password_is_old(hash));
}

static const char *wrong_with(const char *password)
{
    const char *why = NULL;
    return plx_password_is_good(password, "anna@example.org", &why) ? NULL : why;
}

static void test_good(void)
{
    g_autofree char *longest = g_strnfill(PLX_PASSWORD_MAX, 'x');
    g_autofree char *longer = g_strnfill(PLX_PASSWORD_MAX + 1, 'x');
    static const char few[] = "account.new.short";
    static const char easy[] = "account.new.easy";
    static const char text[] = "account.new.long";
    longest[7] = 'y';
    longest[9] = 'z';
    g_assert_cmpstr(wrong_with("hop on the bus"), ==, NULL);
    g_assert_cmpstr(wrong_with("ÄÖÜäöüßéèêáà"), ==, NULL);
    g_assert_cmpstr(wrong_with(longest), ==, NULL);
    g_assert_cmpstr(wrong_with("elevenchars"), ==, few);
    g_assert_cmpstr(wrong_with("ÄÖÜäöüßéèêá"), ==, few);
    g_assert_cmpstr(wrong_with(""), ==, few);
    g_assert_cmpstr(wrong_with("aaaaaaaaaaaaaaa"), ==, easy);
    g_assert_cmpstr(wrong_with("1212121212121212"), ==, easy);
    g_assert_cmpstr(wrong_with("Anna@Example.org1"), ==, "account.new.name");
    g_assert_cmpstr(wrong_with(longer), ==, text);
    g_assert_cmpstr(wrong_with("latin1 \xe4\xf6\xfc is no text"), ==, text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add_func("/password/fits", test_fits);
    g_test_add_func("/password/old", test_old);
    g_test_add_func("/password/good", test_good);
    return g_test_run();
}
