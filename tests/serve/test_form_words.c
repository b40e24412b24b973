/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people are asked in: whatever language a map is in, what comes with the program is said in
 * the language of whoever reads. */

#include "map/map_file.h"
#include "serve/form_parts.h"
#include "serve/people.h"
#include "serve/texts.h"

#include <string.h>

static plx_map *map_in(const char *language, const char *more)
{
    g_autofree char *yaml =
        g_strdup_printf("parallax: 1\ntitle: T\nlanguage: %s\n%sjourneys:\n  - title: J\n"
                        "    transactions:\n      - title: A\n        points: [Staff, Good]\n",
                        language, more);
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    g_assert_no_error(error);
    return map;
}

/* Every value of the measure is called by our text under `prefix`, in the reader's language. */
static void assert_ours(const plx_map *map, const char *reader, guint measure, const char *prefix)
{
    const plx_form_plan plan = {.map = map};
    const struct plx_form_view view = {.plan = &plan, .language = reader};
    for (guint audience = 0; audience < map->n_audiences; audience++) {
        const struct plx_scale *const scale = plx_map_scale(map, measure, audience);
        for (gint value = scale->min; value <= scale->max; value++) {
            const char *language = NULL;
            g_autofree char *key = g_strdup_printf("%s.%d", prefix, value);
            g_autofree char *words = plx_form_value_words(&view, measure, scale, value, &language);
            g_assert_cmpstr(words, ==, plx_texts(reader, key));
            g_assert_cmpstr(language, ==, reader);
        }
    }
}

static void assert_people(const plx_map *map, const char *reader)
{
    for (guint i = 0; i < map->n_audiences; i++) {
        g_autofree char *key = g_strconcat("people.", map->audiences[i].id, NULL);
        g_assert_cmpstr(plx_people_words(map, map->audiences[i].id, reader), ==,
                        plx_texts(reader, key));
    }
}

static void test_every_language(void)
{
    const char *const *const all = plx_texts_languages();
    for (guint own = 0; all[own]; own++) {
        g_autoptr(plx_map) map = map_in(all[own], "");
        for (guint reader = 0; all[reader]; reader++) {
            assert_ours(map, all[reader], PLX_MEASURE_LEVEL, "level");
            assert_ours(map, all[reader], PLX_MEASURE_PREDICTED, "level");
            assert_ours(map, all[reader], PLX_MEASURE_EXPECTED, "level");
            assert_ours(map, all[reader], PLX_MEASURE_OVERALL, "level");
            assert_ours(map, all[reader], PLX_MEASURE_FEELING, "form.feeling");
            assert_ours(map, all[reader], PLX_MEASURE_IMPORTANCE, "form.importance");
            assert_people(map, all[reader]);
        }
    }
}

/* A map in a language that the pages do not have: ours are said in the reader's, and so marked. */
static void test_language_of_the_map_alone(void)
{
    g_autoptr(plx_map) map = map_in("it", "");
    const plx_form_plan plan = {.map = map, .settings.language = "it"};
    const struct plx_form_view view = {.plan = &plan, .language = "de"};
    const struct plx_scale *const scale = map->measures[PLX_MEASURE_FEELING].scale;
    const char *language = NULL;
    g_autofree char *words = plx_form_value_words(&view, PLX_MEASURE_FEELING, scale, 5, &language);
    g_assert_cmpstr(words, ==, plx_texts("de", "form.feeling.5"));
    g_assert_cmpstr(language, ==, "de");
}

/* What the map says itself is said, and what it leaves alone is ours. */
static void test_own_labels(void)
{
    g_autoptr(plx_map) map =
        map_in("de", "scales:\n  feeling: {labels: {words: [Mies, Naja, Egal, Fein, Prima]}}\n"
                     "  six-levels: {labels: {words: [A, B, C, D, E, F]}}\n"
                     "  importance: {labels: {words: [{de: Nein, en: No}, B, C, D, E]}}\n");
    const plx_form_plan plan = {.map = map};
    const struct plx_form_view german = {.plan = &plan, .language = "de"};
    const struct plx_form_view english = {.plan = &plan, .language = "en"};
    static const struct {
        guint measure;
        gint value;
        const char *german, *english;
    } rows[] = {
        {PLX_MEASURE_FEELING, 5, "Prima", "Very good"},
        {PLX_MEASURE_IMPORTANCE, 1, "Nein", "No"},
        {PLX_MEASURE_LEVEL, 6, "Das vergesse ich nie", "I will never forget it"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct plx_scale *const scale = plx_map_scale(map, rows[i].measure, 0);
        g_autofree char *de =
            plx_form_value_words(&german, rows[i].measure, scale, rows[i].value, NULL);
        g_autofree char *en =
            plx_form_value_words(&english, rows[i].measure, scale, rows[i].value, NULL);
        g_assert_cmpstr(de, ==, rows[i].german);
        g_assert_cmpstr(en, ==, rows[i].english);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form_words/every_language", test_every_language);
    g_test_add_func("/form_words/language_of_the_map_alone", test_language_of_the_map_alone);
    g_test_add_func("/form_words/own_labels", test_own_labels);
    return g_test_run();
}
