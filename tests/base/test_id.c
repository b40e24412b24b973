/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/id.h"

#include <string.h>

static const struct {
    const char *title, *id;
} cases[] = {
    {"Seat comfort", "seat-comfort"},
    {"seat_comfort", "seat-comfort"},
    {"  -- Gate, location! --  ", "gate-location"},
    {"Cabin wifi (5 GHz)", "cabin-wifi-5-ghz"},
    {"Straße", "strasse"},
    {"STRASSE", "strasse"},
    {"Ａ１", "a1"},                  /* full-width forms: NFKC */
    {"ﬁne", "fine"},                 /* the fi ligature: NFKC */
    {"cafe\xCC\x81", "caf\xC3\xA9"}, /* combining acute is composed */
    {"Σίσυφος", "σίσυφοσ"},          /* casefold knows one sigma */
    {"हिन्दी", "हिन्दी"},              /* vowel signs and virama are marks: they stay */
    {"领取 包裹", "领取-包裹"},
    {"1½ hours", "11-2-hours"}, /* NFKC: 1 FRACTION-SLASH 2 */
    {"Don’t wait", "don-t-wait"},
    {"emoji 🙂 face", "emoji-face"},
};

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id = plx_id_new(cases[i].title, strlen(cases[i].title));
        g_assert_cmpstr(id, ==, cases[i].id);
        g_assert_true(plx_id_is(cases[i].id));
    }
}

static void test_nothing_left(void)
{
    g_assert_null(plx_id_new("", 0));
    g_assert_null(plx_id_new(" ★ – ", strlen(" ★ – ")));
    g_assert_null(plx_id_new("a\0b", 3));
    g_assert_null(plx_id_new("caf\xE9", 4));
    g_assert_false(plx_id_is("Seat"));
    g_assert_false(plx_id_is("-seat"));
    g_assert_false(plx_id_is(""));
}

/* sha256sum of 65 times "a" begins with 635361 (coreutils 9.1). */
static void test_long(void)
{
    char title[71];
    memset(title, 'a', 70);
    title[70] = 0;
    g_autofree char *exact = plx_id_new(title, 64);
    g_assert_cmpuint(strlen(exact), ==, 64);
    g_autofree char *id = plx_id_new(title, 65);
    g_assert_cmpuint(strlen(id), ==, 64);
    g_assert_cmpstr(id + 57, ==, "-635361");
    g_assert_cmpint(strncmp(id, title, 57), ==, 0);
}

/* Cut at a character, never inside one, and no "--" where the cut met a dash. */
static void test_long_boundaries(void)
{
    g_autoptr(GString) title = g_string_new(NULL);
    for (int i = 0; i < 40; i++)
        g_string_append(title, "é");
    g_autofree char *id = plx_id_new(title->str, title->len);
    g_assert_true(g_utf8_validate(id, -1, NULL));
    g_assert_cmpuint(strlen(id), ==, 56 + 7);

    g_string_assign(title, "");
    for (int i = 0; i < 56; i++)
        g_string_append_c(title, 'b');
    g_string_append(title, " tail that is cut away");
    g_autofree char *dashed = plx_id_new(title->str, title->len);
    g_assert_null(strstr(dashed, "--"));
    g_assert_cmpuint(strlen(dashed), ==, 56 + 7);
}

/* The id of an id is itself, over a walk through Unicode. */
static void test_idempotent(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int round = 0; round < 20000; round++) {
        g_autoptr(GString) title = g_string_new(NULL);
        int n = g_rand_int_range(random, 1, 30);
        for (int i = 0; i < n; i++) {
            gunichar c = (gunichar)g_rand_int_range(random, 32, 0x3000);
            if (g_unichar_isdefined(c))
                g_string_append_unichar(title, c);
        }
        g_autofree char *once = plx_id_new(title->str, title->len);
        if (!once)
            continue;
        g_autofree char *twice = plx_id_new(once, strlen(once));
        g_assert_cmpstr(once, ==, twice);
        g_assert_cmpuint(strlen(once), <=, PLX_ID_BYTES_MAX);
    }
}

static void test_spellings(void)
{
    static const struct {
        const char *texts, *picked;
    } written[] = {
        {"TOO SLOW|Too slow", "Too slow"},
        {"too slow|TOO SLOW", "too slow"},
        {"too slow|Too slow", "Too slow"},
        {"ÜBER|Über", "Über"},
        {"A|10", "10"}, /* digits do not shout */
        {"Too slow", "Too slow"},
        {"Too slow|too slow|Too slow!|too slow", "too slow"}, /* the most frequent */
        {"TOO SLOW|Too slow|TOO SLOW", "TOO SLOW"},           /* also when it shouts */
        {"TOO SLOW|too slow|Too slow|TOO SLOW|too slow|Too slow", "Too slow"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(written); i++) {
        g_auto(GStrv) split = g_strsplit(written[i].texts, "|", -1);
        g_autoptr(GPtrArray) texts = g_ptr_array_new();
        for (guint k = 0; split[k]; k++)
            g_ptr_array_add(texts, split[k]);
        g_assert_cmpstr(plx_id_pick_spelling(texts), ==, written[i].picked);
    }
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_assert_null(plx_id_pick_spelling(none));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/id/cases", test_cases);
    g_test_add_func("/id/nothing-left", test_nothing_left);
    g_test_add_func("/id/long", test_long);
    g_test_add_func("/id/long-boundaries", test_long_boundaries);
    g_test_add_func("/id/idempotent", test_idempotent);
    g_test_add_func("/id/spellings", test_spellings);
    return g_test_run();
}
