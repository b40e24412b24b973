/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files that write maps; nobody else includes it. */

#include "base/yaml_write.h"
#include "map/map_private.h"

/* What fits a line of an editor; longer lists and mappings stand one under the other. */
#define PLX_MAP_LINE 100

/* A text, or a mapping of its languages: the map's own first, the others in byte order. */
void plx_map_write_text(const plx_map *map, const char *text, gboolean flow, GString *out);

/* `text` behind so many blanks. */
void plx_map_write_indent(GString *out, guint indent, const char *text);

/* Lines "key: text" and "key: [a, b]"; nothing for NULL or an empty list. */
void plx_map_write_key(const plx_map *map, guint indent, const char *key, const char *text,
                       GString *out);
void plx_map_write_list(guint indent, const char *key, char *const *texts, GString *out);

/* The sections journeys; tasks, promises, vignettes and retired (map/map_write_journeys.c). */
void plx_map_write_journeys(const plx_map *map, GString *out);
void plx_map_write_beside(const plx_map *map, GString *out);
