/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Picks as recipes write them; used by recipe.c only. A plain text names a column; a mapping says
 * more: column or number, constant, pattern, values, others, na, declined, missing.
 * Test: tests/ingest/test_recipe.c. */

#include "base/yaml.h"
#include "ingest/plan.h"

/* The codes for "no answer" that a recipe declares for all its measures. */
struct plx_recipe_codes {
    char **missing, **na, **declined; /* NULL-terminated, or NULL */
};

/* Reads the keys missing, na, declined of a mapping; absent ones stay as they are. */
gboolean plx_recipe_read_codes(const struct plx_yaml_node *mapping, struct plx_recipe_codes *codes,
                               GError **error);
void plx_recipe_codes_clear(struct plx_recipe_codes *codes);

/* A pick. `codes` (NULL for parts that are no measures) become its first values. */
gboolean plx_recipe_read_pick(const struct plx_yaml_node *node, const char *what,
                              const struct plx_recipe_codes *codes, struct plx_pick *pick,
                              GError **error);
/* The pick of a key; an absent key leaves the pick as it is. */
gboolean plx_recipe_get_pick(const struct plx_yaml_node *mapping, const char *key,
                             struct plx_pick *pick, GError **error);
