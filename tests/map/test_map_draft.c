/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_draft.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

static plx_map *read_back(const GString *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(text->str, text->len, "m.yaml", &error);
    if (error)
        g_test_message("%s", text->str);
    g_assert_no_error(error);
    return map;
}

static plx_map *draft_map(const struct plx_draft *draft, GString *text)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_draft(draft, text, &error));
    g_assert_no_error(error);
    return read_back(text);
}

static const struct plx_draft_point cafe[] = {
    {"queue", "the queue", NULL}, {"bread", "Bread: fresh", NULL},
    {"queue", "The queue", NULL}, {"bread", "", NULL},
    {"no", NULL, NULL},
};

static void test_plain(void)
{
    struct plx_draft draft = {
        .title = "Café", .source = "cafe.csv", .points = cafe, .n_points = G_N_ELEMENTS(cafe)};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft_map(&draft, text);
    g_assert_cmpuint(map->n_points, ==, 3);
    const char *body = strstr(text->str, "parallax: 1\n");
    g_assert_cmpstr(
        body, ==,
        "parallax: 1\n"
        "title: Café\n"
        "\n"
        "# Who answers. How many there are makes numbers surer: leader: {population: 9}\n"
        "\n"
        "journeys:\n"
        "  - id: the-journey\n"
        "    title: The journey\n"
        "    transactions:\n"
        "      - id: all\n"
        "        title: All of it\n"
        "        points:\n"
        "          - id: bread\n"
        "            title: \"Bread: fresh\"\n"
        "          - id: \"no\"\n"
        "            title: \"no\"\n"
        "          - id: queue\n"
        "            title: The queue\n");
    g_assert_true(g_str_has_prefix(text->str, "# A first map, drafted from \"cafe.csv\"."));
}

static const struct plx_draft_point points[] = {
    {"b", "B", "return"}, {"b", "B", "order"}, {"a", "A", "order"},
    {"a", "A", NULL},     {"c", "C", NULL},
};
static const struct plx_draft_name journeys[] = {
    {"return", "Send it back"}, {"other-moments", "Odd"}, {"order", ""}};
static const struct plx_draft_name tasks[] = {{"drive", "Drive"}, {"drive", "Drive"}};
static const struct plx_draft_name promises[] = {{"soon", "It comes soon"}};
static const struct plx_draft_audience audiences[] = {
    {"patient", "Patients", TRUE, FALSE},
    {"customer", "Customers", TRUE, FALSE},
    {"ward", NULL, FALSE, TRUE},
    {"patient", "Patients", TRUE, FALSE},
};
static const struct plx_draft whole = {"T",
                                       "a\nb.csv",
                                       points,
                                       G_N_ELEMENTS(points),
                                       journeys,
                                       tasks,
                                       promises,
                                       G_N_ELEMENTS(journeys),
                                       G_N_ELEMENTS(tasks),
                                       G_N_ELEMENTS(promises),
                                       audiences,
                                       G_N_ELEMENTS(audiences)};

static void test_whole(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft_map(&whole, text);
    /* order: a, b; other-moments: nothing but a placeholder; return uses b; the rest: c */
    static const char *const ids[] = {"order", "other-moments", "return", "other-moments-2"};
    g_assert_cmpuint(map->n_journeys, ==, G_N_ELEMENTS(ids));
    for (guint i = 0; i < map->n_journeys; i++)
        g_assert_cmpstr(map->journeys[i].id, ==, ids[i]);
    g_assert_cmpstr(map->journeys[0].title, ==, "order");
    g_assert_cmpstr(map->journeys[2].title, ==, "Send it back");
    g_assert_cmpuint(map->n_points, ==, 4);
    g_assert_cmpuint(map->points[plx_map_find_point(map, "b")].journey, ==, 0);
    g_assert_cmpuint(map->points[plx_map_find_point(map, "first-moment")].journey, ==, 1);
    g_assert_cmpuint(map->points[plx_map_find_point(map, "c")].journey, ==, 3);
    g_assert_cmpuint(map->journeys[2].transactions[0].n_points, ==, 1);
    g_assert_cmpint(plx_map_find_task(map, "drive"), ==, 0);
    g_assert_cmpuint(map->promises[plx_map_find_promise(map, "soon")].n_points, ==, 4);
    const struct plx_audience *patient = &map->audiences[plx_map_find_audience(map, "patient")];
    g_assert_true(patient->served);
    g_assert_cmpstr(patient->title, ==, "Patients");
    g_assert_true(map->audiences[plx_map_find_audience(map, "ward")].protected_);
    g_assert_cmpuint(map->n_audiences, ==, 6);
}

