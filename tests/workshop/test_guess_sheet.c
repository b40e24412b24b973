/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/guess_sheet.h"

#include "base/error.h"
#include "keys.h"
#include "map/map_file.h"

#include <string.h>

#define HEADER "audience,respondent,time,workshop,source,seen,point,believed\n"
#define NOW "2026-11-26T09:30"

static const char map_text[] = "parallax: 1\n"
                               "title: Café\n"
                               "journeys:\n"
                               "  - id: visit\n"
                               "    title: Visit\n"
                               "    transactions:\n"
                               "      - id: come\n"
                               "        title: Come\n"
                               "        points:\n"
                               "          - id: door\n"
                               "            title: The door\n"
                               "          - id: table\n"
                               "            title: The table\n"
                               "  - id: takeaway\n"
                               "    title: Take away\n"
                               "    transactions:\n"
                               "      - id: go\n"
                               "        title: Go\n"
                               "        points:\n"
                               "          - use: door\n"
                               "          - id: cup\n"
                               "            title: The cup\n";

static plx_map *read_map(void)
{
    GError *error = NULL;
    plx_map *const map = plx_map_read_memory(map_text, strlen(map_text), "map", &error);
    g_assert_no_error(error);
    return map;
}

static plx_sheet *new_sheet(const plx_map *map, const char *audience, const char *journey)
{
    GError *error = NULL;
    const struct plx_sheet_options options = {map, audience, journey, "autumn"};
    plx_sheet *const sheet = plx_guess_sheet_new(&options, &error);
    g_assert_no_error(error);
    return sheet;
}

static void assert_saves(plx_sheet *sheet, const char *expected)
{
    g_autofree char *text = plx_sheet_save(sheet, NOW);
    g_assert_cmpstr(text, ==, expected);
}

static plx_sheet *load(const plx_map *map, const char *audience, const char *text)
{
    GError *error = NULL;
    plx_sheet *const sheet = new_sheet(map, audience, NULL);
    plx_sheet_load(sheet, text, strlen(text), "g.csv", &error);
    g_assert_no_error(error);
    return sheet;
}

/* Points in map order, each once; a number is of this workshop, a name is a name. */
static void test_two_people(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_sheet) sheet = new_sheet(map, "leader", NULL);
    plx_entry *const grid = plx_sheet_grid(sheet);
    keys_type_well(grid, "1\nn7x-\nanna\n\n10");
    static const char *const expected =
        HEADER "leader,autumn leader 1," NOW ",autumn,workshop,0,door,7\n"
               "leader,autumn leader 1," NOW ",autumn,workshop,0,table,10\n"
               "leader,anna," NOW ",autumn,workshop,,door,10\n";
    assert_saves(sheet, expected);
    g_autofree char *left = plx_sheet_left(sheet);
    g_assert_cmpstr(left, ==, "");
    g_autoptr(plx_sheet) again = load(map, "leader", expected);
    g_autofree char *later = plx_sheet_save(again, "2027-01-01T00:00");
    g_assert_cmpstr(later, ==, expected);
    g_assert_cmpstr(plx_entry_cell(plx_sheet_grid(again), 0, 0), ==, "1");
    g_assert_cmpuint(plx_entry_row(plx_sheet_grid(again)), ==, 2);
}

static void test_journey(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_sheet) sheet = new_sheet(map, "staff", "takeaway");
    keys_type_well(plx_sheet_grid(sheet), "1\ny34");
    assert_saves(sheet, HEADER "staff,autumn staff 1," NOW ",autumn,workshop,1,door,3\n"
                               "staff,autumn staff 1," NOW ",autumn,workshop,1,cup,4\n");
}

/* A slip does not cost what was saved, and is told. */
static void test_eleven(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_sheet) sheet = new_sheet(map, "leader", NULL);
    plx_entry *const grid = plx_sheet_grid(sheet);
    keys_type_well(grid, "anna\n\n3");
    static const char *const before = HEADER "leader,anna," NOW ",autumn,workshop,,door,3\n";
    assert_saves(sheet, before);
    g_autofree char *message = keys_type(grid, "11");
    g_assert_cmpstr(message, ==, "11: expected 0 to 10");
    assert_saves(sheet, before);
    g_autofree char *left = plx_sheet_left(sheet);
    g_assert_cmpstr(left, ==, "row 1, The table: 11: expected 0 to 10; saved as it was before\n");
    keys_type_well(grid, "\b\n");
    assert_saves(sheet, HEADER "leader,anna," NOW ",autumn,workshop,,door,3\n"
                               "leader,anna," NOW ",autumn,workshop,,table,1\n");
}

