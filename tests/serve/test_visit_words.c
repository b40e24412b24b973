/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What visits and walks say: in whose language, and the brief. */

#include "serve/visit_words.h"

#include "base/date.h"
#include "base/error.h"
#include "form/visits.h"
#include "serve/texts.h"

#include <jansson.h>
#include <string.h>

static const char german[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Buy\n    transactions:\n      - title: Come\n"
    "        points:\n          - {id: door, title: {en: The door, de: Die Tür}}\n";

static const char *title_at(json_t *brief, const char *list, gsize i)
{
    json_t *const item = json_array_get(json_object_get(brief, list), i);
    return json_string_value(json_object_get(item, "title"));
}

static json_t *brief_of(const plx_map *map, const plx_visit *visit, const char *language)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(plx_visit_brief) brief = plx_visit_brief_new(map, visit, &error);
    g_assert_no_error(error);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_visit_brief_json(brief, language, json);
    plx_json_end_object(json);
    json_t *const read = json_loads(out->str, 0, NULL);
    g_assert_nonnull(read);
    return read;
}

/* Only what belongs to the journey, with what was promised and is to be done there. */
static void test_brief(void)
{
    g_autoptr(plx_map) map = visits_map(visits_shop);
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    g_autofree char *back = plx_visit_review_text(PLX_VISIT_RETURNED, "When?");
    visits_must(list, 1, "plan", VISITS_PLAN);
    visits_assign(list, 1, 1, "h");
    visits_must(list, 1, "send", "{\"report\": \"r\"}");
    visits_must(list, 1, "review", back);
    json_t *const brief = brief_of(map, list->visits->pdata[0], "en");
    g_assert_cmpstr(json_string_value(json_object_get(brief, "journey")), ==, "Buy");
    g_assert_cmpstr(json_string_value(json_object_get(brief, "until")), ==, "2026-12-05");
    g_assert_cmpstr(json_string_value(json_object_get(brief, "returned")), ==, "When?");
    g_assert_cmpuint(json_array_size(json_object_get(brief, "points")), ==, 3);
    g_assert_cmpstr(title_at(brief, "points", 0), ==, "Door");
    g_assert_cmpstr(title_at(brief, "points", 2), ==, "Till");
    g_assert_cmpuint(json_array_size(json_object_get(brief, "tasks")), ==, 1);
    g_assert_cmpstr(title_at(brief, "tasks", 0), ==, "Greet");
    g_assert_cmpuint(json_array_size(json_object_get(brief, "promises")), ==, 1);
    g_assert_cmpstr(title_at(brief, "promises", 0), ==, "Nobody waits");
    g_assert_cmpuint(json_array_size(json_object_get(brief, "levels")), ==, 6);
    json_t *const door = json_array_get(json_object_get(brief, "points"), 0);
    json_t *const anchors = json_object_get(door, "anchors");
    g_assert_cmpstr(json_string_value(json_array_get(anchors, 0)), ==, "locked");
    g_assert_true(json_is_null(json_array_get(anchors, 1)));
    json_decref(brief);
}

static void test_brief_of_walk(void)
{
    g_autoptr(plx_map) map = visits_map(visits_shop);
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    visits_must(list, 1, "walk", "{\"title\": \"Market\", \"hash\": \"h\"}");
    json_t *const brief = brief_of(map, list->visits->pdata[0], "en");
    g_assert_cmpstr(json_string_value(json_object_get(brief, "journey")), ==, "Market");
    g_assert_true(json_is_true(json_object_get(brief, "walk")));
    g_assert_cmpuint(json_array_size(json_object_get(brief, "points")), ==, 0);
    json_decref(brief);
}

/* A brief in German has the sentences of forms; the map's own words where it has them. */
static void test_language(void)
{
    g_autoptr(plx_map) map = visits_map(german);
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    visits_must(list, 1, "plan", VISITS_PLAN);
    json_t *const brief = brief_of(map, list->visits->pdata[0], "de");
    json_t *const levels = json_object_get(brief, "levels");
    for (guint i = 0; i < 6; i++) {
        g_autofree char *key = g_strdup_printf("level.%u", i + 1);
        json_t *const level = json_array_get(levels, i); /* from the worst to the best */
        g_assert_cmpint(json_integer_value(json_object_get(level, "value")), ==, i + 1);
        g_assert_cmpstr(json_string_value(json_object_get(level, "text")), ==,
                        plx_texts("de", key));
    }
    g_assert_cmpstr(title_at(brief, "points", 0), ==, "Die Tür");
    g_assert_cmpstr(json_string_value(json_array_get(json_object_get(brief, "do"), 0)), ==,
                    plx_texts("de", "visit.do.1"));
    g_assert_cmpuint(json_array_size(json_object_get(brief, "not")), ==, 4);
    json_decref(brief);
}

static void check_chosen(const plx_visit *visit, const plx_map *map, const char *wishes,
                         const char *expected)
{
    g_assert_cmpstr(plx_visit_language(visit, map, wishes), ==, expected);
}

/* Of a visit the planned one, of a walk the reader's; what is left is the map's. */
static void test_chosen(void)
{
    char arabic[] = "ar", french[] = "fr", italian[] = "it";
    g_autoptr(plx_map) map = visits_map(german);
    const plx_visit plain = {.walk = FALSE}, walk = {.walk = TRUE};
    const plx_visit planned = {.plan = {.language = arabic}};
    g_free(map->language);
    map->language = g_strdup(french);
    check_chosen(&planned, map, "de", "ar");
    check_chosen(&plain, map, "de", "fr");
    check_chosen(&walk, map, "de-AT, en;q=0.5", "de");
    check_chosen(&walk, map, "it, pt;q=0.5", "fr");
    check_chosen(&walk, map, NULL, "fr");
    g_free(map->language);
    map->language = g_strdup(italian);
    check_chosen(&plain, map, NULL, "en");
    check_chosen(&walk, map, "zh", "zh");
}

static void test_words(void)
{
    char place[] = "Bonn";
    plx_visit visit = {.state = PLX_VISIT_SENT, .plan = {.place = place, .from = 0, .until = 1}};
    g_assert_cmpstr(plx_visit_closed_words(&visit, "en"), ==,
                    "What you told has arrived and waits to be read. Thank you.");
    visit.state = PLX_VISIT_RETURNED;
    g_assert_null(plx_visit_closed_words(&visit, "en"));
    g_autofree char *window = plx_visit_window(&visit.plan, "de");
    g_assert_cmpstr(window, ==, "1. Januar 1970 bis 2. Januar 1970");
    g_autofree char *outside = plx_visit_outside_words(&visit, "en");
    g_assert_nonnull(strstr(outside, "(1 January 1970 to 2 January 1970)"));
    visit.walk = TRUE;
    g_autofree char *over = plx_visit_outside_words(&visit, "en");
    g_assert_true(g_str_has_prefix(over, "The last day of this walk was 2 January 1970."));
    visit.plan.until = PLX_VISIT_NO_DAY;
    g_assert_null(plx_visit_outside_words(&visit, "en"));
    const char *const *const languages = plx_texts_languages();
    for (guint i = 0; languages[i]; i++) {
        g_autofree const char **notice = plx_visit_sentences(languages[i], "visit.notice");
        g_assert_cmpuint(g_strv_length((char **)(guintptr)notice), ==, 4);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/visit-words/brief", test_brief);
    g_test_add_func("/visit-words/brief-of-walk", test_brief_of_walk);
    g_test_add_func("/visit-words/language", test_language);
    g_test_add_func("/visit-words/chosen", test_chosen);
    g_test_add_func("/visit-words/words", test_words);
    return g_test_run();
}
