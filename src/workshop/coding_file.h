/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The themes as a file: prompt,answer,theme[,points], one row per answer, for a spreadsheet.
 *
 * A row puts an answer into a theme, by words that are compared as in a codebook; an empty theme
 * takes it out. `points` (ids or titles, separated by ";") ties the theme to them; nothing is
 * untied. Two spellings of a title are one theme. Test: tests/workshop/test_coding_file.c. */

#include "base/csv_table.h"
#include "workshop/coding.h"

/* All rows or none. `notes` (char *) gets what is worth a look, with its place: an answer that
 * nobody gave (it is sorted all the same), a title in two spellings, titles that look alike. *act
 * as in workshop/coding.h. Errors: PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …" (columns missing or
 * unknown, an unknown prompt, an answer or a theme without a letter or digit, one answer in two
 * themes, an unknown point). */
gboolean plx_sorter_read(plx_sorter *sorter, const plx_csv_table *table, GPtrArray *notes,
                         char **act, GError **error);

/* All answers there are, sorted or not: theme by theme, then those that are in none. */
void plx_sorter_write(const plx_sorter *sorter, GString *out);
