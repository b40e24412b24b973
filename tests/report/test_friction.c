/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/friction.h"

#include "ingest/file_source.h"

#include <jansson.h>
#include <string.h>

#define KINDS PLX_FRICTION_KINDS

struct sample {
    plx_map *map;
    GString *csv;
    plx_friction *friction;
};

/* Two points with all parts, and one that is hidden; titles that would break markup. */
static void sample_open(struct sample *s, const char *by)
{
    const struct plx_file_options how = {.threads = 1};
    const struct plx_gaps_options options = {.by = by};
    g_autoptr(GError) error = NULL;
    s->map = plx_map_new_open();
    s->csv = g_string_new(
        "audience,respondent,point,place,level,effort,hesitation,surprise,prompt,note,language\n");
    for (guint i = 0; i < 40; i++)
        g_string_append_printf(
            s->csv,
            "customer,c%u,Till <b>,Graz,%u,%u,%u,%s,%s\ncustomer,c%u,Door,Linz,%u,%u,0,none,,,\n",
            i, 1 + i % 4, 1 + i % 5, i % 2, i % 3 ? "none" : "bad",
            i % 4 ? "comment,\"I waited, again\",en" : "complaint,No,en", i, 4 + i % 3, 5 + i % 3);
    g_string_append(s->csv, "customer,x,Shelf,,1,1,1,bad,,,\n");
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(s->csv->str, s->csv->len, "ratings.csv", s->map, &how, &error);
    g_assert_no_error(error);
    s->friction = plx_friction_read(source, &options, &error);
    g_assert_no_error(error);
}

static void sample_clear(struct sample *s)
{
    plx_friction_free(s->friction);
    g_string_free(s->csv, TRUE);
    plx_map_free(s->map);
}

static void test_json(void)
{
    struct sample s;
    sample_open(&s, "place");
    g_autoptr(GString) text = g_string_new(NULL);
    plx_friction_json(s.friction, text);
    json_t *root = json_loads(text->str, 0, NULL);
    g_assert_nonnull(root);
    g_assert_cmpstr(json_string_value(json_object_get(root, "schema")), ==, "parallax.friction/1");
    const json_t *kinds = json_object_get(json_object_get(root, "method"), "kinds");
    g_assert_cmpuint(json_array_size(kinds), ==, 4);
    const json_t *points = json_object_get(root, "points");
    g_assert_cmpuint(json_array_size(points), ==, 3);
    const json_t *till = json_array_get(points, 0), *shelf = json_array_get(points, 2);
    g_assert_cmpstr(json_string_value(json_object_get(till, "point")), ==, "till-b");
    const json_t *parts = json_object_get(till, "parts");
    g_assert_cmpuint(json_object_size(parts), ==, KINDS);
    const json_t *below = json_object_get(parts, "below_met");
    g_assert_cmpint(json_integer_value(json_object_get(below, "n")), ==, 40);
    g_assert_cmpfloat(json_number_value(json_object_get(below, "share")), ==, 0.5);
    g_assert_cmpint(json_integer_value(json_array_get(json_object_get(till, "rank"), 0)), ==, 1);
    g_assert_true(json_is_null(json_object_get(shelf, "rank")));
    const json_t *figure = json_object_get(shelf, "figure");
    g_assert_true(json_is_null(json_object_get(figure, "share")));
    g_assert_true(json_is_null(json_object_get(figure, "n")));
    g_assert_cmpstr(json_string_value(json_object_get(figure, "suppressed")), ==, "few_persons");
    g_assert_cmpuint(json_array_size(json_object_get(root, "groups")), ==, 3);
    json_decref(root);
    sample_clear(&s);
}

/* Each row has as many cells as the header. */
static void test_csv(void)
{
    struct sample s;
    sample_open(&s, "place");
    g_autoptr(GString) text = g_string_new(NULL);
    plx_friction_csv(s.friction, text);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_auto(GStrv) header = g_strsplit(lines[0], ",", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + 3 + 3 + 1);
    for (guint i = 1; *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, g_strv_length(header));
        g_assert_cmpstr(cells[0], ==, i <= 3 ? "" : "place");
    }
    sample_clear(&s);
}

static void test_story(void)
{
    static const char *const said[] = {
        "Most friction: Till <b>. ",
        " of 100 customers met friction there (",
        "who fell below Expected, did not find it easy, hesitated or were badly surprised.",
        "Not easy is an answer below 5 on the scale from 1 to 7",
        "50 fell below Expected (35–65, 40 asked)",
        "25 complained (14–40, 40 visits)",
        "75 wrote of waiting (60–86, 40 wrote)",
        "By place, of 100 at the moment",
        "Customers are not shown at 1 point (counted in each part): fewer people than the minimum.",
        "How we know"};
    struct sample s;
    sample_open(&s, "place");
    g_autoptr(plx_story) story = plx_friction_story(s.friction);
    g_autoptr(GString) text = g_string_new(NULL);
    const struct plx_table_options wide = {.width = 400, .unicode = TRUE, .verbose = TRUE};
    plx_story_text(story, &wide, text);
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        if (!strstr(text->str, said[i]))
            g_error("“%s” is not in\n%s", said[i], text->str);
    const struct plx_page_options options = {.version = "1", .command = "parallax"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_null(strstr(page->str, "Till <b>"));
    g_assert_nonnull(strstr(page->str, "<svg"));
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
    g_autoptr(plx_friction) friction = plx_friction_read(source, &options, &error);
    g_assert_no_error(error);
    g_autoptr(plx_story) story = plx_friction_story(friction);
    g_autoptr(GString) text = g_string_new(NULL), json = g_string_new(NULL);
    plx_story_text(story, &table, text);
    g_assert_true(g_str_has_prefix(text->str, "Not enough answers yet to say where there is "
                                              "friction.\n"));
    plx_friction_json(friction, json);
    g_assert_nonnull(strstr(json->str, "\"points\": []"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/friction/json", test_json);
    g_test_add_func("/report/friction/csv", test_csv);
    g_test_add_func("/report/friction/story", test_story);
    g_test_add_func("/report/friction/nothing", test_nothing);
    return g_test_run();
}
