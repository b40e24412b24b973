/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_walk.h"

#include "base/error.h"
#include "map/map_file.h"
#include "map/walk_words.h"

#include <string.h>
#include <unistd.h>

/* A file of notes, to be unlinked and freed. */
static char *notes_file(const char *text)
{
    g_autoptr(GError) error = NULL;
    char *path = NULL;
    const int file = g_file_open_tmp("plx-walk-XXXXXX.csv", &path, &error);
    g_assert_no_error(error);
    close(file);
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
    return path;
}

static plx_map *draft(const char *notes, GString *text)
{
    g_autofree char *path = notes_file(notes);
    g_autoptr(GError) error = NULL;
    plx_map_walk(path, "Café", text, &error);
    g_assert_no_error(error);
    unlink(path);
    plx_map *const map = plx_map_read_memory(text->str, text->len, "m.yaml", &error);
    g_assert_no_error(error);
    return map;
}

/* Order is that of the walk; journey and transaction stay until another is named. */
static void test_in_order(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft("journey,transaction,sense,level,words,channel\n"
                                   "Lunch,Arrive,Sehen,2,Zebra crossing,walk\n"
                                   ",,ouïe + TOUCH,,An apple: red,\n"
                                   "Lunch,Pay,,6,Bill,phone\n"
                                   "Dinner,,feel,1,Bill,\n"
                                   "Lunch,Arrive,smell,3,zebra  crossing!,car\n",
                                   text);
    g_assert_cmpuint(map->n_journeys, ==, 2);
    g_assert_cmpuint(map->n_points, ==, 4);
    static const struct {
        const char *id;
        guint senses;
    } points[] = {{"zebra-crossing", PLX_SENSE_SEE | PLX_SENSE_SMELL},
                  {"an-apple", PLX_SENSE_HEAR | PLX_SENSE_TOUCH},
                  {"bill", 0},
                  {"bill-2", PLX_SENSE_FEEL}};
    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        g_assert_cmpstr(map->points[i].id, ==, points[i].id);
        g_assert_cmpuint(map->points[i].senses, ==, points[i].senses);
    }
    g_assert_cmpstr(map->points[0].channels[0], ==, "walk");
    g_assert_cmpstr(map->points[0].channels[1], ==, "car");
    g_assert_nonnull(strstr(text->str, "          # level 2: Zebra crossing\n"
                                       "          # level 3: zebra  crossing!\n"
                                       "          - id: zebra-crossing\n"));
}

/* Whatever is noted, the draft is a good map. */
static void test_hostile_words(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_map) map = draft("words,title,transaction,channel\n"
                                   "\"two\nlines: a # b\",no,on,\"a, b\"\n"
                                   "\"- id: x\",\"[1, 2]\",null,'x'\n"
                                   "\"tab\there \xE2\x80\xA8 and \xEF\xBF\xBF\",,1.5,\n",
                                   text);
    g_assert_cmpuint(map->n_points, ==, 3);
    g_assert_cmpstr(map->points[0].title, ==, "no");
    g_assert_cmpstr(map->points[1].title, ==, "[1, 2]");
    g_assert_nonnull(strstr(text->str, "          # two lines: a # b\n"));
}

static void check_refused(const char *notes, const char *message)
{
    g_autofree char *path = notes_file(notes);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new("as it was");
    g_autofree char *expected = g_strconcat(path, message, NULL);
    g_assert_false(plx_map_walk(path, "T", text, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT));
    g_assert_cmpstr(error->message, ==, expected);
    g_assert_cmpstr(text->str, ==, "as it was");
    unlink(path);
}

static void test_refused(void)
{
    check_refused("sense,level\nsee,2\n", ":1: a column \"words\" was expected");
    check_refused("words,sence\na,see\n",
                  ":1:7: unknown column \"sence\"; did you mean \"sense\"?");
    check_refused("words\n", ":1: no moment is noted");
    check_refused("words,sense\na,see\n,see\n",
                  ":3:1: a moment needs words: what was seen, heard, felt?");
    check_refused("words,sense\na,see;haer\n",
                  ":2:3: \"haer\" is no sense: see, hear, touch, taste, smell or feel was "
                  "expected; did you mean \"hear\"?");
    check_refused("words,level\na,7\n", ":2:3: \"7\" is no level: 1 to 6 was expected");
    check_refused("words,level\na,2.5\n", ":2:3: \"2.5\" is no level: 1 to 6 was expected");
    check_refused("words\n?!\n", ":2:1: a moment needs a letter or a digit");
    check_refused("words,title\nfine,--\n", ":2:6: a moment needs a letter or a digit");
    check_refused("transaction,words\n~,a\n",
                  ":2:1: a journey or transaction needs a letter or a digit");
    check_refused("words,journey\na,?\n",
                  ":2:3: a journey or transaction needs a letter or a digit");
}

static void test_titles(void)
{
    static const struct {
        const char *words, *title;
    } cases[] = {
        {"the phone rang 12 times, nobody came", "The phone rang 12 times"},
        {"v2.5 of the app (old)", "V2.5 of the app"},
        {"one two three four five six seven eight nine", "One two three four five six seven eight"},
        {"  smells   of\tbread\n", "Smells of bread"},
        {"\xE6\x9C\x80\xE5\x88\x9D\xE3\x80\x82\xE6\xAC\xA1", "\xE6\x9C\x80\xE5\x88\x9D"},
        {"supercalifragilisticexpialidocious antidisestablishmentarianism x",
         "Supercalifragilisticexpialidocious"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *title = plx_walk_title(cases[i].words);
        g_assert_cmpstr(title, ==, cases[i].title);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-walk/in-order", test_in_order);
    g_test_add_func("/map-walk/hostile-words", test_hostile_words);
    g_test_add_func("/map-walk/refused", test_refused);
    g_test_add_func("/map-walk/titles", test_titles);
    return g_test_run();
}
