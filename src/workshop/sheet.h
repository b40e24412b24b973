/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A grid that is a canonical CSV file (docs/ratings.md): paper sheets being typed in.
 *
 * Only complete rows are saved; saving what was loaded gives the same rows. Rows of the file that
 * are not of this grid (another workshop, another audience, a point that is not shown) are kept as
 * they are, before the others; a file with other columns is refused, so that nothing is lost.
 * Tests: tests/workshop/test_guess_sheet.c, test_table_sheet.c. */

#include "map/map.h"
#include "workshop/entry.h"

typedef struct plx_sheet plx_sheet;

/* Strings are copied, the map is borrowed. */
struct plx_sheet_options {
    const plx_map *map;
    const char *audience; /* of guesses: id in the map */
    const char *journey;  /* of guesses: id, or NULL: all */
    const char *workshop;
};

void plx_sheet_free(plx_sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_sheet, plx_sheet_free)

plx_entry *plx_sheet_grid(const plx_sheet *sheet);

/* Takes a file's rows over; `name` is for messages. Once, into a new sheet. Errors
 * (PLX_ERROR_INPUT): columns that are not known, no UTF-8, no CSV. */
gboolean plx_sheet_load(plx_sheet *sheet, const char *text, gsize length, const char *name,
                        GError **error);

/* The file as it is now. Rows that are complete for the first time are of `now`: local time as ISO
 * 8601, to the second, so that a reveal in the same minute does not make them late. */
char *plx_sheet_save(plx_sheet *sheet, const char *now);

/* Rows in which something is typed and that would be lost. */
guint plx_sheet_unsaved(const plx_sheet *sheet);

/* Rows that the file holds beside the grid's; and lines that say what the grid holds and the file
 * does not ("row 3, guess: 11: expected 0 to 10; not saved"), "" when there is nothing. */
guint plx_sheet_kept(const plx_sheet *sheet);
char *plx_sheet_left(const plx_sheet *sheet);