static void test_left(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_sheet) sheet = new_sheet(map, "leader", NULL);
    plx_entry *const grid = plx_sheet_grid(sheet);
    keys_type_well(grid, "\t\t555\n"
                         "1\n\n---\n");
    g_autofree char *message = keys_type(grid, "1\n");
    g_assert_cmpuint(plx_sheet_unsaved(sheet), ==, 2);
    g_assert_cmpstr(message, ==, "1 is in row 2 already: expected another person");
    assert_saves(sheet, HEADER);
    g_autofree char *left = plx_sheet_left(sheet);
    g_assert_cmpstr(left, ==,
                    "row 1, who: nothing is there; not saved\n"
                    "row 3, who: 1 is in row 2 already: expected another person; not saved\n"
                    "row 2 (1) has no guess: not saved\n");
}

/* What is not of this grid stays, before the rest. */
static void test_kept(void)
{
    g_autoptr(plx_map) map = read_map();
    static const char *const text = HEADER "staff,x," NOW ",autumn,workshop,,door,3\n"
                                           "leader,x," NOW ",spring,workshop,,door,3\n"
                                           "leader,x," NOW ",autumn,mail,,door,3\n"
                                           "leader,x," NOW ",autumn,workshop,,roof,3\n"
                                           "leader,x," NOW ",autumn,workshop,,door,4\n";
    g_autoptr(plx_sheet) sheet = load(map, "leader", text);
    g_assert_cmpuint(plx_sheet_kept(sheet), ==, 4);
    assert_saves(sheet, text);
}

static void test_bad_files(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"audience,believd\n", "g.csv:1:10: this grid does not know a column \"believd\" and would "
                               "lose it; import the file as it is, or name another for the grid "
                               "with -o"},
        {"audience,point\nleader\n", "g.csv:2: 1 fields where the header has 2"},
        {"audience,point\nleader,\"a\"b\n", "g.csv:2:11: this is no CSV: a quote is wrong here"},
        {"a\xff\n", "g.csv: this is no UTF-8; save it as that, or name another with -o"},
    };
    g_autoptr(plx_map) map = read_map();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(plx_sheet) sheet = new_sheet(map, "leader", NULL);
        g_autoptr(GError) error = NULL;
        g_assert_false(
            plx_sheet_load(sheet, cases[i].text, strlen(cases[i].text), "g.csv", &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

static void test_not_there(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(plx_map) open = plx_map_new_open();
    const struct {
        struct plx_sheet_options options;
        const char *message;
    } cases[] = {
        {{map, "leader", "stay", "w"}, "the map has no journey \"stay\""},
        {{map, "ward", NULL, "w"}, "the map has no audience \"ward\""},
        {{open, "leader", NULL, "w"},
         "the map has no points to guess about; put one in force: parallax map apply"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(plx_guess_sheet_new(&cases[i].options, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

/* Whatever is typed: the file, loaded, is the same file. */
static void test_any_keys(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    for (guint run = 0; run < 200; run++) {
        g_autoptr(plx_sheet) sheet = new_sheet(map, "leader", NULL);
        for (guint i = 0; i < 10; i++) {
            keys_press_any(plx_sheet_grid(sheet), rand, 20, "1074x-ny ,\"日");
            g_autofree char *saved = plx_sheet_save(sheet, NOW);
            g_autoptr(plx_sheet) again = load(map, "leader", saved);
            assert_saves(again, saved);
            g_assert_cmpuint(plx_sheet_kept(again), ==, 0);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/guess_sheet/two_people", test_two_people);
    g_test_add_func("/guess_sheet/journey", test_journey);
    g_test_add_func("/guess_sheet/eleven", test_eleven);
    g_test_add_func("/guess_sheet/left", test_left);
    g_test_add_func("/guess_sheet/kept", test_kept);
    g_test_add_func("/guess_sheet/bad_files", test_bad_files);
    g_test_add_func("/guess_sheet/not_there", test_not_there);
    g_test_add_func("/guess_sheet/any_keys", test_any_keys);
    return g_test_run();
}
