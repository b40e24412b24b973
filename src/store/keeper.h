/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a reader's batches to rows as the file has them: one per thread that brings answers.
 *
 * Keys are hashed under the workspace's secret; anonymous people lose who they are and the time of
 * day; codes of the reader's dictionaries become those of table `word`. Numbering new words needs
 * the connection and a write transaction; everything else does not touch the file.
 * Test: tests/store/test_keeper.c. */

#include "store/rowset.h"
#include "store/store_private.h"

struct plx_keeper {
    const plx_map *map;
    const guint8 *secret, *nobody; /* nobody: hashes encounters of the anonymous; never written */
    gboolean hides;                /* the map has an anonymous audience */
    gboolean marks;                /* keeps the mark of rows without a key (voice/batch.h) */
    gboolean untitled;             /* nobody is to see yet how it spells ids */
    const struct plx_dims *dims;   /* of its batches; NULL until the first */
    guint file_dim[PLX_DIMS_MAX];  /* where a dimension is in the file (segments differ) */
    GArray *to[PLX_DIMS_MAX];      /* guint32: codes in the file by its code, by file dimension */
    GArray *unit, *encounter, *seconds, *known, *clock; /* columns of a batch as they are kept */
};

void plx_keeper_init(struct plx_keeper *keeper, const plx_map *map,
                     const guint8 secret[PLX_SECRET_BYTES], const guint8 nobody[PLX_SECRET_BYTES]);
void plx_keeper_clear(struct plx_keeper *keeper);

/* Is every word numbered that its dictionaries hold so far? Before the first batch it is kept,
 * `dims` must be set and numbered once. */
gboolean plx_keeper_is_complete(const struct plx_keeper *keeper);
/* Errors: PLX_ERROR_INPUT when there are too many segments; PLX_ERROR_IO. */
gboolean plx_keeper_number(struct plx_keeper *keeper, plx_words *words, plx_db *db, GError **error);

/* The codes of a map's measures, by their number on it; new ones are numbered. Errors:
 * PLX_ERROR_INPUT when there are too many. */
gboolean plx_keeper_measures(const plx_map *map, plx_words *words, plx_db *db, guint32 *codes,
                             GError **error);
/* Writes down how it spells ids, where that was left out. */
gboolean plx_keeper_title(const struct plx_keeper *keeper, plx_words *words, plx_db *db,
                          GError **error);

/* The batch as it is kept, but for its codes; a view that is good until the next call. Its
 * dimensions are those of the file, described by `all` ({.n_dims = PLX_DIMS_MAX}). */
void plx_keeper_batch(struct plx_keeper *keeper, const struct plx_batch *batch,
                      const struct plx_dims *all, struct plx_batch *kept);
/* Replaces the reader's codes by the file's; all words must be numbered. */
void plx_keeper_recode(const struct plx_keeper *keeper, struct plx_rowset *rows);
