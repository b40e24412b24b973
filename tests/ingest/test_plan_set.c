/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Constants for every row (--set): as if a column had said them. */

#include "base/error.h"
#include "ingest/recipe.h"
#include "reading.h"

static void check_same(const char *with, const char *without, const char *const *set)
{
    for (guint threads = 1; threads <= 2; threads++) {
        g_autoptr(plx_map) map = plx_map_new_open();
        const struct plx_file_options plain = {.threads = threads};
        const struct plx_file_options setting = {.threads = threads, .set = set};
        struct reading a = read_bytes(map, with, strlen(with), &plain);
        struct reading b = read_bytes(map, without, strlen(without), &setting);
        g_assert_cmpstr(a.error, ==, NULL);
        g_assert_cmpstr(b.error, ==, NULL);
        g_assert_cmpstr(a.text, ==, b.text);
        g_assert_cmpuint(a.encounters, ==, b.encounters);
        g_assert_cmpuint(a.units, ==, b.units);
        g_assert_cmpuint(a.summary.duplicates, ==, b.summary.duplicates);
        reading_clear(&a);
        reading_clear(&b);
    }
}

static void test_as_a_column(void)
{
    static const char *const few[] = {"audience=customer", NULL};
    check_same("audience,point,level\ncustomer,Paying,3\ncustomer,Waiting,4\n",
               "point,level\nPaying,3\nWaiting,4\n", few);
    static const char *const many[] = {"Audience=Leader",
                                       "time=2024-03-17T14:05+01:00",
                                       "journey=Lunch, at noon",
                                       "place=Graz = Süd",
                                       "channel=web",
                                       "language=de",
                                       "source=panel",
                                       "segment.Tier=gold",
                                       "weight=0.5",
                                       "group_size=7",
                                       "workshop=w1",
                                       "table=3",
                                       "seen=1",
                                       "asked_p=0.25",
                                       "prompt=well",
                                       NULL};
    check_same("audience,time,journey,place,channel,language,source,segment.Tier,weight,group_size,"
               "workshop,table,seen,asked_p,prompt,point,level,note\n"
               "Leader,2024-03-17T14:05+01:00,\"Lunch, at noon\",Graz = Süd,web,de,panel,gold,0.5,"
               "7,w1,3,1,0.25,well,Paying,3,good\n"
               "Leader,2024-03-17T14:05+01:00,\"Lunch, at noon\",Graz = Süd,web,de,panel,gold,0.5,"
               "7,w1,3,1,0.25,well,Waiting,4,\n",
               "point,level,note\nPaying,3,good\nWaiting,4,\n", many);
}

/* Keys, too: rows that are one person or one occasion are so without a column, and the same
 * observation twice counts once. */
static void test_keys(void)
{
    static const char *const person[] = {"respondent=r1", "audience=leader", NULL};
    check_same("respondent,audience,point,level\nr1,leader,a,3\nr1,leader,b,4\n",
               "point,level\na,3\nb,4\n", person);
    static const char *const occasion[] = {"encounter=e1", "audience=leader", "point=a", NULL};
    check_same("encounter,audience,point,level\ne1,leader,a,3\ne1,leader,a,3\n", "level\n3\n3\n",
               occasion);
    static const char *const item[] = {"item=2", "audience=leader", NULL};
    check_same("encounter,audience,item,point,level\ne1,leader,2,a,3\ne1,leader,2,b,3\n",
               "encounter,point,level\ne1,a,3\ne1,b,3\n", item);
    static const char *const task[] = {"task=Greet", "audience=shopper", NULL};
    check_same("audience,task,done,point,level\nshopper,Greet,1,a,4\nshopper,Greet,0,b,5\n",
               "done,point,level\n1,a,4\n0,b,5\n", task);
    static const char *const promise[] = {"promise=Ten minutes", "journey=Lunch",
                                          "audience=customer", NULL};
    check_same("audience,journey,promise,known,overall\ncustomer,Lunch,Ten minutes,1,\n"
               "customer,Lunch,Ten minutes,na,\n",
               "known,overall\n1,\nna,\n", promise);
}

/* The message of a file read with one setting. */
static void check(const char *text, const char *set, gint code, const char *expected)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    const char *const list[] = {set, NULL};
    const struct plx_file_options options = {.threads = 1, .set = list};
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, expected);
    g_assert_cmpint(reading.code, ==, code);
    g_assert_null(reading.text);
    reading_clear(&reading);
}

static void test_refused(void)
{
    static const char *const file = "audience,point,level\ncustomer,a,3\n";
    check(file, "place", PLX_ERROR_USAGE,
          "--set \"place\": expected KEY=TEXT, like audience=customer");
    check(file, "place=", PLX_ERROR_USAGE,
          "--set \"place=\": expected KEY=TEXT, like audience=customer");
    check(file, "=Graz", PLX_ERROR_USAGE,
          "--set \"=Graz\": expected KEY=TEXT, like audience=customer");
    check(file, "plaec=Graz", PLX_ERROR_USAGE,
          "--set \"plaec=Graz\": there is no column \"plaec\" in the data contract; did you mean "
          "\"place\"?");
    check(file, "segment.=gold", PLX_ERROR_USAGE,
          "--set \"segment.=gold\": expected segment.NAME=TEXT");
    check(file, "level=3", PLX_ERROR_USAGE,
          "--set level: an answer cannot be the same in every row");
    check(file, "note=good", PLX_ERROR_USAGE,
          "--set note: an answer cannot be the same in every row");
    check(file, "dataset=x", PLX_ERROR_USAGE,
          "--set dataset: 'import' has --dataset for it; in a reading it means nothing");
    check(file, "Audience=leader", PLX_ERROR_USAGE,
          "--set audience=leader: the file has a column \"audience\" (to read past it: "
          "--ignore-column audience)");
}

