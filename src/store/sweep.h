/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Going over all sealed blocks to change rows: the only way a sealed block changes, for people who
 * must be forgotten. Test: tests/store/test_erase.c. */

#include "store/shelf.h"
#include "store/store_private.h"

struct plx_sweep {
    /* Quick look at a block by its first columns (`wanted`): may it have rows to change? */
    struct plx_block_wanted wanted;
    gboolean (*concerns)(const struct plx_rowset *rows, gconstpointer data);
    /* May number words first; may be NULL. */
    gboolean (*begin)(plx_store *store, gpointer data, GError **error);
    /* Changes the rows (codes of the file, notes included); FALSE: nothing was changed. */
    gboolean (*change)(struct plx_rowset *rows, gpointer data);
    gpointer data;
};

/* Within the caller's write transaction; counts the change and drops answers worked out before.
 * *gone: observations that are there no more. */
gboolean plx_sweep_run(plx_store *store, const struct plx_sweep *sweep, guint64 *gone,
                       GError **error);
