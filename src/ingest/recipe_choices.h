/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people say the columns of a foreign file are, instead of what recipe suggest guesses: JSON,
 * as `recipe suggest --format json` writes it (docs/recipes.md). What is left out stays a guess.
 * Test: tests/ingest/test_recipe_choices.c. */

#include "ingest/recipe_words.h"

#define PLX_CHOICE_SCALE 6 /* min, max, floor, met, desired, top */

struct plx_choice {
    guint number; /* of the column, from 1 */
    enum plx_role role;
    char *subject; /* the point or journey, or NULL */
    char *measure; /* or NULL: level */
    char **values; /* from, to, from, to, ...; NULL-terminated; or NULL */
};

struct plx_choices {
    GPtrArray *columns; /* struct plx_choice */
    char *audience;     /* of every row; or NULL */
    char *time_format;  /* or NULL */
    gboolean new_map;   /* the points are those of the file, whatever map there is */
    gboolean has_scale;
    gint64 scale[PLX_CHOICE_SCALE];
    char **missing, **na, **declined; /* codes of no answer; NULL: as guessed */
};

/* Errors: PLX_ERROR_INPUT (no such JSON, a key or a word that does not exist), PLX_ERROR_IO. */
struct plx_choices *plx_choices_read(const char *path, GError **error);
struct plx_choices *plx_choices_read_memory(const char *text, gsize length, const char *name,
                                            GError **error);
void plx_choices_free(struct plx_choices *choices);

/* What was said of a column, or NULL. */
const struct plx_choice *plx_choices_find(const struct plx_choices *choices, guint number);
