/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A roll (voice/roll.h) of a workspace's blocks, held in memory by whoever keeps a workspace open
 * for many questions. Blocks and answers that come later are counted beside it; when a block that
 * is in it is gone it is of no use any more. Never changed once made: any threads may use it, each
 * with a store of its own. Test: tests/store/test_store_roll.c. */

#include "store/store.h"

typedef struct plx_store_roll plx_store_roll;

/* At most so much memory; *roll is NULL when there would be more, or nothing is plain. */
gboolean plx_store_roll_make(plx_store *store, guint threads, gsize most_bytes,
                             plx_store_roll **roll, GError **error);
void plx_store_roll_free(plx_store_roll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_store_roll, plx_store_roll_free)

gsize plx_store_roll_bytes(const plx_store_roll *roll);

/* From now on readings of this store use it where they can; NULL: none. Borrowed. */
void plx_store_set_roll(plx_store *store, const plx_store_roll *roll);
const plx_store_roll *plx_store_held_roll(const plx_store *store);

/* How many rows of the workspace's blocks are not in it; -1: it is of no use any more. */
gboolean plx_store_roll_lacks(plx_store *store, const plx_store_roll *roll, gint64 *rows,
                              GError **error);
