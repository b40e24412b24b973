/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of an import, to be met by those that are there already: each once, equal ones in the
 * order in which they were added. 44 bytes a row. Test: tests/store/test_import_match.c. */

#include "store/content.h"

struct plx_match;

/* Of n rows. `by_key`: rows are equal when their keys are, else when their contents are. */
struct plx_match *plx_match_new(guint32 n, gboolean by_key);
void plx_match_free(struct plx_match *match);

/* Adds rows; all n must have been added before the first is met. */
void plx_match_add(struct plx_match *match, const struct plx_content *rows, guint32 n);

/* For each of n rows the number (from 0) of a row that is equal and that nobody has met before, or
 * PLX_NO_MATCH. */
#define PLX_NO_MATCH G_MAXUINT32
void plx_match_meet(struct plx_match *match, const struct plx_content *rows, guint32 n,
                    guint32 *met);

/* A row by its number. */
const struct plx_content *plx_match_row(const struct plx_match *match, guint32 number);
