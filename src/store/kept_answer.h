/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Questions answered from kept counts: those whose needs are COUNTS or COLUMNS, with filters by
 * audience, subject, place and whole months, and splits by place, month, audience or subject.
 * The answer is the same, byte for byte, as from the blocks. Test: tests/store/test_kept_answer.c.
 */

#include "store/kept_shelf.h"
#include "store/shelf.h"
#include "voice/sink.h"

/* What a question takes from kept counts. */
typedef struct plx_kept_use plx_kept_use;

/* NULL where the question is none of these, nothing is kept, or the blocks are counted faster; also
 * when what is kept is damaged. `blocks` are those of all imports that are done. */
plx_kept_use *plx_kept_use_new(plx_store *store, const struct plx_need *needs, guint n_needs,
                               const GPtrArray *blocks);
void plx_kept_use_free(plx_kept_use *use);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_kept_use, plx_kept_use_free)

/* Is this block to be counted itself? (struct plx_scan.takes; data is the use.) */
gboolean plx_kept_use_leaves(const struct plx_shelf_block *block, gconstpointer use);

/* Gives the sink what is kept, under the lexicon's map. FALSE when it is damaged: then the sink is
 * of no use any more. */
gboolean plx_kept_use_give(plx_store *store, const plx_kept_use *use,
                           const struct plx_lexicon *lexicon, guint threads, plx_sink *sink,
                           GError **error);
