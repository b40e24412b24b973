/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The columnar batch: how observations flow from a reader (ingest/) to a sink (voice/sink.h).
 *
 * A batch is a view: columns belong to the producer and are valid during the sink's call only.
 * Row i of every column is observation i. Dictionary codes belong to `dims`, the producing
 * worker's own dictionaries (voice/dict.h): code 0 is always "missing" (the empty text).
 * Memory: columns are plain arrays, no allocation per row. Test: tests/voice/test_count_sink.c. */

#include "map/map.h"
#include "voice/dict.h"

#include <glib.h>

#define PLX_BATCH_ROWS 65536

/* Dictionary dimensions. Segments follow from PLX_DIM_SEGMENT on, one per segment.KEY. */
enum plx_dim {
    PLX_DIM_AUDIENCE, /* codes are map index + 1 */
    PLX_DIM_SUBJECT,  /* point, journey (its own measures), task or promise: struct plx_subject */
    PLX_DIM_JOURNEY,  /* the journey in whose context the point was met */
    PLX_DIM_PLACE,
    PLX_DIM_CHANNEL,
    PLX_DIM_SOURCE,
    PLX_DIM_LANGUAGE,
    PLX_DIM_PROMPT,
    /* Only for sinks that keep what they get (struct plx_sink.keeps); readings do not ask for them.
     * CLOCK is how a time was written: "day", "minute" or "second", then "Z", "+02:00" or nothing.
     */
    PLX_DIM_DATASET,
    PLX_DIM_WORKSHOP,
    PLX_DIM_TABLE,
    PLX_DIM_ITEM,
    PLX_DIM_ASKED_P,
    PLX_DIM_CLOCK,
    PLX_DIM_SEGMENT
};
#define PLX_DIMS_MAX 70

/* Where a dimension is in these dictionaries: of PLX_DIM_SEGMENT that of its key, PLX_DIMS_MAX
 * where there is none. */
static inline guint plx_dims_find(const struct plx_dims *dims, guint dim, const char *segment)
{
    if (dim != PLX_DIM_SEGMENT)
        return dim;
    for (guint d = PLX_DIM_SEGMENT; d < dims->n_dims; d++)
        if (g_strcmp0(dims->segment[d - PLX_DIM_SEGMENT], segment) == 0)
            return d;
    return PLX_DIMS_MAX;
}

/* Cells of a measure column: a value of its scale, or one of three kinds of missing. */
#define PLX_CELL_EMPTY G_MININT8    /* not asked */
#define PLX_CELL_NA (G_MININT8 + 1) /* did not happen to me */
#define PLX_CELL_DECLINED (G_MININT8 + 2)

#define PLX_NO_DAY G_MININT32
#define PLX_NO_TIME G_MININT64

/* Weights are fixed point: 1.0 == PLX_WEIGHT_ONE. */
#define PLX_WEIGHT_ONE (G_GUINT64_CONSTANT(1) << 20)

/* Which row of the input an observation came from, for second looks and error messages. */
struct plx_row_id {
    guint64 block; /* the reader's block, in file order */
    guint32 row;   /* row within the block */
};

/* How rows of one collection tell encounters and observations apart: not at all; by respondent or
 * time (which then make the encounter); by an encounter that was given. */
enum plx_row_keys { PLX_ROW_KEYS_NONE, PLX_ROW_KEYS_PERSON, PLX_ROW_KEYS_ENCOUNTER };

struct plx_span {
    const char *text;
    guint32 length;
};

struct plx_batch {
    guint32 n;
    const struct plx_dims *dims;

    /* dim[d] == NULL: every row has code dim_constant[d] (0 = missing). */
    const guint32 *dim[PLX_DIMS_MAX];
    guint32 dim_constant[PLX_DIMS_MAX];

    /* measure[m] == NULL: the input has no such column. Values are checked against the scale. */
    const gint8 *measure[PLX_MEASURES_MAX];

    /* Days since 1970-01-01 and months as year * 12 + month - 1, of the date as written;
     * PLX_NO_DAY where a row has no time. Local seconds as written since 1970. NULL: no row has. */
    const gint32 *day;
    const gint32 *month;
    const gint64 *seconds;

    /* Keys, 64-bit hashes of exact text. unit = the respondent (scoped by dataset and audience),
     * else the encounter, else unique to the row; encounter likewise. Equal keys mean the same.
     * Where other rows are given an encounter, the unit of one without any key is the complement
     * of its encounter: both are made up.
     * Both NULL, in all batches or none: only what needs no units is asked for (COUNTS, PAIRS,
     * COLUMNS), and the answer's encounters and respondents are not to be used. */
    const guint64 *unit;
    const guint64 *encounter;
    /* Rows that name a PLX_DIM_WORKSHOP and a PLX_DIM_TABLE come from people who talked: whoever
     * asks for units needs both columns, as the table is the unit there (unit_tables.c). */
    /* 1: `unit` is a respondent, 0: it stands for the encounter or the row, whose group_size then
     * counts as persons. NULL: no respondent is known. */
    const guint8 *known;
    /* Hash of what makes a row the same observation within an explicit encounter (subject,
     * journey, time, prompt, item); NULL: rows cannot be duplicates. */
    const guint32 *identity;
    /* Hash of what must not change within an encounter (respondent, audience, group_size,
     * source, language, workshop, table); NULL: nothing to check. */
    const guint32 *constancy;

    const guint16 *group_size;   /* persons behind a row; NULL: 1 */
    const guint64 *weight;       /* fixed point; NULL: all PLX_WEIGHT_ONE */
    const gint8 *seen;           /* 0, 1 or PLX_CELL_EMPTY: had seen results before; NULL: none */
    const gint8 *surprise;       /* -1 bad, 0 none, 1 good, PLX_CELL_EMPTY; NULL: none */
    const gint8 *hesitation;     /* 0, 1, PLX_CELL_EMPTY; NULL: none */
    const struct plx_span *note; /* free text; NULL: none */

    /* Rows at which anything about the encounter may be new: n_runs of them, ascending, the first
     * 0, and n behind them. In between unit, encounter, known, constancy, group_size, time and all
     * dimensions but subject and prompt stay as they are. NULL: not known. */
    const guint32 *run;
    guint32 n_runs;

    guint64 block; /* struct plx_row_id of row i is {block, row ? row[i] : i} */
    const guint32 *row;
};
