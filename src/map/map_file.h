/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The map file: YAML to plx_map (docs/map.md explains every key by example).
 *
 * Read whole and checked whole: unknown keys, duplicate ids, unknown references, empty journeys and
 * transactions, scales that cannot be, are PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …", with
 * "did you mean" where something is near. Test: tests/map/test_map_file.c; fuzz/fuzz_map.c. */

#include "map/map.h"

/* "-" is standard input. Errors: PLX_ERROR_IO when the file cannot be read. */
plx_map *plx_map_read(const char *path, GError **error);

/* The same from `length` bytes of text, called `name` in messages. */
plx_map *plx_map_read_memory(const char *text, gsize length, const char *name, GError **error);

/* "en", "deu", "pt-BR": the shape of a BCP 47 tag, not one of a list. */
gboolean plx_map_is_language(const char *tag);
