/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/table_sheet.h"

#include "keys.h"

#include <string.h>

#define HEADER                                                                                     \
    "audience,encounter,time,workshop,table,group_size,source,item,prompt,surprise,note\n"
#define NOW "2026-11-26T09:30"

static plx_sheet *new_sheet(const plx_map *map)
{
    const struct plx_sheet_options options = {.map = map, .workshop = "autumn"};
    return plx_table_sheet_new(&options);
}

static void assert_saves(plx_sheet *sheet, const char *expected)
{
    g_autofree char *text = plx_sheet_save(sheet, NOW);
    g_assert_cmpstr(text, ==, expected);
}

static plx_sheet *load(const plx_map *map, const char *text)
{
    GError *error = NULL;
    plx_sheet *const sheet = new_sheet(map);
    plx_sheet_load(sheet, text, strlen(text), "s.csv", &error);
    g_assert_no_error(error);
    return sheet;
}

static void test_answers(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_sheet) sheet = new_sheet(map);
    plx_entry *const grid = plx_sheet_grid(sheet);
    keys_type_well(grid, "4\nl7\nwKind, \"human\"\ncgDen Käse schneiden sie\n");
    keys_type_well(grid, "[5\nc6\nmThe lift\n"); /* what was carried is typed over */
    static const char *const expected = HEADER
        "leader,autumn table 4,2026-11-26,autumn,4,7,workshop,1,well,,\"Kind, \"\"human\"\"\"\n"
        "leader,autumn table 4,2026-11-26,autumn,4,7,workshop,2,competitors,good,Den Käse "
        "schneiden sie\n"
        "customer,autumn table 5,2026-11-26,autumn,5,6,workshop,3,moment,,The lift\n";
    assert_saves(sheet, expected);
    g_autoptr(plx_sheet) again = load(map, expected);
    g_autofree char *later = plx_sheet_save(again, "2027-01-01T00:00");
    g_assert_cmpstr(later, ==, expected);
}

static void test_two_audiences(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_sheet) sheet = new_sheet(map);
    plx_entry *const grid = plx_sheet_grid(sheet);
    keys_type_well(grid, "4\nl7\nwKind\n");
    g_autofree char *audience = keys_type(grid, "``st");
    g_assert_cmpstr(audience, ==,
                    "staff: expected leader, as table 4 is in row 1: a table has one audience");
    g_autofree char *people = keys_type(grid, "\bl8");
    g_assert_cmpstr(people, ==,
                    "8: expected 7, as table 4 is in row 1: a table has one number of people");
    g_autofree char *stays = keys_type(grid, "\n");
    g_assert_cmpstr(stays, ==, people);
    keys_type_well(grid, "\b7\nwCalm");
    g_autofree char *left = plx_sheet_left(sheet);
    g_assert_cmpstr(left, ==, "");
}

static void test_left(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_sheet) sheet = new_sheet(map);
    plx_entry *const grid = plx_sheet_grid(sheet);
    keys_type_well(grid, "4\nl7\nw");
    keys_type_well(grid, "   ");
    g_autofree char *left = plx_sheet_left(sheet);
    g_assert_cmpstr(left, ==,
                    "row 1, words: nothing is there; not saved\n"
                    "table 4 has no answers: not saved\n");
    assert_saves(sheet, HEADER);
    keys_type_well(grid, "Kind\n\bwGood");
    g_autofree char *mark = keys_type(grid, "`g");
    g_assert_cmpstr(mark, ==, "good: only what competitors do is good or bad; expected nothing");
}

static void test_kept(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    static const char *const text =
        HEADER "staff,spring table 1,2026-05-01,spring,1,7,workshop,1,well,,Kind\n"
               "staff,other,2026-05-01,autumn,1,7,workshop,1,well,,Kind\n"
               "staff,autumn table 1,2026-05-01,autumn,1,7,workshop,1,comment,,Kind\n"
               "staff,autumn table 1,2026-05-01,autumn,1,7,workshop,1,well,,Kind\n";
    g_autoptr(plx_sheet) sheet = load(map, text);
    g_assert_cmpuint(plx_sheet_kept(sheet), ==, 3);
    assert_saves(sheet, text);
}

/* Whatever is typed: the file, loaded, is the same file. */
static void test_any_keys(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GRand) rand = g_rand_new_with_seed(6);
    guint answers = 0;
    for (guint run = 0; run < 200; run++) {
        g_autoptr(plx_sheet) sheet = new_sheet(map);
        keys_type_well(plx_sheet_grid(sheet), "4\nl7\nwKind\n");
        for (guint i = 0; i < 10; i++) {
            keys_press_any(plx_sheet_grid(sheet), rand, 20, "41lscwig,\" 日");
            g_autofree char *saved = plx_sheet_save(sheet, NOW);
            g_autoptr(plx_sheet) again = load(map, saved);
            assert_saves(again, saved);
            g_assert_cmpuint(plx_sheet_kept(again), ==, 0);
            answers += plx_entry_rows(plx_sheet_grid(again)) > 2 ? 1 : 0;
        }
    }
    g_assert_cmpuint(answers, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/table_sheet/answers", test_answers);
    g_test_add_func("/table_sheet/two_audiences", test_two_audiences);
    g_test_add_func("/table_sheet/left", test_left);
    g_test_add_func("/table_sheet/kept", test_kept);
    g_test_add_func("/table_sheet/any_keys", test_any_keys);
    return g_test_run();
}
