/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a map: read, and when it is one, drawn. Run: ./dev fuzz map */
#include "map/map_file.h"
#include "map/map_tree.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory((const char *)data, size, "fuzz", &error);
    if (!map) {
        /* A refusal names the file, and is text that can be printed. */
        if (!error || !g_str_has_prefix(error->message, "fuzz:") ||
            !g_utf8_validate(error->message, -1, NULL))
            __builtin_trap();
        return 0;
    }
    g_autoptr(GString) tree = g_string_new(NULL);
    plx_map_tree(map, FALSE, tree);
    plx_map_tree(map, TRUE, tree);
    for (guint i = 0; i < map->n_points; i++)
        if (plx_map_find_point(map, map->points[i].id) != (gint)i ||
            plx_map_text(map, map->points[i].title, "de") == NULL)
            __builtin_trap();
    return 0;
}
