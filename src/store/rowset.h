/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows on their way into or out of a block: up to PLX_BATCH_ROWS observations, in columns that
 * belong to the set. A column that no row has is NULL; that a measure's column is there says that
 * it was asked for, even if nobody answered. Memory is reused from one filling to the next.
 * Test: tests/store/test_rowset.c. */

#include "voice/batch.h"

struct plx_rowset {
    guint32 n;
    guint32 *dim[PLX_DIMS_MAX]; /* NULL: missing in every row */
    gint8 *measure[PLX_MEASURES_MAX];
    gint64 *seconds;
    gint32 *day, *month; /* of seconds; only filled by plx_rowset_days */
    guint64 *unit, *encounter;
    guint8 *known;       /* NULL: no respondent is known */
    guint16 *group_size; /* NULL: all 1 */
    guint64 *weight;     /* NULL: all PLX_WEIGHT_ONE */
    gint8 *seen, *surprise, *hesitation;
    struct plx_span *note; /* NULL: none. Texts are in `texts` */
    GPtrArray *texts;      /* of GBytes */
    GPtrArray *spare;      /* memory of columns that were given back */
};

void plx_rowset_init(struct plx_rowset *rows);
void plx_rowset_clear(struct plx_rowset *rows); /* frees all */
void plx_rowset_empty(struct plx_rowset *rows); /* forgets rows and columns, keeps the memory */

/* Appends rows of a batch from row `from` on, until the set is full or the batch ends; returns how
 * many. Codes stay the batch's own; times are in `seconds` alone. */
guint32 plx_rowset_add(struct plx_rowset *rows, const struct plx_batch *batch, guint32 from);

/* Replaces each code c of a dimension by to[c]. */
void plx_rowset_recode(struct plx_rowset *rows, guint dim, const guint32 *to);

/* Appends rows of another set, like plx_rowset_add. */
guint32 plx_rowset_append(struct plx_rowset *rows, const struct plx_rowset *other, guint32 from);

/* Keeps the rows with keep[i] != 0. */
void plx_rowset_keep(struct plx_rowset *rows, const guint8 *keep);

/* Are values such as readers of answers let in: times of the years 1 to 9999, weights below 2^32,
 * surprises that there are? Whoever makes a checksum can make any value; sinks and exports rely on
 * these. */
gboolean plx_rowset_is_sound(const struct plx_rowset *rows);
/* The same of times alone, and of all but times. */
gboolean plx_times_are_sound(const gint64 *seconds, guint32 n);
gboolean plx_values_are_sound(const struct plx_rowset *rows);

/* Fills day and month from seconds, which must be sound. */
void plx_rowset_days(struct plx_rowset *rows);
/* The days and months of n times (PLX_NO_DAY for PLX_NO_TIME). */
void plx_days_of(const gint64 *seconds, guint32 n, gint32 *days, gint32 *months);

/* The rows as a batch: a view, valid until the set changes. Days must be filled. */
void plx_rowset_batch(const struct plx_rowset *rows, const struct plx_dims *dims,
                      struct plx_batch *batch);

/* Makes the column of notes, empty so far, when it is not there. */
void plx_rowset_need_notes(struct plx_rowset *rows);

/* Memory for a column of up to 8 bytes a row, not filled: what readers of blocks fill themselves.
 */
gpointer plx_rowset_column(struct plx_rowset *rows);
/* What of it turned out not to be needed. */
void plx_rowset_give_back(struct plx_rowset *rows, gpointer column);
