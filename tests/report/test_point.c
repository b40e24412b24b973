/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/point.h"

#include "map/map_file.h"
#include "report/golden.h"
#include "report/sample.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static const char map_text[] = "parallax: 1\n"
                               "title: Bakery\n"
                               "journeys:\n"
                               "  - title: Buying bread\n"
                               "    transactions:\n"
                               "      - title: In the shop\n"
                               "        points:\n"
                               "          - title: Greeting\n"
                               "            levels: {1: No look, 4: By name}\n"
                               "tasks:\n"
                               "  - {title: Say hello, owner: Counter, points: [greeting]}\n"
                               "  - {title: Open the door, points: [greeting]}\n"
                               "promises:\n"
                               "  - {id: smile, words: A smile, where: Poster, since: 2025-05-01, "
                               "points: [greeting]}\n";

/* One customer and one staff voice; staff of both places are shown as one. */
struct world {
    plx_map *map;
    const char *ids[2], *titles[2];
    gboolean served[2];
    struct plx_voice voices[3][2];
    struct plx_gaps_point points[3];
    struct plx_gaps_group groups[3];
    struct plx_gaps_note note;
    plx_gaps whole, split;
};

static struct plx_voice voice_of(guint audience, gint64 n, double mean)
{
    const struct plx_interval range = {mean - 0.5, mean + 0.5}, none = {(double)NAN, (double)NAN};
    return (struct plx_voice){.audience = audience,
                              .n = n,
                              .persons = n,
                              .mean = mean,
                              .mean_ci = range,
                              .met_share = 0.6,
                              .met_ci = none,
                              .desired_share = (double)NAN,
                              .desired_ci = none,
                              .floor_ci = none,
                              .mean_range = none,
                              .population = PLX_NO_COUNT};
}

static void build(struct world *w)
{
    g_autoptr(GError) error = NULL;
    *w = (struct world){.ids = {"staff", "customer"}, .served = {FALSE, TRUE}};
    w->map = plx_map_read_memory(map_text, sizeof map_text - 1, "map.yaml", &error);
    g_assert_no_error(error);
    static const char *const keys[] = {NULL, "Graz", "Linz"};
    for (guint g = 0; g < 3; g++) {
        w->voices[g][0] = voice_of(0, 7, 4);
        w->voices[g][1] = voice_of(1, 20 + g, 2.5 + g);
        w->voices[g][0].label = g ? "Graz + Linz" : NULL;
        w->points[g] = (struct plx_gaps_point){.point = "greeting",
                                               .title = "Greeting",
                                               .map_point = 0,
                                               .n_voices = 2,
                                               .voices = w->voices[g]};
        w->groups[g] =
            (struct plx_gaps_group){.key = keys[g], .n_points = 1, .points = &w->points[g]};
    }
    w->note = (struct plx_gaps_note){"merged", 0, PLX_NO_COUNT, "Graz + Linz"};
    w->whole = (plx_gaps){.source = "r.csv",
                          .map = w->map,
                          .measure = "level",
                          .n_audiences = 2,
                          .audiences = w->ids,
                          .audience_titles = w->titles,
                          .served = w->served,
                          .headline = {.by = -1, .about = -1},
                          .n_groups = 1,
                          .groups = w->groups};
    w->split = w->whole;
    w->split.by = "place";
    w->split.n_groups = 2;
    w->split.groups = w->groups + 1;
    w->split.n_notes = 1;
    w->split.notes = &w->note;
}

static void test_table(void)
{
    struct world w;
    build(&w);
    const struct plx_point_splits splits = {.place = &w.split};
    g_autoptr(GString) text = g_string_new(NULL);
    plx_point_table(&w.whole, &splits, &(struct plx_table_options){.width = 80, .unicode = TRUE},
                    text);
    golden_assert("point.txt", text);
    /* One place is no comparison. */
    w.split.n_groups = 1;
    g_string_truncate(text, 0);
    plx_point_table(&w.whole, &splits, &(struct plx_table_options){.width = 80}, text);
    g_assert_null(strstr(text->str, "Place by place"));
    plx_map_free(w.map);
}

static json_t *parse(const plx_gaps *gaps, const struct plx_point_splits *splits)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_point_json(gaps, splits, text);
    json_error_t error;
    json_t *root = json_loads(text->str, JSON_REJECT_DUPLICATES, &error);
    g_assert_nonnull(root);
    g_assert_cmpstr(json_string_value(json_object_get(root, "schema")), ==, "parallax.point/1");
    return root;
}

