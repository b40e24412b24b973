/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Going over all rows of a workspace, on all threads. Test: tests/store/test_scan.c. */

#include "store/shelf.h"
#include "store/store_private.h"
#include "voice/sink.h"

struct plx_scan {
    const plx_map *map;                    /* what codes mean */
    const struct plx_block_wanted *wanted; /* NULL: all columns */
    gboolean notes;                        /* also what people wrote */
    gint64 import;                         /* 0: all that are done */
    guint threads;
    gboolean sealed; /* leave out what is in the inbox */
    /* Leave out blocks for which this says FALSE; may be NULL. */
    gboolean (*takes)(const struct plx_shelf_block *block, gconstpointer data);
    gconstpointer data;
    /* Leave out rows of blocks that pass none of these; 0: none is left out. */
    const plx_filter *const *filters;
    guint n_filters;
};

/* Gives every row to the sink (add only), within the caller's transaction. With one thread in the
 * order of the file. *lexicon (may be NULL) outlives the call: sinks keep pointers into it until
 * they have finished; to be freed with plx_lexicon_free. */
gboolean plx_scan_run(plx_store *store, const struct plx_scan *scan, plx_sink *sink,
                      struct plx_lexicon **lexicon, GError **error);
