/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One worker's private share of the counting: cells, unit records, totals, over the codes of one
 * set of dictionaries. No locks, no allocation per row. Private to the counting sink. */

#include "voice/calendar.h"
#include "voice/cells.h"
#include "voice/count_plan.h"
#include "voice/records.h"

struct plx_part_group {
    struct plx_cells cells;
    gint base[PLX_MEASURES_MAX]; /* first counter of a measure, or -1 */
    gint *pair_base;             /* by pair of the group */
    guint first_measure;         /* the one whose counters sum up to the rows */
    gint rows_base;              /* counts rows while no measure does, or -1 */
    struct plx_time_codes *times[PLX_SPLITS_MAX];
    guint32 *time_column[PLX_SPLITS_MAX]; /* codes of the batch at hand */
    guint8 *mask;                         /* NULL: all rows */
    guint32 cell[PLX_CELL_BLOCK];
};

struct plx_part {
    const struct plx_count_plan *plan;
    guint worker;
    const struct plx_dims *dims;
    struct plx_part_group *groups;
    struct plx_cell_field (*fields)[PLX_CELL_FIELDS]; /* of the batch at hand, by group */
    struct plx_slabs slabs;
    struct plx_records *streams;                /* of unit records */
    struct plx_records encounters, respondents; /* key records */
    gboolean begun, several; /* a batch has come; blocks give their rows more than once */
    gboolean careful;        /* encounters of the batch at hand may well come back */
    guint64 last_block;
    guint32 last_row;
    struct plx_pages packed; /* rows of the block at hand as the unit records have them */
    guint8 *days_mask;
    struct plx_calendar days; /* rows by day that pass the first need's filter */
    guint32 measures;         /* columns seen */
    guint64 rows, without_time;
};

/* Makes a group ready for a batch: counters, weights, fields (of the batch) and the mask of rows
 * that pass. Errors: PLX_ERROR_USAGE when splits have too many values. */
gboolean plx_part_begin_group(struct plx_part *part, guint g, const struct plx_batch *batch,
                              struct plx_cell_field *fields, GError **error);

/* The measure whose counters sum up to the rows, from the first batch that has one; else
 * PLX_MEASURES_MAX. */
guint plx_part_first_measure(struct plx_part_group *group);

/* Rows that were counted before (voice/sink.h); counted.c. */
struct plx_counted;
gboolean plx_part_add_counted(struct plx_part *part, const struct plx_counted *counted,
                              GError **error);

struct plx_part *plx_part_new(const struct plx_count_plan *plan, guint worker,
                              const struct plx_dims *dims);
void plx_part_free(struct plx_part *part);

/* Adds a batch, or takes it back. Errors: PLX_ERROR_USAGE when splits have too many values. */
gboolean plx_part_add(struct plx_part *part, const struct plx_batch *batch, gboolean back,
                      GError **error);

/* The batch with the flags that the needs ask for as measures: in `room`, or itself. A flag that no
 * row of the batch has is no column, as not every engine keeps one that says nothing. */
const struct plx_batch *plx_part_flags(const struct plx_part *part, const struct plx_batch *batch,
                                       struct plx_batch *room);

/* Up to PLX_RUN_ROWS rows of one unit and encounter that stand together. */
struct plx_part_run {
    guint64 unit, encounter;
    guint64 table; /* of a workshop; 0: none */
    guint32 from;  /* row of the batch */
    guint16 group_size;
    guint8 n;
    guint8 known;
};

/* The block-wise half that writes records: of units (part_units.c) and of keys (part_keys.c). */
void plx_part_add_units(struct plx_part *part, const struct plx_batch *batch, guint32 from,
                        guint32 n, gboolean back);
void plx_part_begin_keys(struct plx_part *part, const struct plx_batch *batch);
void plx_part_add_keys(struct plx_part *part, const struct plx_batch *batch,
                       const struct plx_part_run *runs, guint n_runs, guint n, gboolean back);