static void test_json(void)
{
    struct world w;
    build(&w);
    const struct plx_point_splits splits = {.place = &w.split};
    json_t *root = parse(&w.whole, &splits);
    json_t *groups = json_object_get(json_object_get(root, "by_place"), "groups");
    g_assert_cmpuint(json_array_size(groups), ==, 2);
    json_t *linz = json_array_get(groups, 1);
    g_assert_cmpstr(json_string_value(json_object_get(linz, "key")), ==, "Linz");
    json_t *customer = json_object_get(json_object_get(linz, "voices"), "customer");
    g_assert_cmpint(json_integer_value(json_object_get(customer, "n")), ==, 22);
    g_assert_cmpuint(json_array_size(json_object_get(json_object_get(root, "by_place"), "notes")),
                     ==, 1);
    g_assert_true(json_is_null(json_object_get(root, "by_month")));
    json_t *promise = json_array_get(json_object_get(root, "promises"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(promise, "where")), ==, "Poster");
    g_assert_cmpuint(json_array_size(json_object_get(root, "tasks")), ==, 2);
    json_t *door = json_array_get(json_object_get(root, "tasks"), 1);
    g_assert_true(json_is_null(json_object_get(door, "owner")));
    json_t *anchors = json_object_get(root, "anchors");
    g_assert_cmpuint(json_array_size(anchors), ==, PLX_LEVELS);
    g_assert_cmpstr(json_string_value(json_array_get(anchors, 3)), ==, "By name");
    g_assert_true(json_is_null(json_array_get(anchors, 1)));
    json_decref(root);
    plx_map_free(w.map);
}

/* Without a map, and without points: null and empty, never absent. */
static void test_json_of_little(void)
{
    static const enum sample_kind kinds[] = {SAMPLE_TINY, SAMPLE_EMPTY, SAMPLE_HIDDEN};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        plx_gaps *gaps = sample_new(kinds[i]);
        json_t *root = parse(gaps, NULL);
        g_assert_true(json_is_null(json_object_get(root, "by_place")));
        g_assert_true(json_is_array(json_object_get(root, "tasks")));
        g_assert_true(json_is_null(json_object_get(root, "anchors")));
        json_decref(root);
        sample_free(gaps);
    }
}

/* The page: every part once, drawings and their tables; what is quoted, and the level above. */
static void test_story(void)
{
    struct world w;
    build(&w);
    gint64 counts[6] = {2, 4, 6, 8, 0, 0};
    for (guint g = 0; g < 3; g++) {
        w.voices[g][1].scale = w.map->audiences[3].scale;
        w.voices[g][1].k = 6;
    }
    w.voices[0][1].counts = counts;
    struct plx_next_quotes quotes[PLX_NEXT_KINDS] = {{0}};
    quotes[PLX_NEXT_SHORT] = (struct plx_next_quotes){1, {{"comment", 2, "Nobody <looked> up."}}};
    const struct plx_point_splits splits = {.place = &w.split, .month = &w.split, .quotes = quotes};
    g_autoptr(plx_story) story = plx_point_story(&w.whole, &splits);
    const struct plx_page_options options = {.version = "1"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    static const char *const parts[] = {
        "Who sees what",  "How the answers spread", "In their words", "Nobody &lt;looked&gt; up.",
        "Place by place", "Month by month",         "By name",        "Say hello (Counter)",
        "“A smile”",      "class=\"small-bars\"",   "How we know",    "Looked at together"};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!strstr(page->str, parts[i]))
            g_error("not on the page: %s", parts[i]);
    g_assert_nonnull(strstr(page->str, "40 % (8)"));
    g_assert_null(strstr(page->str, "funnel")); /* there is none */
    g_assert_null(strstr(page->str, "another scale"));
    plx_map_free(w.map);
}

/* Marks of another scale are not to be read by the levels of the map. */
static void test_story_other_scale(void)
{
    static const struct plx_scale five = {.id = (char *)(guintptr) "marks", .min = 1, .max = 5};
    struct world w;
    build(&w);
    w.voices[0][1].scale = &five;
    const struct plx_point_splits none = {0};
    g_autoptr(plx_story) story = plx_point_story(&w.whole, &none);
    const struct plx_page_options options = {.version = "1"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_nonnull(strstr(page->str, "These are the six levels of the map. Customers answered on "
                                       "another scale, from 1 to 5"));
    plx_map_free(w.map);
}

/* What cannot be shown, or is not known, has no part. */
static void test_story_bare(void)
{
    struct world w;
    build(&w);
    const struct plx_point_splits none = {0};
    w.whole.map = NULL;
    w.points[0].map_point = -1;
    g_autoptr(plx_story) story = plx_point_story(&w.whole, &none);
    const struct plx_page_options options = {.version = "1"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    static const char *const absent[] = {
        "How the answers spread",    "In their words", "Place by place",
        "What the levels look like", "Steps here",     "<svg"};
    for (guint i = 0; i < G_N_ELEMENTS(absent); i++)
        if (strstr(page->str, absent[i]))
            g_error("on the page: %s", absent[i]);
    plx_map_free(w.map);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/point/table", test_table);
    g_test_add_func("/point/json", test_json);
    g_test_add_func("/point/json-of-little", test_json_of_little);
    g_test_add_func("/point/story", test_story);
    g_test_add_func("/point/story/bare", test_story_bare);
    g_test_add_func("/point/story/other-scale", test_story_other_scale);
    return g_test_run();
}
