/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Recipes: how a foreign file becomes observations, as a YAML file that a person can read and edit
 * (docs/recipes.md explains every key by example).
 *
 * A recipe is a plan (ingest/plan.h) and the scales its answers are on. All errors are
 * PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …", with "did you mean" where something is near.
 * Test: tests/ingest/test_recipe.c; fuzz/fuzz_recipe.c. */

#include "ingest/plan.h"

typedef struct plx_recipe plx_recipe;

/* Reads a recipe. Measures are looked up in `map` (those it declares count too). Whether the
 * columns exist is only known when a file is opened. */
plx_recipe *plx_recipe_read(const char *path, const plx_map *map, GError **error);
plx_recipe *plx_recipe_read_memory(const char *text, gsize length, const char *name,
                                   const plx_map *map, GError **error);
void plx_recipe_free(plx_recipe *recipe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_recipe, plx_recipe_free)

const plx_plan *plx_recipe_plan(const plx_recipe *recipe);
const char *plx_recipe_title(const plx_recipe *recipe); /* or NULL */

/* Says for every row what the recipe leaves open: plx_plan_set. */
gboolean plx_recipe_set(plx_recipe *recipe, const plx_map *map, const char *const *set,
                        GError **error);

/* Puts the recipe's scales on the map's measures and audiences: one of no audience on those who can
 * have answers by this recipe. Errors: an audience that the map does not have. */
gboolean plx_recipe_apply(const plx_recipe *recipe, plx_map *map, GError **error);
