/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first recipe for a foreign file, by looking at it: a draft for a person to finish.
 *
 * Guesses are marked as such in comments; what is not understood is left out and listed. The draft
 * always reads back as a recipe. Test: tests/ingest/test_recipe_suggest.c. */

#include "ingest/look.h"
#include "ingest/recipe_choices.h"
#include "map/map.h"

/* The YAML text. Points of a closed map are matched to columns by the words they share
 * (point_match.h); without one, columns become points of their own title. `choices`: what people
 * said instead, or NULL. To be freed with g_string_free. */
GString *plx_recipe_suggest(const struct plx_look *look, const char *path, const plx_map *map,
                            const struct plx_choices *choices);

/* The same as JSON, {"schema": "parallax.recipe-draft/1", ...} (docs/recipes.md): each column with
 * what it was taken for, and the YAML text. `ready`: the file can be read without any recipe. */
void plx_recipe_suggest_json(const struct plx_look *look, const char *path, const plx_map *map,
                             const struct plx_choices *choices, gboolean ready, GString *out);
