/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Recipes that live inside the program, as examples and for well-known files.
 * Test: tests/ingest/test_recipe.c. */

#include "ingest/recipe.h"

/* Ids of all, NULL-terminated, in byte order; free with g_strfreev. */
char **plx_recipe_builtin_list(void);

/* The YAML text of one; static. NULL with PLX_ERROR_NOT_FOUND and "did you mean". */
const char *plx_recipe_builtin_text(const char *id, gsize *length, GError **error);

/* What --recipe takes: the path of a file, or the id of a built-in one where no such file is. */
plx_recipe *plx_recipe_open(const char *name, const plx_map *map, GError **error);
