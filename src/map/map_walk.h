/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first map, drafted from the notes of somebody who walked through the service: for people to
 * edit. Test: tests/map/test_map_walk.c. */

#include "base/csv_table.h"

#include <glib.h>

/* Appends the map file, with comments that say what to edit, from a delimited file ("-": standard
 * input) whose rows are moments in the order in which they were met. Columns, in any order: `words`
 * (needed; a row without is an error), `sense` (one or several, separated by ; or +; also in
 * German, French, Spanish, Italian, Dutch, Portuguese), `level` (1 to 6), `title`, `journey`,
 * `transaction`, `channel` (empty: as in the row before). A moment without title is called by its
 * first words. The same moment of the same transaction again is one point with all that was
 * noted. Words and levels become comments above the point: a rating belongs to answers.
 * Errors: PLX_ERROR_IO, PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …". */
gboolean plx_map_walk(const char *path, const char *title, GString *out, GError **error);

/* The same from a file that was read; `source` is its name. */
gboolean plx_map_walk_table(const plx_csv_table *table, const char *source, const char *title,
                            GString *out, GError **error);
