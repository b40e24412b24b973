/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper.h"

#include "base/error.h"
#include "map/map_file.h"
#include "report/paper_words.h"

#include <string.h>

static const char map_text[] = "parallax: 1\n"
                               "title: {en: Bakery, de: Bäckerei}\n"
                               "journeys:\n"
                               "  - id: buy\n"
                               "    title: {en: Buying, de: Einkaufen}\n"
                               "    transactions:\n"
                               "      - title: Shop\n"
                               "        points:\n"
                               "          - {id: smell, title: {en: Smell <here>, de: Duft}}\n"
                               "          - {id: queue, title: Queue}\n"
                               "  - id: eat\n"
                               "    title: Eating\n"
                               "    transactions:\n"
                               "      - title: Home\n"
                               "        points:\n"
                               "          - use: smell\n"
                               "          - {id: bread, title: Bread}\n";

static plx_map *read_map(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(text, strlen(text), "map.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static char *guess_of(const plx_map *map, const char *language, gint journey)
{
    g_autoptr(GError) error = NULL;
    const struct plx_guess_sheet sheet = {.map = map,
                                          .language = language,
                                          .audience = 0,
                                          .about = (guint)plx_paper_about(map),
                                          .journey = journey};
    GString *page = plx_guess_sheet(&sheet, &error);
    g_assert_no_error(error);
    return g_string_free(page, FALSE);
}

static guint count(const char *text, const char *what)
{
    g_auto(GStrv) parts = g_strsplit(text, what, -1);
    return g_strv_length(parts) - 1;
}

/* Each language says all that English says, with the same blanks. */
static void test_languages(void)
{
    g_auto(GStrv) languages = plx_paper_languages();
    g_autofree char *all = g_strjoinv(" ", languages);
    g_assert_cmpstr(all, ==, "de en es fr it nl pt");
    g_autoptr(plx_paper_words) english = plx_paper_words_new("en", NULL);
    g_autoptr(GPtrArray) keys = plx_paper_keys(english);
    static const char *const marks[] = {"{people}", "{word}", "{values}", "{n}",
                                        "{all}",    "{time}", "{file}"};
    for (gsize l = 0; languages[l]; l++) {
        g_autoptr(plx_paper_words) words = plx_paper_words_new(languages[l], NULL);
        g_autoptr(GPtrArray) own = plx_paper_keys(words);
        g_assert_cmpuint(own->len, ==, keys->len);
        for (guint i = 0; i < keys->len; i++) {
            g_assert_cmpstr(own->pdata[i], ==, keys->pdata[i]);
            for (gsize m = 0; m < G_N_ELEMENTS(marks); m++)
                g_assert_cmpuint(count(plx_paper_word(words, own->pdata[i]), marks[m]), ==,
                                 count(plx_paper_word(english, keys->pdata[i]), marks[m]));
        }
    }
}

static void test_unknown_language(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_paper_words_new("dee", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "did you mean \"de\"?"));
    g_autofree char *austria = plx_paper_language("de-AT");
    g_assert_cmpstr(austria, ==, "de");
}

static void test_guess(void)
{
    g_autoptr(plx_map) map = read_map(map_text);
    g_autofree char *page = guess_of(map, NULL, -1);
    g_autofree char *again = guess_of(map, NULL, -1);
    g_assert_cmpstr(page, ==, again);
    /* A point that two journeys pass through is guessed once. */
    g_assert_cmpuint(count(page, "role=\"radiogroup\""), ==, 3);
    g_assert_cmpuint(count(page, "type=\"radio\""), ==, 33);
    g_assert_cmpuint(count(page, "class=\"journey\""), ==, 2);
    g_assert_cmpuint(count(page, "Smell &lt;here&gt;"), ==, 1);
    g_assert_nonnull(strstr(page, "Of 10 customers, how many would say this is as they desire "
                                  "it, or better?"));
    g_assert_nonnull(strstr(page, "default-src &#39;none&#39;"));
    g_autofree char *one = guess_of(map, NULL, 1);
    g_assert_cmpuint(count(one, "role=\"radiogroup\""), ==, 2);
}

static void test_german(void)
{
    g_autoptr(plx_map) map = read_map(map_text);
    g_autofree char *page = guess_of(map, "de-AT", -1);
    g_assert_nonnull(strstr(page, "lang=\"de-AT\""));
    g_assert_nonnull(strstr(page, "Bäckerei · Führungskräfte"));
    g_assert_nonnull(strstr(page, ">Duft<"));
    g_assert_nonnull(strstr(page, ">Queue<")); /* has no other language */
    g_assert_nonnull(strstr(page, "Wie viele von 10 Kundinnen und Kunden würden"));
}

/* On a scale of the map's own the question is asked with its words. */
static void test_own_scale(void)
{
    static const char *const rows[][2] = {
        {"labels: {words: [Bad, So so, Well, Very well, Best]}",
         "would say “Very well” or better?"},
        {"labels: {words: [A, B, C, D, E]}, desired: 5", "would say “E” or better?"},
        {"top: 5", "would give 4 or 5 of 5?"}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text =
            g_strdup_printf("parallax: 1\ntitle: B\n"
                            "scales: {stars: {min: 1, max: 5, met: 3, %s%s}}\n"
                            "audiences: {customer: {scale: stars}}\n"
                            "journeys: [{title: J, transactions: [{title: T, points: [P]}]}]\n",
                            strstr(rows[i][0], "desired") ? "" : "desired: 4, ", rows[i][0]);
        g_autoptr(plx_map) map = read_map(text);
        g_autofree char *page = guess_of(map, "en", -1);
        g_assert_nonnull(strstr(page, rows[i][1]));
    }
}

/* Sentences that the map has for the six levels stand in place of ours. */
static void test_own_sentences(void)
{
    g_autoptr(plx_map) map =
        read_map("parallax: 1\ntitle: B\n"
                 "scales: {six-levels: {labels: {sentences: [a, b, c, As I want it, e, f]}}}\n"
                 "journeys: [{title: J, transactions: [{title: T, points: [P]}]}]\n");
    g_autofree char *page = guess_of(map, "en", -1);
    g_assert_nonnull(strstr(page, "4 As I want it · 5 e · 6 f"));
    g_assert_null(strstr(page, "It was just how I like it"));
}

static void test_nothing_to_guess(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    const struct plx_guess_sheet sheet = {.map = map, .about = 3, .journey = -1};
    g_assert_null(plx_guess_sheet(&sheet, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
}

static char *tables_of(struct plx_table_sheets sheets)
{
    g_autoptr(GError) error = NULL;
    GString *page = plx_table_sheets(&sheets, &error);
    g_assert_no_error(error);
    return g_string_free(page, FALSE);
}

static void test_tables(void)
{
    g_autoptr(plx_map) map = read_map(map_text);
    const guint audiences[] = {0, 3};
    static const char *const languages[] = {"en", "fr", NULL};
    g_autofree char *plain = tables_of((struct plx_table_sheets){.map = map});
    g_assert_cmpuint(count(plain, "class=\"side"), ==, 3); /* a sheet to copy, and the script */
    g_assert_null(strstr(plain, "Who makes this easier"));
    g_autofree char *many = tables_of((struct plx_table_sheets){.map = map,
                                                                .languages = languages,
                                                                .audiences = audiences,
                                                                .n_audiences = 2,
                                                                .tables = 3,
                                                                .workshop = "May",
                                                                .easier = TRUE,
                                                                .moment = TRUE});
    g_assert_cmpuint(count(many, "class=\"side"), ==, 2 * (6 * 2 + 1));
    g_assert_cmpuint(count(many, ">Table 6<"), ==, 4); /* on both sides, in both languages */
    g_assert_nonnull(strstr(many, "Bakery · May"));
    g_assert_nonnull(strstr(many, "Who makes this easier, in any business?"));
    g_assert_nonnull(strstr(many, "Que faisons-nous bien ?"));
    /* Sheets first: printed on both sides each begins on a front. */
    g_assert_true(strstr(many, "side script") > strstr(many, ">Table 6<"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paper/languages", test_languages);
    g_test_add_func("/paper/unknown-language", test_unknown_language);
    g_test_add_func("/paper/guess", test_guess);
    g_test_add_func("/paper/german", test_german);
    g_test_add_func("/paper/own-scale", test_own_scale);
    g_test_add_func("/paper/own-sentences", test_own_sentences);
    g_test_add_func("/paper/nothing-to-guess", test_nothing_to_guess);
    g_test_add_func("/paper/tables", test_tables);
    return g_test_run();
}
