/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first recipe for a foreign file, by looking at it: a draft for a person to finish.
 *
 * Guesses are marked as such in comments; what is not understood is left out and listed. The draft
 * always reads back as a recipe. Test: tests/ingest/test_recipe_suggest.c. */

#include "ingest/look.h"
#include "map/map.h"

/* The YAML text. Points of a closed map are matched to columns by the words they share; without
 * one, columns become points of their own title. To be freed with g_string_free. */
GString *plx_recipe_suggest(const struct plx_look *look, const char *path, const plx_map *map);
