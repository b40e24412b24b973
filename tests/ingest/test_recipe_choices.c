/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/recipe.h"
#include "ingest/recipe_suggest.h"

#include <glib/gstdio.h>
#include <string.h>

static const char survey[] = "Wer,Wann,Q1,Q2,Q3,NPS,Text\n"
                             "Gast,2025-01-02,schlecht,4,99,9,so\n"
                             "Chef,2025-01-03,gut,3,5,10,und so\n"
                             "Gast,2025-01-04,prima,2,4,3,\n";

static struct plx_choices *read_choices(const char *text, GError **error)
{
    return plx_choices_read_memory(text, strlen(text), "choices.json", error);
}

/* The recipe that choices make of the survey, which must read back. */
static char *recipe_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("plx-choices-XXXXXX", &error);
    g_autofree char *path = g_build_filename(folder, "survey.csv", NULL);
    g_assert_true(g_file_set_contents(path, survey, -1, &error));
    struct plx_look *look = plx_look_new(path, NULL, &error);
    g_assert_no_error(error);
    struct plx_choices *choices = read_choices(text, &error);
    g_assert_no_error(error);
    g_autoptr(plx_map) map = plx_map_new_open();
    GString *const recipe = plx_recipe_suggest(look, path, map, choices);
    g_autoptr(plx_recipe) back =
        plx_recipe_read_memory(recipe->str, recipe->len, "recipe", map, &error);
    g_assert_no_error(error);
    g_assert_nonnull(back);
    plx_choices_free(choices);
    plx_look_free(look);
    g_unlink(path);
    g_rmdir(folder);
    return g_string_free(recipe, FALSE);
}

static void test_columns(void)
{
    g_autofree char *recipe = recipe_of(
        "{\"na\": [\"99\"], \"scale\": {\"min\": 1, \"max\": 5, \"floor\": 1, \"met\": 2, "
        "\"desired\": 4, \"top\": 5}, \"columns\": ["
        "{\"number\": 1, \"is\": \"audience\", \"values\": [{\"from\": \"Gast\", \"to\": "
        "\"customer\"}, {\"from\": \"Chef\", \"to\": \"leader\"}]},"
        "{\"number\": 3, \"is\": \"point\", \"point\": \"Essen\", \"values\": [{\"from\": "
        "\"schlecht\", \"to\": \"1\"}, {\"from\": \"prima\", \"to\": \"5\"}, {\"from\": "
        "\"gut\", \"to\": \"4\"}]},"
        "{\"number\": 4, \"is\": \"point\", \"point\": \"Essen\", \"measure\": \"expected\"},"
        "{\"number\": 5, \"is\": \"point\", \"point\": \"Bett\"},"
        "{\"number\": 6, \"is\": \"recommend\", \"point\": \"Aufenthalt\"},"
        "{\"number\": 7, \"is\": \"ignore\"}]}");
    static const char *const lines[] = {
        "\naudience: {column: Wer, values: {Chef: leader, Gast: customer}}\n",
        "\nna: [\"99\"]\n",
        "\nscale: {min: 1, max: 5, floor: 1, met: 2, desired: 4, top: 5}\n",
        "\n  Essen: {level: {column: Q1, values: {schlecht: 1, gut: 4, prima: 5}}, expected: Q2}\n",
        "\n  Bett: {level: Q3}\n",
        "\n  - {journey: {constant: Aufenthalt}, recommend: NPS}\n",
        "\n#   \"Text\"\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (!strstr(recipe, lines[i]))
            g_assert_cmpstr(recipe, ==, lines[i]);
}

/* What nothing is said of stays a guess; nobody may be said to be something that does not exist. */
static void test_rest(void)
{
    g_autofree char *recipe = recipe_of("{\"audience\": \"staff\", \"columns\": [{\"number\": 1, "
                                        "\"is\": \"segment\"}]}");
    g_assert_nonnull(strstr(recipe, "\naudience: {constant: staff}\n"));
    g_assert_nonnull(strstr(recipe, "\ntime: Wann\n"));
    g_assert_nonnull(strstr(recipe, "\n  wer: Wer\n"));
}

static void test_errors(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[", "choices.json: expected JSON, as 'recipe suggest --format json' writes it"},
        {"{\"columns\": [{\"is\": \"point\"}]}",
         "choices.json: \"columns\": expected the \"number\" of each, from 1"},
        {"{\"columns\": [{\"number\": 2, \"is\": \"poinnt\"}]}",
         "choices.json: column 2: \"is\": there is no \"poinnt\"; did you mean \"point\"?"},
        {"{\"na\": [1]}", "choices.json: \"na\": expected a list of texts"},
        {"{\"scale\": {\"min\": 1}}",
         "choices.json: \"scale\": expected min, max, floor, met, desired and top"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(read_choices(cases[i].text, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

/* The whole is on the scale of the points where its marks lie within that, else on its own. */
static void test_overall(void)
{
    static const char columns[] = "\"columns\": [{\"number\": 4, \"is\": \"point\"},"
                                  "{\"number\": 6, \"is\": \"overall\"}]";
    g_autofree char *wide = g_strdup_printf("{\"scale\": {\"min\": 1, \"max\": 10, \"floor\": 1, "
                                            "\"met\": 5, \"desired\": 8, \"top\": 10}, %s}",
                                            columns);
    g_autofree char *same = recipe_of(wide);
    g_autofree char *short_ = g_strdup_printf("{%s}", columns);
    g_autofree char *own = recipe_of(short_);
    g_assert_nonnull(strstr(
        same, "\nscales: {overall: {min: 1, max: 10, floor: 1, met: 5, desired: 8, top: 10}}\n"));
    g_assert_nonnull(strstr(own, "\nscale: {min: 1, max: 4,"));
    g_assert_nonnull(strstr(own, "\nscales: {overall: {min: 1, max: 10,"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recipe-choices/columns", test_columns);
    g_test_add_func("/recipe-choices/rest", test_rest);
    g_test_add_func("/recipe-choices/overall", test_overall);
    g_test_add_func("/recipe-choices/errors", test_errors);
    return g_test_run();
}
