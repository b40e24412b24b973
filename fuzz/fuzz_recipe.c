/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes: any bytes are read as a recipe or refused with an error. */
#include "ingest/recipe.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_recipe) recipe =
        plx_recipe_read_memory((const char *)data, size, "fuzz", map, &error);
    g_assert((recipe == NULL) == (error != NULL));
    if (recipe)
        plx_recipe_apply(recipe, map, NULL);
    return 0;
}
