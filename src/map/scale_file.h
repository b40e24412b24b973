/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A scale as maps and recipes write it:
 *   {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5, direction: up,
 *    labels: {words: [...], sentences: [...]}}
 * Cuts that are left out do not exist. Test: tests/map/test_map_file.c. */

#include "base/yaml.h"
#include "map/map.h"

/* The scale of a mapping, to be freed; `id` names it in messages. With a map, labels may be given
 * per language and the others are kept there; without, they are plain texts. */
struct plx_scale *plx_scale_read(const struct plx_yaml_node *node, const char *id, plx_map *map,
                                 GError **error);

/* Only its labels, into an existing scale: what a map may change about a built-in one. */
gboolean plx_scale_read_labels(const struct plx_yaml_node *node, struct plx_scale *scale,
                               plx_map *map, GError **error);
