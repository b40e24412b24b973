/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/tokens.h"
#include "text/trouble.h"

#include <string.h>

#define WAIT PLX_TROUBLE_WAITING
#define AGAIN PLX_TROUBLE_REPEATING

static guint find(const char *language, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trouble) trouble = plx_trouble_new(language, &error);
    g_assert_no_error(error);
    return plx_trouble_find(trouble, text);
}

static void test_sentences(void)
{
    static const struct {
        const char *language, *text;
        guint found;
    } cases[] = {
        {"en", "I waited for an hour.", WAIT},
        {"en", "Had to type my card number TWICE", AGAIN},
        {"en", "Waiting, and then it asked me again", WAIT | AGAIN},
        {"en", "Put on hold. On the shelf", WAIT},
        {"en", "It lies on the hold", 0},
        {"en", "Two taps and done.", 0},
        {"en", "no queue at all", WAIT},
        {"de-AT", "Ich habe gewartet und musste alles noch einmal eingeben.", WAIT | AGAIN},
        {"de", "Noch nie ging es einmal so gut", 0},
        {"fr", "Deux heures d’attente, et de nouveau rien", WAIT | AGAIN},
        {"es", "Esperamos en la cola otra vez", WAIT | AGAIN},
        {"it", "Un'altra volta in ritardo", WAIT | AGAIN},
        {"nl", "Het pakket was te laat, opnieuw", WAIT | AGAIN},
        {"pt", "Tive de repetir tudo e a demora foi grande", WAIT | AGAIN},
        {"fi", "again again", 0},
        {"", "again", 0},
        {NULL, "again", 0},
        {"en", "", 0},
        {"en", "again \xff", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const guint found = find(cases[i].language, cases[i].text);
        if (found != cases[i].found)
            g_error("%s: %u", cases[i].text, found);
    }
}

/* Every entry of every list finds itself, and only as what it is listed as. */
static void test_lists(void)
{
    static const char *const languages[] = {"de", "en", "es", "fr", "it", "nl", "pt"};
    static const enum plx_trouble_kind kinds[] = {WAIT, AGAIN};
    for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
        g_assert_true(plx_trouble_knows(languages[l]));
        for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
            g_auto(GStrv) words = g_strsplit(plx_trouble_words(languages[l], kinds[k]), ", ", -1);
            g_assert_cmpuint(g_strv_length(words), >=, 10);
            for (char **word = words; *word; word++)
                if (find(languages[l], *word) != kinds[k])
                    g_error("%s: %s", languages[l], *word);
        }
    }
    g_assert_false(plx_trouble_knows("fi"));
    g_assert_false(plx_trouble_knows("eng"));
    g_assert_false(plx_trouble_knows(NULL));
    g_assert_null(plx_trouble_words("fi", WAIT));
}

/* The same found the long way: every word of the text, every entry of the list. */
static guint find_naively(plx_tokens *tokens, const char *language, const char *text)
{
    static const enum plx_trouble_kind kinds[] = {WAIT, AGAIN};
    g_autoptr(GArray) words = plx_tokens_read(tokens, text);
    guint found = 0;
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        g_auto(GStrv) list = g_strsplit(plx_trouble_words(language, kinds[k]), ", ", -1);
        for (char **entry = list; *entry; entry++) {
            g_autoptr(GArray) phrase = plx_tokens_read(tokens, *entry);
            for (guint at = 0; at + phrase->len <= words->len; at++) {
                guint same = 0;
                while (same < phrase->len &&
                       strcmp(g_array_index(phrase, struct plx_token, same).stem,
                              g_array_index(words, struct plx_token, at + same).stem) == 0)
                    same++;
                found |= same == phrase->len ? kinds[k] : 0;
            }
        }
    }
    return found;
}

/* Pieces of texts are remembered: no text may be told from another, whatever stands around. Among
 * the parts are what joins words or stands alone in Unicode: marks, joiners, flags, apostrophes,
 * scripts without spaces. */
static void test_pieces(void)
{
    static const char *const parts[] = {
        "wait",
        "waiting",
        "Again",
        "second",
        "time",
        "on",
        "hold",
        "over",
        "and",
        "slow",
        "three",
        "times",
        " ",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\t",
        "\r\n",
        "\xc2\xa0",
        "\xe3\x80\x80",
        ".",
        ",",
        "'",
        "\u2019",
        "\"",
        "-",
        "_",
        ":",
        "\u0301",
        "\u200d",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\U0001f1f3",
        "\U0001f1f4",
        "\u2764",
        "\U0001f44d",
        "\u0e23\u0e2d",
        "\u5f85",
        "\u3061",
        "\u30ab",
        "\u05d0",
        "\u0627",
        "\uac00",
        "1",
        "000",
        "3rd",
        "\u1100",
        "\u1161",
        "\u0e33",
        "\u3099",
        "\u2028",
        "a-very-long-piece-that-is-longer-than-what-is-remembered-of-pieces-wait-again"};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trouble) trouble = plx_trouble_new("en", &error);
    g_autoptr(plx_tokens) tokens = plx_tokens_new("en", &error);
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    g_autoptr(GString) text = g_string_new(NULL);
    guint some = 0;
    g_assert_no_error(error);
    for (guint i = 0; i < 3000; i++) {
        g_string_truncate(text, 0);
        for (gint n = g_rand_int_range(random, 1, 16); n > 0; n--)
            g_string_append(text, parts[g_rand_int_range(random, 0, G_N_ELEMENTS(parts))]);
        const guint expected = find_naively(tokens, "en", text->str);
        const guint found = plx_trouble_find(trouble, text->str);
        if (found != expected)
            g_error("\"%s\": %u instead of %u", text->str, found, expected);
        some += found != 0;
    }
    g_assert_cmpuint(some, >, 300);
    g_assert_cmpuint(some, <, 2700);
}

/* More pieces than are remembered at once. */
static void test_many_pieces(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trouble) trouble = plx_trouble_new("en", &error);
    g_assert_no_error(error);
    for (guint i = 0; i < 140000; i++) {
        char text[40];
        g_snprintf(text, sizeof text, "%s n%u", i % 2 ? "again" : "once", i);
        g_assert_cmpuint(plx_trouble_find(trouble, text), ==, i % 2 ? AGAIN : 0);
    }
}

/* People find the very lists in the manual. */
static void test_manual(void)
{
    static const char *const languages[] = {"de", "en", "es", "fr", "it", "nl", "pt"};
    g_autoptr(GError) error = NULL;
    g_autofree char *page = NULL;
    g_file_get_contents(DOCS_DIR "/methods/friction.md", &page, NULL, &error);
    g_assert_no_error(error);
    for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
        g_autofree char *row = g_strdup_printf("\n| %s | %s | %s |\n", languages[l],
                                               plx_trouble_words(languages[l], WAIT),
                                               plx_trouble_words(languages[l], AGAIN));
        g_assert_nonnull(strstr(page, row));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/trouble/sentences", test_sentences);
    g_test_add_func("/text/trouble/lists", test_lists);
    g_test_add_func("/text/trouble/pieces", test_pieces);
    g_test_add_func("/text/trouble/many-pieces", test_many_pieces);
    g_test_add_func("/text/trouble/manual", test_manual);
    return g_test_run();
}
