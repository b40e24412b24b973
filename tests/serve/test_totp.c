/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/totp.h"

#include <sodium.h>
#include <string.h>

/* The key of both RFCs. */
static const guint8 key[] = "12345678901234567890";
#define KEY_TEXT "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* python3 base64.b32encode */

/* RFC 4226 (2005), appendix D: counters 0 to 9. */
static void test_hotp(void)
{
    static const guint32 codes[] = {755224, 287082, 359152, 969429, 338314,
                                    254676, 287922, 162583, 399871, 520489};
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
        g_assert_cmpuint(plx_hotp(key, i, 6), ==, codes[i]);
}

/* RFC 6238 (2011), appendix B: SHA-1, eight digits. */
static void test_totp(void)
{
    static const struct {
        gint64 time;
        guint32 code;
    } vectors[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                   {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
    for (guint i = 0; i < G_N_ELEMENTS(vectors); i++) {
        gint64 step = -1;
        const guint64 counter = (guint64)(vectors[i].time / PLX_TOTP_SECONDS);
        g_autofree char *six = g_strdup_printf("%06u", vectors[i].code % 1000000);
        g_assert_cmpuint(plx_hotp(key, counter, 8), ==, vectors[i].code);
        g_assert_true(plx_totp_fits(key, six, vectors[i].time, -1, &step));
        g_assert_cmpint(step, ==, (gint64)counter);
    }
}

static gboolean fits(const char *code, gint64 now, gint64 last)
{
    gint64 step = 77;
    const gboolean is = plx_totp_fits(key, code, now, last, &step);
    g_assert_true(is == (step != 77));
    return is;
}

/* 30 seconds early and late, never twice, and nothing else. */
static void test_fits(void)
{
    g_assert_true(fits("287082", 59, -1)); /* step 1 */
    g_assert_true(fits("287 082", 59, -1));
    g_assert_true(fits("287082", 29, -1));
    g_assert_true(fits("287082", 89, -1));
    g_assert_false(fits("287082", 90, -1));
    g_assert_true(fits("287082", 59, 0));
    g_assert_false(fits("287082", 59, 1));
    g_assert_true(fits("359152", 59, 1)); /* step 2, early */
    g_assert_false(fits("287083", 59, -1));
    g_assert_false(fits("", 59, -1));
    g_assert_false(fits("28708", 59, -1));
    g_assert_false(fits("2870820", 59, -1));
    g_assert_false(fits("28708x", 59, -1));
    g_assert_false(fits("\xd9\xa2"
                        "87082",
                        59, -1));
}

static void test_text(void)
{
    guint8 read[PLX_TOTP_BYTES], other[PLX_TOTP_BYTES];
    g_autofree char *text = plx_totp_text(key);
    g_autofree char *url = plx_totp_url(key, "anna+x@example.org");
    g_assert_cmpstr(text, ==, KEY_TEXT);
    g_assert_cmpstr(url, ==,
                    "otpauth://totp/Parallax:anna%2Bx%40example.org?secret=" KEY_TEXT
                    "&issuer=Parallax");
    g_assert_true(plx_totp_read(text, read));
    g_assert_true(memcmp(read, key, sizeof read) == 0);
    g_assert_false(plx_totp_read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ", read));
    g_assert_false(plx_totp_read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", read));
    g_assert_false(plx_totp_read("", read));
    for (guint i = 0; i < 100; i++) {
        plx_totp_new(read);
        g_autofree char *made = plx_totp_text(read);
        g_assert_true(plx_totp_read(made, other));
        g_assert_true(memcmp(read, other, sizeof read) == 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add_func("/totp/hotp", test_hotp);
    g_test_add_func("/totp/totp", test_totp);
    g_test_add_func("/totp/fits", test_fits);
    g_test_add_func("/totp/text", test_text);
    return g_test_run();
}
