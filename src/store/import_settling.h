/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An import looking at blocks again when all is there: its own, to drop rows, and those of others,
 * to compare. Private to import_*.c. */

#include "store/import_match.h"
#include "store/import_private.h"

/* What became of a row of the import. */
enum plx_settling_fate {
    PLX_FATE_KNOWN = 1, /* it is there already, */
    PLX_FATE_OTHER = 2, /* or its key with another content */
    PLX_FATE_LIKE = 4,  /* compared by all it says, not by a key */
    PLX_FATE_LATE = 8   /* it came after a reveal: a row that says so is the same */
};

struct plx_settling {
    struct plx_import *import;
    struct plx_lexicon *lexicon;
    gboolean by_key, with_encounter;
    gboolean comparing;     /* `contents` are those of plx_alike_contents */
    GPtrArray *blocks;      /* of the import */
    guint32 n_mine;         /* rows in them */
    struct plx_match *mine; /* NULL: nothing had to be compared with them */
    guint8 *fate;           /* mask of enum plx_settling_fate by their number */
    struct plx_rowset rows;
    struct plx_content *contents;
    guint64 n_conflicts, n_like, n_same; /* n_same: of the rows that are PLX_FATE_LIKE */
    gboolean reading;                    /* has a read transaction of its own */
    gint64 example_time;                 /* of the earliest conflict, then the first title */
    const char *example;
};

gboolean plx_settling_init(struct plx_settling *s, struct plx_import *import, GError **error);
void plx_settling_clear(struct plx_settling *s);

/* One snapshot for all that is compared. */
gboolean plx_settling_begin_reading(struct plx_settling *s, GError **error);
void plx_settling_end_reading(struct plx_settling *s);

/* Fills `rows` and their `contents` from a block, notes included; codes are those of the file. */
gboolean plx_settling_read(struct plx_settling *s, const struct plx_shelf_block *block,
                           gboolean with_encounter, GError **error);
/* Writes the block just read anew with the rows that are kept. */
gboolean plx_settling_rewrite(struct plx_settling *s, const struct plx_shelf_block *block,
                              const guint8 *keep, GError **error);

/* Drops what the reader took back. */
gboolean plx_settling_drop_retracted(struct plx_settling *s, GError **error);
