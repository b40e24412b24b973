/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Points, journeys, tasks, promises (enum plx_subject_kind) and audiences alike: what has an id, a
 * title and earlier ids. Test: tests/map/test_map_owner.c. */

#include "map/map.h"

/* Borrowed from the map. */
struct plx_map_item {
    const char *id, *title;
    char *const *was;
};
guint plx_map_n_items(const plx_map *map, guint kind);
struct plx_map_item plx_map_item(const plx_map *map, guint kind, guint i);
