/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_json.h"

#include "map/map_file.h"
#include "map/map_same.h"

#include <string.h>

/* What a map says as JSON is the same map. */
static void test_back(void)
{
    static const char *const files[] = {"clinic.yaml", "smallest.yaml"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_build_filename(PLX_EXAMPLES, "maps", files[i], NULL);
        g_autoptr(plx_map) map = plx_map_read(path, &error);
        g_assert_no_error(error);
        g_autoptr(GString) out = g_string_new(NULL);
        g_assert_true(plx_map_write_json(map, out, &error));
        g_assert_true(plx_map_is_json(out->str));
        g_autoptr(plx_map) back = plx_map_read_memory(out->str, out->len, "m.json", &error);
        g_assert_no_error(error);
        g_assert_true(plx_map_same(map, back));
    }
}

/* Numbers are numbers, and texts that look like one are not. */
static void test_values(void)
{
    static const char text[] = "parallax: 1\ntitle: '4711'\nmargin: 0.25\njourneys:\n"
                               "  - {id: '7', title: \"a \\\"b\\\"\", transactions: [{id: t, "
                               "title: T, points: [{id: p, title: 'true', target: 4}]}]}\n"
                               "audiences:\n  guest:\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), "m.yaml", &error);
    g_assert_no_error(error);
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(plx_map_write_json(map, out, &error));
    g_assert_cmpstr(out->str, ==,
                    "{\"parallax\": 1, \"title\": \"4711\", \"margin\": 0.25, "
                    "\"audiences\": {\"guest\": {}}, \"journeys\": "
                    "[{\"id\": \"7\", \"title\": \"a \\\"b\\\"\", \"transactions\": [{\"id\": "
                    "\"t\", \"title\": \"T\", \"points\": [{\"id\": \"p\", \"title\": \"true\", "
                    "\"target\": 4}]}]}]}");
    g_assert_false(plx_map_is_json(text));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map_json/back", test_back);
    g_test_add_func("/map_json/values", test_values);
    return g_test_run();
}
