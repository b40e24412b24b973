/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pages say: the catalogues agree, texts are filled, and readers get the language they wish.
 * The catalogues are read here once more, by other means, as the files they are. */

#include "serve/texts.h"

#include "map/scale.h"

#include <string.h>

/* The lines of src/serve/texts/LANGUAGE.txt, "key = text" each. */
static GPtrArray *read_lines(const char *folder, const char *language)
{
    g_autofree char *name = g_strdup_printf("%s/%s.txt", folder, language);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(name, &text, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_utf8_validate(text, -1, NULL));
    g_assert_true(g_str_has_suffix(text, "\n"));
    GPtrArray *const lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) all = g_strsplit(text, "\n", -1);
    for (guint i = 0; all[i]; i++)
        if (*all[i] && *all[i] != '#')
            g_ptr_array_add(lines, g_strdup(all[i]));
    return lines;
}

static char *key_of(const char *line)
{
    const char *const equals = strstr(line, " = ");
    if (!equals)
        g_error("no text: %s", line);
    return g_strndup(line, (gsize)(equals - line));
}

/* A bit for each of {0} ... {9}. Any other brace is a mistake. */
static guint places_of(const char *text)
{
    guint places = 0;
    for (const char *at = text; (at = strpbrk(at, "{}")) != NULL; at += 3) {
        if (at[0] != '{' || !g_ascii_isdigit(at[1]) || at[2] != '}')
            g_error("a brace that is no place: %s", text);
        places |= 1u << (at[1] - '0');
    }
    return places;
}

static void test_catalogues(gconstpointer folder)
{
    g_autoptr(GPtrArray) english = read_lines(folder, "en");
    g_assert_cmpuint(english->len, >, 100);
    const char *const *const languages = plx_texts_languages();
    for (guint l = 0; languages[l]; l++) {
        g_autoptr(GPtrArray) lines = read_lines(folder, languages[l]);
        for (guint i = 0; i < lines->len && i < english->len; i++) {
            g_autofree char *key = key_of(lines->pdata[i]);
            g_autofree char *expected = key_of(english->pdata[i]);
            const char *const text = (const char *)lines->pdata[i] + strlen(key) + 3;
            g_assert_cmpstr(key, ==, expected); /* the same keys in the same order */
            g_assert_cmpstr(plx_texts(languages[l], key), ==, text); /* none twice, all embedded */
            g_assert_true(*text != '\0' && !g_ascii_isspace(text[strlen(text) - 1]));
            if (places_of(text) != places_of(plx_texts("en", key)))
                g_error("%s: %s has not the places of the English text", languages[l], key);
        }
        g_assert_cmpuint(lines->len, ==, english->len);
    }
}

/* What is read as a sentence differs from language to language. */
static void test_translated(void)
{
    const char *const *const languages = plx_texts_languages();
    const char *const keys[] = {"level.1", "form.next", "form.whole.about", "link.closed"};
    for (guint k = 0; k < G_N_ELEMENTS(keys); k++)
        for (guint a = 0; languages[a]; a++)
            for (guint b = 0; b < a; b++)
                g_assert_cmpstr(plx_texts(languages[a], keys[k]), !=,
                                plx_texts(languages[b], keys[k]));
}

/* The English sentences and words of the six levels are those of the scale. */
static void test_levels(void)
{
    struct plx_scale *const scale = plx_scale_new_six_levels();
    for (guint i = 0; i < plx_scale_width(scale); i++) {
        g_autofree char *sentence = g_strdup_printf("level.%u", i + 1);
        g_autofree char *word = g_strdup_printf("word.%u", i + 1);
        g_assert_cmpstr(plx_texts("en", sentence), ==, scale->sentences[i]);
        g_assert_cmpstr(plx_texts("en", word), ==, scale->words[i]);
    }
    plx_scale_free(scale);
}

static void test_languages(void)
{
    g_assert_cmpstr(plx_texts("en", "form.next"), ==, "Next");
    g_assert_cmpstr(plx_texts("de", "form.next"), ==, "Weiter");
    g_assert_cmpstr(plx_texts("de-AT", "form.next"), ==, "Weiter");
    g_assert_cmpstr(plx_texts("DE", "form.next"), ==, "Weiter");
    g_assert_cmpstr(plx_texts("den", "form.next"), ==, "Next"); /* Slave, no kind of German */
    g_assert_cmpstr(plx_texts("it", "form.next"), ==, "Next");
    g_assert_null(plx_texts("de", "form.nothing"));
    g_assert_cmpstr(plx_texts_name("de"), ==, "Deutsch");
    g_assert_cmpstr(plx_texts_name("fr-CA"), ==, "Français");
    g_assert_cmpstr(plx_texts_name("it"), ==, "it");
    g_assert_cmpstr(plx_texts_direction("ar"), ==, "rtl");
    g_assert_cmpstr(plx_texts_direction("ar-EG"), ==, "rtl");
    g_assert_cmpstr(plx_texts_direction("he"), ==, "rtl");
    g_assert_cmpstr(plx_texts_direction("arn"), ==, "ltr"); /* Mapudungun */
    g_assert_cmpstr(plx_texts_direction("zh"), ==, "ltr");
}

