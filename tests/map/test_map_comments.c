/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_comments.h"

#include "map/map_file.h"
#include "map/map_same.h"
#include "map/map_write.h"

#include <string.h>

static const char from[] = "# Our map.\n"
                           "parallax: 1\n"
                           "title: {de: Laden, en: Shop}\n"
                           "audiences:\n"
                           "  # Seven since May.\n"
                           "  leader: {population: 7}\n"
                           "journeys:\n"
                           "  - title: Buying\n"
                           "    transactions:\n"
                           "      - title: In the shop\n"
                           "        points:\n"
                           "          # Ask Ann.\n"
                           "          - The door # it sticks\n"
                           "          - {id: till, title: The till}\n"
                           "          # Goes in spring.\n"
                           "          - Fax\n"
                           "          - title: Bread\n"
                           "            # What Otto saw.\n"
                           "            levels: {1: Stale}\n"
                           "# The end.\n";

/* By ids: through a rename and a move; away with what is removed. */
static void test_carry(void)
{
    static const char to[] = "parallax: 1\n"
                             "title: {en: Shop, de: Laden}\n"
                             "\n"
                             "audiences:\n"
                             "  leader:\n"
                             "    population: 8\n"
                             "\n"
                             "journeys:\n"
                             "  - id: buying\n"
                             "    title: Buying\n"
                             "    transactions:\n"
                             "      - id: before\n"
                             "        title: Before\n"
                             "        points:\n"
                             "          - id: the-door\n"
                             "            title: The front door\n"
                             "      - id: in-the-shop\n"
                             "        title: In the shop\n"
                             "        points:\n"
                             "          - id: till\n"
                             "            title: The till\n"
                             "          - id: bread\n"
                             "            title: Bread\n";
    static const char both[] = "# Our map.\n"
                               "parallax: 1\n"
                               "title: {en: Shop, de: Laden}\n"
                               "\n"
                               "audiences:\n"
                               "  # Seven since May.\n"
                               "  leader:\n"
                               "    population: 8\n"
                               "\n"
                               "journeys:\n"
                               "  - id: buying\n"
                               "    title: Buying\n"
                               "    transactions:\n"
                               "      - id: before\n"
                               "        title: Before\n"
                               "        points:\n"
                               "          # Ask Ann.\n"
                               "          - id: the-door  # it sticks\n"
                               "            title: The front door\n"
                               "      - id: in-the-shop\n"
                               "        title: In the shop\n"
                               "        points:\n"
                               "          - id: till\n"
                               "            title: The till\n"
                               "          # What Otto saw.\n"
                               "          - id: bread\n"
                               "            title: Bread\n"
                               "# The end.\n";
    g_autofree char *text = plx_map_comments_carry(from, to);
    g_assert_cmpstr(text, ==, both);
    g_autofree char *again = plx_map_comments_carry(text, to);
    g_assert_cmpstr(again, ==, both);
}

/* Written anew, a map with its comments is the same map. */
static void test_same(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(PLX_EXAMPLES, "maps", "clinic.yaml", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, &error));
    g_autoptr(plx_map) map = plx_map_read(path, &error);
    g_assert_no_error(error);
    g_autoptr(GString) written = g_string_new(NULL);
    plx_map_write(map, written);
    g_autofree char *kept = plx_map_comments_carry(text, written->str);
    g_assert_nonnull(strstr(kept, "  # Pain: low is good.\n  pain:"));
    g_autoptr(plx_map) back = plx_map_read_memory(kept, strlen(kept), "kept.yaml", &error);
    g_assert_no_error(error);
    g_assert_true(plx_map_same(map, back));
}

static void test_none(void)
{
    g_autofree char *plain = plx_map_comments_carry("parallax: 1\n", "title: A\n");
    g_autofree char *broken = plx_map_comments_carry("# a\n{", "title: A\n");
    g_assert_cmpstr(plain, ==, "title: A\n");
    g_assert_cmpstr(broken, ==, "title: A\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map_comments/carry", test_carry);
    g_test_add_func("/map_comments/same", test_same);
    g_test_add_func("/map_comments/none", test_none);
    return g_test_run();
}
