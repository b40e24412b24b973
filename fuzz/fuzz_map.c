/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a map: read, and when it is one, drawn, written and read again. Run: ./dev fuzz map
 */
#include "base/yaml.h"
#include "map/map_file.h"
#include "map/map_json.h"
#include "map/map_merge.h"
#include "map/map_same.h"
#include "map/map_tree.h"
#include "map/map_write.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_back(const plx_map *map)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_map_write(map, text);
    g_autoptr(plx_map) back = plx_map_read_memory(text->str, text->len, "back", NULL);
    /* Escapes and ids can make it longer than a file may be. */
    if (back ? !plx_map_same(map, back) : text->len <= PLX_YAML_BYTES_MAX)
        __builtin_trap();
    g_string_truncate(text, 0);
    plx_map_write_csv(map, text);
}

/* As JSON it is the same, and so it is when nobody changed it, or one alone made all of it. */
static void check_merged(const plx_map *map)
{
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(plx_map) nothing = plx_map_new_open(), both = NULL, merged = NULL;
    g_autoptr(GPtrArray) conflicts = NULL, others = NULL;
    if (!plx_map_write_json(map, json, NULL) || json->len > PLX_YAML_BYTES_MAX)
        return;
    g_autoptr(plx_map) back = plx_map_read_memory(json->str, json->len, "json", NULL);
    if (!back || !plx_map_same(map, back) ||
        !plx_map_merge(map, map, map, NULL, &both, &conflicts, NULL) || !plx_map_same(map, both) ||
        !plx_map_merge(nothing, map, nothing, NULL, &merged, &others, NULL) ||
        !plx_map_same(map, merged))
        __builtin_trap();
}

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
    for (guint i = 0; i < map->n_points + map->n_vignettes; i++)
        if (plx_map_find_point(map, map->points[i].id) != (gint)i ||
            plx_map_text(map, map->points[i].title, "de") == NULL)
            __builtin_trap();
    check_back(map);
    check_merged(map);
    return 0;
}