/* The order in which a file names things does not matter. */
static void test_order(void)
{
    struct plx_draft_point turned[G_N_ELEMENTS(points)];
    for (gsize i = 0; i < G_N_ELEMENTS(points); i++)
        turned[i] = points[G_N_ELEMENTS(points) - 1 - i];
    struct plx_draft draft = whole;
    draft.points = turned;
    g_autoptr(GString) a = g_string_new(NULL);
    g_autoptr(GString) b = g_string_new(NULL);
    g_assert_true(plx_map_draft(&whole, a, NULL));
    g_assert_true(plx_map_draft(&draft, b, NULL));
    g_assert_cmpstr(a->str, ==, b->str);
}

/* Only the whole of one journey was rated in it: the points met in none are its own. */
static void test_only_journey(void)
{
    static const struct plx_draft_name visit[] = {{"visit", "Visit"}};
    const struct plx_draft draft = {.title = "T",
                                    .source = "shop.csv",
                                    .points = cafe,
                                    .n_points = G_N_ELEMENTS(cafe),
                                    .journeys = visit,
                                    .n_journeys = 1};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft_map(&draft, text);
    g_assert_cmpuint(map->n_journeys, ==, 1);
    g_assert_cmpstr(map->journeys[0].id, ==, "visit");
    g_assert_cmpuint(map->n_points, ==, 3);
}

/* A draft's order was not given by anybody; one that was turned, or whose stretch was named, was.
 */
static void test_draft_order(void)
{
    struct plx_draft draft = {
        .title = "T", .source = "cafe.csv", .points = cafe, .n_points = G_N_ELEMENTS(cafe)};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft_map(&draft, text);
    g_assert_true(plx_map_draft_order(map, &map->journeys[0]));
    guint *first = map->journeys[0].transactions[0].points;
    const guint kept = first[0];
    first[0] = first[1];
    first[1] = kept;
    g_assert_false(plx_map_draft_order(map, &map->journeys[0]));
    g_string_replace(text, "All of it", "Inside", 0);
    g_autoptr(plx_map) named = read_back(text);
    g_assert_false(plx_map_draft_order(named, &named->journeys[0]));
}

/* A file of notes only names nothing: the map is a beginning all the same. */
static void test_nothing(void)
{
    struct plx_draft draft = {.title = "T", .source = "notes.csv"};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft_map(&draft, text);
    g_assert_cmpuint(map->n_points, ==, 1);
    g_assert_cmpstr(map->points[0].id, ==, "first-moment");
}

static void test_too_many(void)
{
    char ids[PLX_AUDIENCES_MAX][8];
    struct plx_draft_audience many[PLX_AUDIENCES_MAX];
    for (guint i = 0; i < PLX_AUDIENCES_MAX; i++) {
        g_snprintf(ids[i], sizeof ids[i], "a%u", i);
        many[i] = (struct plx_draft_audience){ids[i], ids[i], FALSE, FALSE};
    }
    struct plx_draft draft = {.title = "T", .source = "m.csv", .audiences = many};
    draft.n_audiences = PLX_AUDIENCES_MAX - 4;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft_map(&draft, text);
    g_assert_cmpuint(map->n_audiences, ==, PLX_AUDIENCES_MAX);
    g_string_truncate(text, 0);
    draft.n_audiences++;
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_map_draft(&draft, text, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "m.csv names 33 audiences; a map has at most 32");
    g_assert_cmpuint(text->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-draft/plain", test_plain);
    g_test_add_func("/map-draft/whole", test_whole);
    g_test_add_func("/map-draft/order", test_order);
    g_test_add_func("/map-draft/only-journey", test_only_journey);
    g_test_add_func("/map-draft/draft-order", test_draft_order);
    g_test_add_func("/map-draft/nothing", test_nothing);
    g_test_add_func("/map-draft/too-many", test_too_many);
    return g_test_run();
}