static void check_fill(char *filled, const char *expected)
{
    g_assert_cmpstr(filled, ==, expected);
    g_free(filled);
}

/* Days as their readers write them; 2026-02-01 is day 20485. */
static void test_days(void)
{
    static const char *const days[][3] = {{"en", "1 February 2026", "February 2026"},
                                          {"de", "1. Februar 2026", "Februar 2026"},
                                          {"es", "1 de febrero de 2026", "febrero de 2026"},
                                          {"zh", "2026 年 2 月 1 日", "2026 年 2 月"}};
    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        check_fill(plx_texts_day(days[i][0], 20485), days[i][1]);
        check_fill(plx_texts_month(days[i][0], 20485), days[i][2]);
    }
}

static void test_fill(void)
{
    check_fill(plx_texts_fill("en", "form.progress", "2", "7", NULL), "2 of 7");
    check_fill(plx_texts_fill("de", "form.progress", "2", "7", NULL), "2 von 7");
    check_fill(plx_texts_fill("en", "form.progress", "{1}", "7", NULL), "{1} of 7");
    check_fill(plx_texts_fill("en", "form.progress", "2", NULL), "2 of {1}");
    check_fill(plx_texts_fill("en", "form.progress", NULL), "{0} of {1}");
    check_fill(plx_texts_fill("en", "form.next", "2", NULL), "Next");
}

static void test_choose(void)
{
    static const char *const none[] = {"fr", "de", NULL};
    static const char *const kinds[] = {"en", "zh-Hant", "zh", "de-CH", NULL};
    static const struct {
        const char *accept, *chosen;
    } rows[] = {
        {NULL, "en"},
        {"", "en"},
        {"de", "de"},
        {"DE", "de"},
        {"de-AT", "de"},
        {"it", "en"},
        {"it,fr;q=0.5", "fr"},
        {"fr;q=0.5,de;q=0.8,en;q=0.1", "de"},
        {"fr;q=0.5, de ; q=0.500", "fr"}, /* the first of equals */
        {"*", "en"},
        {"*,ar;q=0.2", "ar"},
        {"zh-Hans-CN-x-private", "zh"},
        {"zh-Hant-TW,en;q=0.5", "zh"},
        {"de;q=0,fr;q=0.1", "fr"},
        {"de-AT,de;q=0,fr;q=0.1", "fr"}, /* refused, although a kind of it is wished */
        {"de;q=0", "en"},
        {"de;q=1.001,fr", "fr"},
        {"de;q=1.0000,fr", "fr"}, /* at most three digits */
        {"de;q=2,fr", "fr"},
        {"de;q=,fr", "fr"},
        {"de;level=1,fr", "fr"},
        {"d\xc3\xa4,fr", "fr"},
        {",,;q=1,,es", "es"},
        {"de;q=0.1,es;q=1", "es"},
        {"german,de-a-b-c", "de"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,es", "es"}, /* 36 characters */
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpstr(plx_texts_choose(rows[i].accept, plx_texts_languages()), ==,
                        rows[i].chosen);
    g_assert_true(plx_texts_choose("es", none) == none[0]);
    g_assert_true(plx_texts_choose("de", none) == none[1]);
    g_assert_true(plx_texts_choose("zh-hant-TW", kinds) == kinds[1]);
    g_assert_true(plx_texts_choose("zh-CN", kinds) == kinds[2]);
    g_assert_true(plx_texts_choose("de", kinds) == kinds[0]); /* lookup goes from long to short */
}

/* A thousand wishes are as good as the first ones. */
static void test_many_wishes(void)
{
    g_autoptr(GString) accept = g_string_new("es;q=0.1");
    for (guint i = 0; i < 1000; i++)
        g_string_append(accept, ",it");
    g_string_append(accept, ",de");
    g_assert_cmpstr(plx_texts_choose(accept->str, plx_texts_languages()), ==, "es");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/serve/texts/catalogues", argv[1], test_catalogues);
    g_test_add_func("/serve/texts/translated", test_translated);
    g_test_add_func("/serve/texts/levels", test_levels);
    g_test_add_func("/serve/texts/languages", test_languages);
    g_test_add_func("/serve/texts/fill", test_fill);
    g_test_add_func("/serve/texts/days", test_days);
    g_test_add_func("/serve/texts/choose", test_choose);
    g_test_add_func("/serve/texts/many-wishes", test_many_wishes);
    return g_test_run();
}
