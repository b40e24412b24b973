/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/recipe_builtin.h"

#include <string.h>

static plx_recipe *read_text(const char *text, plx_map *map, GError **error)
{
    return plx_recipe_read_memory(text, strlen(text), "r.yaml", map, error);
}

static void test_long(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe = read_text("parallax-recipe: 1\n"
                                             "title: A survey\n"
                                             "dataset: s\n"
                                             "file: {delimiter: semicolon, skip-after: 2}\n"
                                             "audience: {column: role, values: {Boss: leader}}\n"
                                             "encounter: [shop, receipt]\n"
                                             "place: shop\n"
                                             "time: when\n"
                                             "time-format: \"%d/%m/%Y\"\n"
                                             "segments: {tier: Tier}\n"
                                             "na: [\"9\"]\n"
                                             "point: question\n"
                                             "level: {column: mark, na: [\"8\"]}\n"
                                             "effort: ease\n",
                                             map, &error);
    g_assert_no_error(error);
    const plx_plan *plan = plx_recipe_plan(recipe);
    g_assert_cmpstr(plx_recipe_title(recipe), ==, "A survey");
    g_assert_cmpstr(plan->dataset, ==, "s");
    g_assert_cmpint(plan->dialect.delimiter, ==, ';');
    g_assert_cmpuint(plan->dialect.skip_after, ==, 2);
    g_assert_cmpstr(plan->audience.column, ==, "role");
    g_assert_cmpuint(plan->encounter->len, ==, 2);
    g_assert_cmpstr(plan->time_format, ==, "%d/%m/%Y");
    g_assert_cmpuint(plan->views->len, ==, 1);
    const struct plx_view *view = &g_array_index(plan->views, struct plx_view, 0);
    g_assert_cmpstr(view->point.column, ==, "question");
    g_assert_cmpuint(view->asks->len, ==, 2);
    /* A column's own codes come before those of the whole recipe. */
    const struct plx_ask *ask = &g_array_index(view->asks, struct plx_ask, 0);
    g_assert_cmpuint(ask->measure, ==, PLX_MEASURE_LEVEL);
    g_assert_cmpuint(ask->cell.values->len, ==, 2);
    g_assert_cmpstr(g_array_index(ask->cell.values, struct plx_replacement, 0).from, ==, "8");
    g_assert_cmpstr(g_array_index(ask->cell.values, struct plx_replacement, 1).from, ==, "9");
}

static void test_wide(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe =
        read_text("parallax-recipe: 1\n"
                  "audience: {constant: customer}\n"
                  "scale: {min: 1, max: 7, met: 4}\n"
                  "scales: {effort: {min: 1, max: 5}, level of staff: {min: 1, max: 10}}\n"
                  "points:\n"
                  "  Seat: {level: s2, expected: s1}\n"
                  "  Food: {level: f, audience: {constant: staff}}\n",
                  map, &error);
    g_assert_no_error(error);
    const plx_plan *plan = plx_recipe_plan(recipe);
    g_assert_cmpuint(plan->views->len, ==, 2);
    const struct plx_view *food = &g_array_index(plan->views, struct plx_view, 1);
    g_assert_cmpstr(food->point.constant, ==, "Food");
    g_assert_cmpstr(food->audience.constant, ==, "staff");
    g_assert_true(plx_recipe_apply(recipe, map, &error));
    g_assert_no_error(error);
    gint customer = plx_map_find_audience(map, "customer");
    gint staff = plx_map_find_audience(map, "staff");
    g_assert_cmpint(map->audiences[customer].scale->max, ==, 7);
    g_assert_cmpint(map->audiences[customer].scale->desired, ==, PLX_NO_CUT);
    g_assert_cmpint(map->audiences[staff].scale->max, ==, 10);
    g_assert_cmpint(map->measures[PLX_MEASURE_EFFORT].scale->max, ==, 5);
}

static void test_errors(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"title: x\n", "r.yaml:1:1: a recipe begins with the line \"parallax-recipe: 1\""},
        {"parallax-recipe: 2\nlevel: x\n",
         "r.yaml:1:18: this program reads recipes of \"parallax-recipe: 1\", not \"2\""},
        {"parallax-recipe: 1\naudiance: x\n",
         "r.yaml:2:1: unknown key \"audiance\" in recipe; did you mean \"audience\"?"},
        {"parallax-recipe: 1\naudience: role\n",
         "r.yaml:1:1: a recipe needs point and a measure, points, or views"},
        {"parallax-recipe: 1\npoints: [{constant: x}]\n",
         "r.yaml:2:10: expected the title of a column"},
        {"parallax-recipe: 1\npoints: x\n",
         "r.yaml:2:9: expected a list of columns, or points with measures"},
        {"parallax-recipe: 1\nlevel: {values: {a: 1}}\n",
         "r.yaml:2:8: expected column, number or constant"},
        {"parallax-recipe: 1\nlevel: {column: a, number: 2}\n",
         "r.yaml:2:20: a column has a title or a number, not both"},
        {"parallax-recipe: 1\nlevel: a\nplace: {column: b, pattern: \"(\"}\n",
         "r.yaml:3:29: not a regular expression: "},
        {"parallax-recipe: 1\nlevel: a\nscales: {lavel: {min: 1, max: 2}}\n",
         "r.yaml:3:10: \"lavel\" is no measure"},
        {"parallax-recipe: 1\npoints: {A: {level: x, audience: role}}\n",
         "r.yaml:2:34: the audience of one point is a fixed one: write {constant: staff}"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_map) map = plx_map_new_open();
        g_assert_null(read_text(cases[i].text, map, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, !=, "");
        if (!g_str_has_prefix(error->message, cases[i].message))
            g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

static void test_apply_errors(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe = read_text(
        "parallax-recipe: 1\nlevel: a\nscales: {level of pilot: {min: 1, max: 2}}\n", map, &error);
    g_assert_no_error(error);
    g_assert_false(plx_recipe_apply(recipe, map, &error));
    g_assert_cmpstr(error->message, ==,
                    "a scale is given for the audience \"pilot\", which the map does not have");
}

static void test_builtin(void)
{
    g_auto(GStrv) ids = plx_recipe_builtin_list();
    g_assert_cmpuint(g_strv_length(ids), ==, 4);
    g_assert_cmpstr(ids[0], ==, "airline");
    for (char **id = ids; *id; id++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_map) map = plx_map_new_open();
        g_autoptr(plx_recipe) recipe = plx_recipe_open(*id, map, &error);
        g_assert_no_error(error);
        g_assert_true(plx_recipe_apply(recipe, map, &error));
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_recipe_builtin_text("airlin", NULL, &error));
    g_assert_cmpstr(error->message, ==, "no recipe \"airlin\"; did you mean \"airline\"?");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recipe/long", test_long);
    g_test_add_func("/recipe/wide", test_wide);
    g_test_add_func("/recipe/errors", test_errors);
    g_test_add_func("/recipe/apply-errors", test_apply_errors);
    g_test_add_func("/recipe/builtin", test_builtin);
    return g_test_run();
}
