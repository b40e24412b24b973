/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Random rows in the codes of a file, with every kind of column, for tests of what keeps them. */

#include "store/rowset.h"
#include "store/words.h"

#define ROWS_CODES 9 /* codes of each dimension are below */

/* Appends n rows; seeds are answers, `columns` FALSE leaves out what may be missing. */
void rows_fill(struct plx_rowset *rows, guint32 seed, guint32 n, gboolean columns);
/* All that the rows say, as text; of the rows with keep[i] != 0 (keep may be NULL). */
char *rows_text(const struct plx_rowset *rows, const guint8 *keep);
/* Takes any code below ROWS_CODES and measures 1 to 4 of the map as they are. */
void rows_lexicon(struct plx_lexicon *lexicon);
/* Codes of the file of measures: 1 + number. */
extern const guint32 rows_measure_code[PLX_MEASURES_MAX];
