/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sinks: where batches go (counting, later the store).
 *
 * A reader calls add from `n_workers` threads, each with its own worker number, never two at once
 * with the same one; then, when all threads have ended, finish once. retract takes back rows that
 * were added (rejected rows, duplicates found at the end): the same columns, called after all adds
 * from one thread. Implementations keep one private part per worker: no locks.
 * Test: tests/voice/test_count_sink.c. */

#include "voice/source.h"

typedef struct plx_sink plx_sink;

/* What finish found that needs a second look at the rows (sorted by encounter). */
struct plx_suspect {
    guint64 encounter;
};

struct plx_sink {
    gboolean (*add)(plx_sink *sink, guint worker, const struct plx_batch *batch, GError **error);
    gboolean (*retract)(plx_sink *sink, guint worker, const struct plx_batch *batch,
                        GError **error);
    /* Encounters in which a key occurs twice or something changes that must not, and some that only
     * may be so, as they came back after their rows had passed: the reader looks at these rows
     * again and either retracts equal duplicates or reports the error. Called after all adds,
     * before finish. *suspects is freed by the caller with g_free. */
    gboolean (*suspects)(plx_sink *sink, struct plx_suspect **suspects, gsize *n, GError **error);
    gboolean (*finish)(plx_sink *sink, GError **error);
    void (*free)(plx_sink *sink);
    gboolean keeps; /* wants all that a row says: also the dimensions DATASET to CLOCK */
};

/* The sink that counts what `needs` ask for. After finish the answer is taken with
 * plx_count_sink_take. The needs and the map must outlive the sink. */
plx_sink *plx_count_sink_new(const plx_map *map, const struct plx_need *needs, guint n_needs,
                             guint n_workers);
struct plx_answer *plx_count_sink_take(plx_sink *sink);
