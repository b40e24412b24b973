/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Blocks in the file: putting them there, finding, reading and removing them.
 *
 * All of it happens within the caller's transaction. A block that is not whole is PLX_ERROR_IO.
 * Test: tests/store/test_shelf.c. */

#include "store/block.h"

struct plx_shelf_block {
    gint64 id, import;
    guint32 rows, notes;
    gboolean timed;
    gint32 first_day, last_day;
    guint8 columns[PLX_BLOCK_COLUMNS / 8]; /* a bit for each that must be there */
    GBytes *present;
};

/* What people wrote in a block's rows: notes of struct plx_shelf_note, by row. */
struct plx_shelf_note {
    guint32 row;
    char *text;
};
GPtrArray *plx_shelf_notes_new(void);
/* The notes of rows. */
GPtrArray *plx_shelf_notes_of(const struct plx_rowset *rows);

/* Blocks in the order of their ids: of all imports that are done (import 0), or of one import. */
GPtrArray *plx_shelf_list(plx_db *db, gint64 import, GError **error);
/* Rows of all blocks, also of imports that are not done. */
gboolean plx_shelf_rows(plx_db *db, gint64 *rows, GError **error);

gboolean plx_shelf_put(plx_db *db, gint64 import, const struct plx_block_bytes *bytes,
                       const GPtrArray *notes, GError **error);
gboolean plx_shelf_remove(plx_db *db, gint64 block, GError **error);

/* A block's encoded columns, copied. */
struct plx_shelf_columns {
    struct plx_block_part part[PLX_BLOCK_COLUMNS];
};
/* `wanted` NULL: all. */
gboolean plx_shelf_load(plx_db *db, const struct plx_shelf_block *block,
                        const struct plx_block_wanted *wanted, struct plx_shelf_columns *columns,
                        GError **error);
void plx_shelf_columns_clear(struct plx_shelf_columns *columns);

/* Puts a block's notes into rows that were decoded from it. */
gboolean plx_shelf_add_notes(plx_db *db, gint64 block, struct plx_rowset *rows, GError **error);
/* Fills `rows` with a whole block, notes included; codes are those of the file. */
gboolean plx_shelf_read(plx_db *db, const struct plx_shelf_block *block,
                        const struct plx_lexicon *lexicon, struct plx_rowset *rows, GError **error);

/* Writes a block anew from changed rows (codes those of the file), or removes it when none are
 * left. */
gboolean plx_shelf_rewrite(plx_db *db, const struct plx_shelf_block *block,
                           const struct plx_rowset *rows, plx_encoder *encoder,
                           const guint32 *measure_code, GError **error);
