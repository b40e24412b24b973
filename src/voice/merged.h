/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The counts of one group, added over all workers, in canonical order. Private to the counting
 * sink. */

#include "voice/canon.h"

struct plx_merged {
    guint32 n_cells;
    gboolean narrow; /* counts are 32 bits wide: fewer rows than that */
    gboolean weighted;
    guint32 measures;             /* those with columns */
    guint wide[PLX_MEASURES_MAX]; /* counters of a cell: values, na, declined, empty */
    gpointer n[PLX_MEASURES_MAX]; /* guint32 or guint64 [cell * wide + slot] */
    guint64 *w[PLX_MEASURES_MAX]; /* likewise */
    plx_u128 *w2[PLX_MEASURES_MAX];
    guint n_pairs;
    guint *pair_wide;
    gpointer *pair_n; /* NULL: a column is missing */
    guint64 **pair_w;
    plx_u128 **pair_w2;
    gpointer rows; /* of cells */
};

void plx_merged_make(struct plx_merged *merged, const struct plx_count_plan *plan,
                     const struct plx_canon *canon, const GPtrArray *parts, guint g,
                     guint n_threads);
void plx_merged_clear(struct plx_merged *merged);

static inline guint64 plx_merged_at(const struct plx_merged *merged, gconstpointer counts, gsize i)
{
    return merged->narrow ? ((const guint32 *)counts)[i] : ((const guint64 *)counts)[i];
}
