/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An import looking at blocks again when all is there: its own, to drop rows, and those of others,
 * to compare. Private to import_*.c. */

#include "store/import_private.h"

/* A row of the import. */
struct plx_settling_row {
    struct plx_content content;
    guint32 block; /* place in the list of blocks */
    guint32 row;
    guint32 met;    /* of the first of those that are equal: how many of them were met */
    gboolean plain; /* has no key: compared by what it says */
    gboolean drop, seen;
};

struct plx_settling {
    struct plx_import *import;
    struct plx_lexicon *lexicon;
    gboolean by_key;
    GPtrArray *blocks; /* of the import */
    GArray *mine;      /* struct plx_settling_row, sorted */
    struct plx_rowset rows;
    struct plx_content *contents;
    guint64 n_conflicts;
    guint64 n_plain, n_plain_same; /* of `mine` */
    guint32 *subject, *today[3];   /* import_alike.c */
    gboolean reading;              /* has a read transaction of its own */
    char *example;
};

gboolean plx_settling_init(struct plx_settling *s, struct plx_import *import, GError **error);
void plx_settling_clear(struct plx_settling *s);

/* One snapshot for all that is compared. */
gboolean plx_settling_begin_reading(struct plx_settling *s, GError **error);
void plx_settling_end_reading(struct plx_settling *s);

/* Fills `rows` from a block, notes included; codes are those of the file. */
gboolean plx_settling_read(struct plx_settling *s, const struct plx_shelf_block *block,
                           GError **error);
/* import_alike.c: their `contents`, to be compared with rows of other imports; by_key keys of the
 * anonymous are left out and what they say is their key. */
void plx_settling_alike(struct plx_settling *s);
void plx_settling_alike_clear(struct plx_settling *s);
/* An import of the data set that has exactly the same rows without keys under today's map; else 0.
 */
gboolean plx_settling_find_same(struct plx_settling *s, gint64 *same, GError **error);
/* Is a row of an audience whose keys are made up anew by each import? */
gboolean plx_settling_is_hidden(const struct plx_settling *s, guint32 row);
/* Writes the block just read anew with the rows that are kept. */
gboolean plx_settling_rewrite(struct plx_settling *s, const struct plx_shelf_block *block,
                              const guint8 *keep, GError **error);

/* Drops what the reader took back. */
gboolean plx_settling_drop_retracted(struct plx_settling *s, GError **error);
