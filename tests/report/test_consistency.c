/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/consistency.h"

#include "ingest/file_source.h"

#include <jansson.h>
#include <string.h>

#define PLACES 6
#define EACH 48 /* answers to a point in a place */

struct sample {
    plx_map *map;
    GString *csv;
    plx_consistency *consistency;
};

static void add_customers(GString *csv, guint place)
{
    for (guint i = 0; i < EACH; i++) {
        const guint steady = 3 + i % 2, wild = i % 2 ? 6 : 1;
        g_string_append_printf(csv, "customer,c%u-%u,2026-03-%02u,Till <b>,P%u <i>,%u\n", place, i,
                               1 + i % 28, place, place == 0 ? wild : steady);
        g_string_append_printf(csv, "customer,c%u-%u,2026-03-%02u,Door,P%u <i>,%u\n", place, i,
                               1 + i % 28, place, 3 + i % 3);
    }
}

/* Six places, of which P0 is now good, now bad at the till; six shoppers, ever stricter; one point
 * that is hidden; titles that would break markup. */
static void sample_open(struct sample *s)
{
    const struct plx_file_options how = {.threads = 1};
    const struct plx_gaps_options options = {0};
    g_autoptr(GError) error = NULL;
    s->map = plx_map_new_open();
    s->csv = g_string_new("audience,respondent,time,point,place,level\n");
    for (guint place = 0; place < PLACES; place++) {
        add_customers(s->csv, place);
        for (guint k = 0; k < 6; k++)
            g_string_append_printf(s->csv, "shopper,s%u,2026-04-%02u,Till <b>,P%u <i>,%u\n", k,
                                   1 + place, place, CLAMP(1 + k / 2 + (place > 2) + k % 2, 1, 6));
    }
    g_string_append(s->csv, "customer,x,2026-03-01,Shelf,P1 <i>,1\n");
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(s->csv->str, s->csv->len, "ratings.csv", s->map, &how, &error);
    g_assert_no_error(error);
    s->consistency = plx_consistency_read(source, &options, &error);
    g_assert_no_error(error);
}

static void sample_clear(struct sample *s)
{
    plx_consistency_free(s->consistency);
    g_string_free(s->csv, TRUE);
    plx_map_free(s->map);
}

static const json_t *find(const json_t *array, const char *key, const char *value)
{
    for (gsize i = 0; i < json_array_size(array); i++) {
        const json_t *it = json_array_get(array, i);
        if (g_strcmp0(json_string_value(json_object_get(it, key)), value) == 0)
            return it;
    }
    g_error("no %s “%s”", key, value);
    return NULL;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void test_json(void)
{
    struct sample s;
    sample_open(&s);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_consistency_json(s.consistency, text);
    json_t *root = json_loads(text->str, 0, NULL);
    g_assert_nonnull(root);
    g_assert_cmpstr(text_of(root, "schema"), ==, "parallax.consistency/1");
    const json_t *points = json_object_get(root, "points");
    g_assert_cmpuint(json_array_size(points), ==, 3);
    const json_t *shelf = find(points, "point", "shelf");
    g_assert_true(json_is_null(json_object_get(shelf, "n")));
    g_assert_true(json_is_null(json_object_get(shelf, "agreement")));
    g_assert_true(json_is_null(json_object_get(shelf, "verdict")));
    g_assert_cmpstr(text_of(shelf, "suppressed"), ==, "few_persons");
    const json_t *till = find(points, "point", "till-b");
    g_assert_cmpint(json_integer_value(json_object_get(till, "n")), ==, PLACES * EACH);
    g_assert_cmpstr(text_of(json_object_get(till, "chart"), "missing"), ==, "few_periods");
    const json_t *places = json_object_get(root, "places");
    g_assert_cmpuint(json_array_size(places), ==, PLACES);
    const json_t *wild = find(places, "place", "P0 <i>");
    g_assert_cmpstr(text_of(wild, "verdict"), ==, "inconsistent");
    const json_t *widest = json_array_get(json_object_get(wild, "widest"), 0);
    g_assert_cmpstr(text_of(widest, "point"), ==, "till-b");
    g_assert_cmpstr(text_of(find(places, "place", "P1 <i>"), "verdict"), ==, "not_shown");
    const json_t *visits = json_object_get(root, "visits");
    g_assert_cmpint(json_integer_value(json_object_get(visits, "shoppers")), ==, 6);
    g_assert_cmpfloat(json_number_value(json_object_get(visits, "severity_share")), >, 0.9);
    g_assert_cmpfloat(json_number_value(json_object_get(visits, "needed_severity_out")), <,
                      json_number_value(json_object_get(visits, "needed")));
    json_decref(root);
    sample_clear(&s);
}

/* Each row has as many cells as the header. */
static void test_csv(void)
{
    struct sample s;
    sample_open(&s);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_consistency_csv(s.consistency, text);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_auto(GStrv) header = g_strsplit(lines[0], ",", -1);
    guint spread = 0;
    for (guint i = 1; *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, g_strv_length(header));
        spread += strcmp(cells[0], "spread") == 0 ? 1 : 0;
    }
    g_assert_cmpuint(spread, ==, PLACES);
    g_assert_nonnull(strstr(text->str, "agreement,shelf,Shelf,,,,,,,,few_persons\n"));
    sample_clear(&s);
}

static void test_story(void)
{
    static const char *const said[] = {
        "P0 <i> is now good, now bad: answers about the same moment lie further apart there",
        "Of 3 moments: answers",
        "Till <b>: 2.53 against 0.51 levels elsewhere (48 answers).",
        "6 secret shoppers made 36 visits to 6 places.",
        " is that some shoppers are stricter than others. With that taken out ",
        "not shown",
        "Now good, now bad",
        "score test of a variance component"};
    struct sample s;
    sample_open(&s);
    g_autoptr(plx_story) story = plx_consistency_story(s.consistency);
    g_autoptr(GString) text = g_string_new(NULL);
    const struct plx_table_options wide = {.width = 1000, .unicode = TRUE, .verbose = TRUE};
    plx_story_text(story, &wide, text);
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        if (!strstr(text->str, said[i]))
            g_error("“%s” is not in\n%s", said[i], text->str);
    const struct plx_page_options options = {.version = "1", .command = "parallax"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_null(strstr(page->str, "Till <b>"));
    g_assert_null(strstr(page->str, "P0 <i>"));
    sample_clear(&s);
}

/* Nobody served answered: it says so, in every form. */
static void test_nothing(void)
{
    static const char csv[] = "audience,respondent,point,level\nshopper,a,low,1\n";
    const struct plx_file_options how = {.threads = 1};
    const struct plx_gaps_options options = {0};
    const struct plx_table_options table = {.width = 80, .unicode = TRUE};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(csv, strlen(csv), "r.csv", map, &how, &error);
    g_autoptr(plx_consistency) consistency = plx_consistency_read(source, &options, &error);
    g_assert_no_error(error);
    g_autoptr(plx_story) story = plx_consistency_story(consistency);
    g_autoptr(GString) text = g_string_new(NULL), json = g_string_new(NULL);
    plx_story_text(story, &table, text);
    g_assert_true(g_str_has_prefix(text->str, "Nobody has answered yet.\n"));
    plx_consistency_json(consistency, json);
    g_assert_nonnull(strstr(json->str, "\"points\": []"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/consistency/json", test_json);
    g_test_add_func("/report/consistency/csv", test_csv);
    g_test_add_func("/report/consistency/story", test_story);
    g_test_add_func("/report/consistency/nothing", test_nothing);
    return g_test_run();
}
