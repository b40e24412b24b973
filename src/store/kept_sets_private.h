/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What kept_sets.c (sets in order) and kept_fill.c (one of them) share. Private to them. */

#include "store/kept_private.h"
#include "voice/order.h"

/* A value of a measure that some cell has. */
struct plx_kept_value {
    guint measure; /* code - 1 */
    gint8 value;
};

/* One thread's counts, ready to be looked up. */
struct plx_kept_source {
    const plx_kept *kept;
    guint32 before; /* cells of those before it */
    guint8 *used;   /* marks of cells that have rows; NULL: all have */
    guint16 *value; /* by counter: number of the value + 1; 0: rows */
};

struct plx_kept_making {
    struct plx_kept_source *sources;
    guint n_sources;
    GArray *values; /* struct plx_kept_value, by measure and value */
    gboolean weighted;
    gboolean by_month;         /* cells of a month stand together: one after another saves memory */
    struct plx_ordered *order; /* cells at hand, by month, place, audience, subject */
    gsize n, room;
    guint bits[KEPT_FIELDS];
    GArray *begin; /* gsize: where sets begin in `order`, n at the end */
    GPtrArray *sets;
    guint n_done;           /* sets of the months before */
    plx_encoder **encoders; /* by thread */
};

/* In which order the fields of a cell stand in a key, the slowest first. */
static const guint PLX_KEPT_ORDER[KEPT_FIELDS] = {KEPT_MONTH, KEPT_PLACE, KEPT_AUDIENCE,
                                                  KEPT_SUBJECT};

static inline guint32 plx_kept_code_in(const struct plx_kept_making *making, guint64 key,
                                       guint field)
{
    guint shift = 0;
    for (guint i = KEPT_FIELDS - 1; i > 0 && PLX_KEPT_ORDER[i] != field; i--)
        shift += making->bits[PLX_KEPT_ORDER[i]];
    return (guint32)(key >> shift & ((G_GUINT64_CONSTANT(1) << making->bits[field]) - 1));
}

/* For plx_parallel_for: makes the index-th set of a month; `data` is the making. */
void plx_kept_make_set(gsize index, guint thread, gpointer data);