static void test_bad_values(void)
{
    static const char *const file = "audience,point,level\ncustomer,a,3\n";
    check(file, "time=2024-13-01", PLX_ERROR_USAGE,
          "--set time: \"2024-13-01\" is not a date like 2024-03-17 or 2024-03-17T14:05");
    check(file, "weight=much", PLX_ERROR_USAGE,
          "--set weight: \"much\" is not a number from 0 to 1000000");
    check(file, "group_size=0", PLX_ERROR_USAGE,
          "--set group_size: \"0\" is not a whole number from 1 to 65535");
    check(file, "asked_p=0", PLX_ERROR_USAGE,
          "--set asked_p: \"0\" is not a probability above 0, at most 1");
    check(file, "item=1.5", PLX_ERROR_USAGE,
          "--set item: \"1.5\" is not a whole number from 0 to 1000000000");
    check(file, "seen=yes", PLX_ERROR_USAGE, "--set seen: \"yes\" is not 0 or 1");
    check("point,level\na,3\n", "audience=custmer", PLX_ERROR_USAGE,
          "--set audience: unknown audience \"custmer\"; did you mean \"customer\"? (to add it: "
          "--declare custmer:served; if it is not served, leave out \":served\")");
    g_autofree char *long_text = g_strnfill(300, 'x');
    g_autofree char *place = g_strconcat("segment.tier=", long_text, NULL);
    check(file, place, PLX_ERROR_USAGE,
          "--set segment.tier: tier has 300 bytes; at most 255 are allowed");
    g_autofree char *person = g_strconcat("respondent=", long_text, NULL);
    g_autofree char *expected =
        g_strconcat("--set respondent: \"", long_text, "\" is not at most 255 bytes long", NULL);
    check(file, person, PLX_ERROR_USAGE, expected);
}

static void test_twice(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    static const char *const set[] = {"place=Graz", "PLACE=Wien", NULL};
    const struct plx_file_options options = {.set = set};
    const char *const text = "audience,point,level\ncustomer,a,3\n";
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, "--set place is there twice");
    reading_clear(&reading);
}

/* A column that is read past leaves its key free. */
static void test_ignored_column(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    static const char *const set[] = {"audience=customer", NULL};
    static const char *const ignore[] = {"audience", NULL};
    const struct plx_file_options options = {.set = set, .ignore = ignore};
    const char *const text = "audience,point,level\n?,a,3\n";
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_true(g_str_has_prefix(reading.text, "customer|p:a|"));
    reading_clear(&reading);
}

static plx_recipe *recipe_of(const char *text, const plx_map *map)
{
    g_autoptr(GError) error = NULL;
    plx_recipe *const recipe = plx_recipe_read_memory(text, strlen(text), "r.yaml", map, &error);
    g_assert_no_error(error);
    return recipe;
}

static void test_recipe(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe = recipe_of("parallax-recipe: 1\npoints: [Seat, Food]\n", map);
    static const char *const set[] = {"audience=customer", "place=Graz", "journey=Trip", NULL};
    g_assert_true(plx_recipe_set(recipe, map, set, &error));
    g_assert_no_error(error);
    const struct plx_file_options options = {.plan = plx_recipe_plan(recipe)};
    const char *const text = "Seat,Food\n3,4\n";
    struct reading reading = read_bytes(map, text, strlen(text), &options);
    g_assert_cmpstr(reading.error, ==, NULL);
    g_assert_nonnull(strstr(reading.text, "customer|p:seat|trip|Graz|"));
    g_assert_nonnull(strstr(reading.text, "customer|p:food|trip|Graz|"));
    reading_clear(&reading);
}

static void check_recipe(const char *text, const char *set, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe = recipe_of(text, map);
    const char *const list[] = {set, NULL};
    g_assert_false(plx_recipe_set(recipe, map, list, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, expected);
}

static void test_recipe_says_it(void)
{
    static const char *const wide = "parallax-recipe: 1\n"
                                    "audience: {constant: customer}\n"
                                    "segments: {tier: Tier}\n"
                                    "encounter: id\n"
                                    "points: [Seat, Food]\n";
    check_recipe(wide, "audience=leader",
                 "--set audience=leader: the recipe says the audience already");
    check_recipe(wide, "point=Seat", "--set point=Seat: the recipe says the point already");
    check_recipe(wide, "encounter=1", "--set encounter=1: the recipe says the encounter already");
    check_recipe(wide, "segment.tier=gold",
                 "--set segment.tier=gold: the recipe says the segment.tier already");
    check_recipe("parallax-recipe: 1\n"
                 "views: [{point: p, audience: {constant: customer}, level: l}]\n",
                 "audience=leader", "--set audience=leader: the recipe says the audience already");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ingest/plan_set/as_a_column", test_as_a_column);
    g_test_add_func("/ingest/plan_set/keys", test_keys);
    g_test_add_func("/ingest/plan_set/refused", test_refused);
    g_test_add_func("/ingest/plan_set/bad_values", test_bad_values);
    g_test_add_func("/ingest/plan_set/twice", test_twice);
    g_test_add_func("/ingest/plan_set/ignored_column", test_ignored_column);
    g_test_add_func("/ingest/plan_set/recipe", test_recipe);
    g_test_add_func("/ingest/plan_set/recipe_says_it", test_recipe_says_it);
    return g_test_run();
}
