/* SPDX-License-Identifier: GPL-3.0-or-later */
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
    g_test_add_func("/text/trouble/manual", test_manual);
    return g_test_run();
}
