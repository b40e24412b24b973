/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/tokens.h"

#include "text/common.h"

#include <string.h>

/* Stems in order, common words in brackets. */
static char *words_of(const char *language, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_tokens) tokens = plx_tokens_new(language, &error);
    g_assert_no_error(error);
    g_autoptr(GArray) found = plx_tokens_read(tokens, text);
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const struct plx_token *const token = &g_array_index(found, struct plx_token, i);
        g_string_append_printf(out, token->common ? "%s(%s)" : "%s%s", i > 0 ? " " : "",
                               token->stem);
    }
    return g_string_free(out, FALSE);
}

static void test_sentences(void)
{
    static const struct {
        const char *language, *text, *words;
    } cases[] = {
        {"en", "Waiting at the till, waited too long!", "wait (at) (the) till wait too long"},
        {"en-GB", "I don’t know: 3.5 stars", "(i) don (t) know 3-5 star"},
        {"en", "Not friendly", "not friend"},
        {"de", "Die Wartezeiten an der Kasse sind zu lang.",
         "(die) wartezeit (an) (der) kass (sind) (zu) lang"},
        {"de-AT", "GRÖSSE, Größe", "gross gross"},
        {"fr", "L'attente à la caisse, c’est trop", "(l) attent (à) (la) caiss (c) (est) trop"},
        {"ja", "レジの待ち時間が長い", "レジ (の) 待ち時間 (が) 長い"},
        {"", "Waiting is waiting", "waiting is waiting"},
        {NULL, "Nur so", "nur so"},
        {"xx", "the queue", "the queue"},
        {"en", " ... !? ", ""},
        {"en", "", ""},
        {"en", "caf\xe9", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = words_of(cases[i].language, cases[i].text);
        g_assert_cmpstr(words, ==, cases[i].words);
    }
}

static void test_places(void)
{
    const char *const text = "Größe: d'accord";
    g_autoptr(plx_tokens) tokens = plx_tokens_new("fr", NULL);
    g_autoptr(GArray) found = plx_tokens_read(tokens, text);
    static const struct {
        guint start, length;
    } expected[] = {{0, 7}, {9, 1}, {11, 6}};
    g_assert_cmpuint(found->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < found->len; i++) {
        const struct plx_token *const token = &g_array_index(found, struct plx_token, i);
        g_assert_cmpuint(token->start, ==, expected[i].start);
        g_assert_cmpuint(token->length, ==, expected[i].length);
    }
}

/* What answers differ in is never common. */
static void test_common(void)
{
    static const char *const languages[] = {"en", "de", "fr", "es", "it", "nl", "pt"};
    static const char *const articles[] = {"the", "der", "le", "el", "il", "het", "os"};
    static const char *const denials[] = {"not", "nicht", "pas", "no", "non", "niet", "não"};
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_assert_true(plx_common_has(languages[i], articles[i]));
        g_assert_false(plx_common_has(languages[i], denials[i]));
    }
    g_assert_false(plx_common_has("fi", "the"));
    g_assert_false(plx_common_has("en", "th"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/tokens/sentences", test_sentences);
    g_test_add_func("/text/tokens/places", test_places);
    g_test_add_func("/text/tokens/common", test_common);
    return g_test_run();
}
