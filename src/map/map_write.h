/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A map as text. Test: tests/map/test_map_write.c; fuzz/fuzz_map.c. */

#include "map/map.h"

/* Appends the map file (docs/map.md) as a person would write it: every key that says something, in
 * the order of docs/map.md, with all languages; every id, so that titles can be edited. Reading it
 * gives the same map (plx_map_same), and the same map gives the same bytes. Comments are not kept;
 * a map without title (plx_map_new_open) is called "Map". */
void plx_map_write(const plx_map *map, GString *out);

/* Appends an outline for a spreadsheet as CSV: one row per point at its home, with the columns
 * journey, transaction (titles), point (id), title, senses, channels (several: "see; hear"), value,
 * target, effort, level_1 … level_6 (anchors), in the map's own language. A text that a spreadsheet
 * would take for a formula gets a leading apostrophe. Nothing reads it back. */
void plx_map_write_csv(const plx_map *map, GString *out);
