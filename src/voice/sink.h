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

/* Multiplies the weight of every row that is added or taken back from now on. Call it before the
 * first row; the weighting must outlive the sink. Rows that were counted before (below) have their
 * weights already and are not multiplied: who weighs must not add them. Test:
 * tests/voice/test_weighting.c. */
void plx_count_sink_weigh(plx_sink *sink, const plx_weighting *weighting);

/* Leaves the totals out: encounters and respondents of the answer are not to be used. Rows that no
 * need takes cost little then. Call it before the first row; nobody can be asked for suspects.
 * Test: tests/voice/test_count_sink.c. */
void plx_count_sink_leave_totals(plx_sink *sink);

/* The sink that collects what people wrote (voice/saying.h). It tells no duplicates itself: who
 * reads rows that may be there twice asks a counting sink beside it. After finish the sayings are
 * taken with plx_saying_sink_take; batches may be gone by then. What to listen for must outlive the
 * sink. Test: tests/voice/test_saying.c. */
plx_sink *plx_saying_sink_new(const struct plx_listen *listen, guint n_workers);
struct plx_sayings *plx_saying_sink_take(plx_sink *sink);

/* Rows that were counted before: by a workspace that kept their counts, or by an engine that counts
 * itself. Cells come in place of rows; they may be finer than what is asked and need no order, and
 * the same cell may come several times: all is added up. */
struct plx_counted_measure {
    gint8 min; /* the value of the first counter */
    guint k;   /* counters of values; 0: asked, but no row has a value */
    /* [v * n cells + cell]: k values, then na, then declined. All other rows are empty. */
    const guint32 *n;
    /* Of the k values: sums of weights, and of their squares (128 bits; high may be NULL: all 0).
     * NULL: every row's weight is PLX_WEIGHT_ONE. */
    const guint64 *w, *w2_low, *w2_high;
};

struct plx_counted {
    /* What the rows of a cell have in common: dimensions, month, and as day the first one of them.
     * No measures, weights or keys. At most PLX_BATCH_ROWS cells; none still says which measures
     * the input has columns for and whether it is weighted. */
    const struct plx_batch *cells;
    const gint32 *last_day; /* NULL when cells->day is */
    const guint32 *rows;
    const struct plx_counted_measure *measure[PLX_MEASURES_MAX]; /* NULL: no such column */
    gboolean weighted;
};

/* Like add, for a sink whose needs are COUNTS or COLUMNS alone, with filters and splits that look
 * at nothing but what the cells have in common: other dimensions give wrong counts, days within a
 * month too. The answer is that of the rows themselves but for its encounters and respondents,
 * which are not to be used. Errors: PLX_ERROR_BUG for other needs; as add. Test:
 * tests/voice/test_counted.c. */
gboolean plx_count_sink_add_counted(plx_sink *sink, guint worker, const struct plx_counted *counted,
                                    GError **error);
