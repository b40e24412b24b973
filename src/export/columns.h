/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The columns of an export: the canonical ones of docs/ratings.md, in one order, only those that
 * something is in. The first pass over the rows finds out. Test: tests/export/test_export.c. */

#include "voice/batch.h"

enum plx_export_kind {
    PLX_EXPORT_AUDIENCE,
    PLX_EXPORT_ENCOUNTER,
    PLX_EXPORT_RESPONDENT,
    PLX_EXPORT_TIME,
    PLX_EXPORT_OFFSET, /* of the time from UTC, where the file's kind of dates has none */
    PLX_EXPORT_JOURNEY,
    PLX_EXPORT_SUBJECT, /* point, task or promise: `index` is the enum plx_subject_kind */
    PLX_EXPORT_ITEM,
    PLX_EXPORT_TEXT,    /* `index` is the dimension */
    PLX_EXPORT_DECIMAL, /* likewise; its text is a number */
    PLX_EXPORT_WEIGHT,
    PLX_EXPORT_GROUP_SIZE,
    PLX_EXPORT_SEEN,
    PLX_EXPORT_SURPRISE,
    PLX_EXPORT_HESITATION,
    PLX_EXPORT_NOTE,
    PLX_EXPORT_MEASURE /* `index` is the measure */
};

/* How a column calls a journey, point, task or promise. */
enum plx_export_words {
    PLX_EXPORT_READABLE, /* by its title where a reader makes its id of that, else by its id */
    PLX_EXPORT_ID,
    PLX_EXPORT_TITLE
};

struct plx_export_column {
    enum plx_export_kind kind;
    guint index;
    enum plx_export_words words;   /* of JOURNEY and SUBJECT */
    char *name;                    /* of the canonical file */
    const char *title;             /* for people; the name, or borrowed from the map */
    const struct plx_scale *scale; /* of MEASURE: when all who answered have the same, else NULL */
    gsize width;                   /* bytes of its longest text, where it holds text */
    gboolean clock;                /* of TIME: some have a time of day */
};

/* What is used, from all rows of a pass. */
struct plx_export_use {
    guint64 rows;
    gboolean audience[PLX_AUDIENCES_MAX];
    gboolean dim[PLX_DIMS_MAX];
    gsize width[PLX_DIMS_MAX];
    char *segment[PLX_DIMS_MAX]; /* [d - PLX_DIM_SEGMENT] = KEY */
    gboolean subject[PLX_SUBJECT_PROMISE + 1];
    gsize subject_width;
    gboolean measure[PLX_MEASURES_MAX];
    gboolean encounter, respondent, time, clock, offset, items;
    gboolean weight, group_size, seen, surprise, hesitation, note;
    gsize note_width;
};

/* Adds a batch; `named` rows have an encounter that is given (export/row.h). */
void plx_export_use_add(struct plx_export_use *use, const struct plx_batch *batch,
                        enum plx_row_keys keys);
void plx_export_use_clear(struct plx_export_use *use);

/* struct plx_export_column, to be unreffed. `typed`, for files that nobody reads in again: times
 * have a column of their offsets, and what rows are about has two, "point" with ids and
 * "point_title". */
GArray *plx_export_columns(const struct plx_export_use *use, const plx_map *map, gboolean typed);
