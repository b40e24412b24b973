/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A question answered need by need: what other questions asked too is taken from what was kept,
 * only the rest is counted. So that of a page under another filter only what the filter changes is
 * new. Test: tests/store/test_answer_join.c. */

#include "store/db.h"
#include "voice/source.h"

typedef struct plx_answer_pieces plx_answer_pieces;

/* The needs and the map are borrowed; needs of which plx_answer_cache_takes is true. */
plx_answer_pieces *plx_answer_pieces_find(plx_db *db, const plx_map *map, gint64 generation,
                                          const struct plx_need *needs, guint n_needs);
void plx_answer_pieces_free(plx_answer_pieces *pieces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_answer_pieces, plx_answer_pieces_free)

/* What is to be counted, in order; none: all is there. */
const struct plx_need *plx_answer_pieces_missing(const plx_answer_pieces *pieces, guint *n);
/* The answer to these, taken over. */
void plx_answer_pieces_add(plx_answer_pieces *pieces, struct plx_answer *answer);
/* Keeps what was added, within the caller's transaction; what was found was of use. */
gboolean plx_answer_pieces_keep(const plx_answer_pieces *pieces, plx_db *db, gint64 generation,
                                GError **error);
/* All of it as one answer, once nothing is missing. Its totals are not to be used. */
struct plx_answer *plx_answer_pieces_join(plx_answer_pieces *pieces);
