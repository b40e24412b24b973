/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A map as people read it in a terminal. Test: tests/map/test_map_tree.c. */

#include "map/map.h"

/* One tree: journeys > transactions > points with their id, senses, channels, value, target,
 * effort, promises (with their words) and tasks (with their owner) beside them; used points are
 * marked; what is retired comes last. Ends in a newline. */
void plx_map_tree(const plx_map *map, gboolean ascii, GString *out);

/* One line: "2 journeys, 9 transactions, 30 points, 12 tasks, 4 promises". */
void plx_map_summary(const plx_map *map, GString *out);
