/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A map as JSON: the keys of the map file (docs/map.md), as plx_map_write() writes them. As JSON is
 * YAML, plx_map_read_memory() reads it back. Test: tests/map/test_map_json.c. */

#include "base/json.h"
#include "base/yaml.h"
#include "map/map.h"

/* Appends the object; no line end behind it. Errors: PLX_ERROR_INPUT for a map that is longer than
 * a map file may be once it is written out. */
gboolean plx_map_write_json(const plx_map *map, GString *out, GError **error);

/* The map as plx_map_write() writes it, read. The same errors. */
plx_yaml *plx_map_tree_of(const plx_map *map, GError **error);

/* The member "in_force": audiences and scales with what the map does not say of them. */
void plx_map_force_json(plx_json *json, const plx_map *map);

/* Is it JSON, not YAML as people write it? By its first character. */
gboolean plx_map_is_json(const char *text);

/* Appends a node: numbers and truth values as such, all else as texts. */
void plx_map_append_node(const struct plx_yaml_node *node, GString *out);
