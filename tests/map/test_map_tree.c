/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_file.h"
#include "map/map_tree.h"

#include <string.h>

static const char text[] =
    "parallax: 1\n"
    "title: Small shop\n"
    "journeys:\n"
    "  - title: Order\n"
    "    transactions:\n"
    "      - {title: Find, points: [Campaign page]}\n"
    "      - title: Receive\n"
    "        points:\n"
    "          - {title: Doorstep, senses: [feel, see], channels: [van, post], value: delivery,\n"
    "             target: 4, effort: week}\n"
    "  - title: Return\n"
    "    transactions:\n"
    "      - {title: Send back, points: [{use: doorstep}, Label]}\n"
    "tasks:\n"
    "  - {title: Drive, owner: Carrier, points: [doorstep, label]}\n"
    "  - {title: Sweep, owner: Yard}\n"
    "promises:\n"
    "  - {id: next-day, words: Tomorrow, where: Web, since: 2025-01-01, points: doorstep}\n";

static const char unicode[] = "Small shop\n"
                              "2 journeys, 3 transactions, 3 points, 2 tasks, 1 promise\n"
                              "\n"
                              "Order [order]\n"
                              "├─ Find [find]\n"
                              "│  └─ Campaign page [campaign-page]\n"
                              "└─ Receive [receive]\n"
                              "   └─ Doorstep [doorstep]\n"
                              "        see, feel · channels: van, post\n"
                              "        value: delivery · target: Desired · effort: week\n"
                              "        promise: “Tomorrow” [next-day]\n"
                              "                 Web, since 2025-01-01\n"
                              "        task: Drive (Carrier) [drive]\n"
                              "\n"
                              "Return [return]\n"
                              "└─ Send back [send-back]\n"
                              "   ├─ → Doorstep, at home in Order, Receive [doorstep]\n"
                              "   └─ Label [label]\n"
                              "        task: Drive (Carrier) [drive]\n"
                              "\n"
                              "Tasks without a point\n"
                              "   Sweep (Yard) [sweep]\n";

static plx_map *read_map(void)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static void test_unicode(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GString) tree = g_string_new(NULL);
    plx_map_tree(map, FALSE, tree);
    g_assert_cmpstr(tree->str, ==, unicode);
}

static void test_ascii(void)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GString) tree = g_string_new(NULL);
    plx_map_tree(map, TRUE, tree);
    for (gsize i = 0; i < tree->len; i++)
        g_assert_cmpuint((guchar)tree->str[i], <, 0x80);
    g_assert_nonnull(strstr(tree->str, "|- Find [find]\n|  `- Campaign page [campaign-page]\n"));
    g_assert_nonnull(strstr(tree->str, "promise: \"Tomorrow\" [next-day]\n"));
}

static void test_open(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) tree = g_string_new(NULL);
    plx_map_tree(map, FALSE, tree);
    g_assert_cmpstr(tree->str, ==, "0 journeys, 0 transactions, 0 points, 0 tasks, 0 promises\n");
}

static void test_retired(void)
{
    static const char gone[] =
        "parallax: 1\ntitle: T\njourneys:\n- title: J\n  transactions:\n  - title: T\n    points:\n"
        "    - {id: a, title: A, was: [c]}\n    - {id: b, title: B, was: [c]}\n"
        "retired: {tasks: [{id: pack, title: Packing}]}\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(gone, strlen(gone), "m.yaml", &error);
    g_assert_no_error(error);
    g_autoptr(GString) tree = g_string_new(NULL);
    plx_map_tree(map, TRUE, tree);
    g_assert_true(
        g_str_has_suffix(tree->str, "\nRetired\n   task: Packing [pack]\n   point: c [c]\n"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-tree/unicode", test_unicode);
    g_test_add_func("/map-tree/ascii", test_ascii);
    g_test_add_func("/map-tree/open", test_open);
    g_test_add_func("/map-tree/retired", test_retired);
    return g_test_run();
}
