/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of a worker share: worker.c (blocks, chunks), records.c (blocks into rows),
 * view.c (the parts of one view), keys.c, emit.c. */

#include "ingest/coder.h"
#include "ingest/columns.h"
#include "ingest/repeats.h"
#include "ingest/seats.h"
#include "ingest/worker.h"
#include "voice/batch.h"

/* Keys of the chunk's rows. */
struct worker_keys {
    guint64 *unit, *encounter;
    guint64 *constancy;       /* or NULL; for the second look alone. Batches carry: */
    guint32 *constancy_short; /* or NULL */
};

struct worker_view {
    const struct plx_bound_view *bound;
    struct plx_coder *coder[5]; /* by subject kind; NULL: absent or constant */
    guint32 *code[5];           /* their columns; POINT's may be `subject` itself */
    guint32 constant[5];        /* their codes; JOURNEY: in the dictionary of journeys */
    struct plx_coder *prompt;
    guint32 prompt_constant;
    struct plx_measure_column *asks;
    /* Columns of the chunk: */
    guint32 *subject, *journey_code, *prompt_code;
    struct plx_coder *item_coder; /* keeps */
    guint32 *item_code, item_constant;
    gboolean all_named; /* all rows of the chunk have a subject */
    gint8 **measure;    /* by ask */
    gint8 *seen, *surprise, *hesitation;
    struct plx_span *note;
    guint64 *item;
    struct worker_keys keys; /* the worker's, or its own with an audience of its own */
    guint64 *identity;       /* or NULL; and what batches carry of it: */
    guint32 *identity_short;
};

struct plx_worker {
    const plx_binding *binding;
    guint number;
    enum plx_csv_kernel kernel;
    gboolean keeps; /* the sink keeps all that a row says */
    struct plx_pass *pass;
    struct plx_faults faults;
    guint64 told;         /* wrong rows in that list */
    gboolean told_enough; /* more than may be wrong came before: further rows are only counted */
    guint64 rows;
    GArray *signatures;
    guint64 *suspect_bits; /* which hashes may be suspects */

    struct plx_block block;
    struct plx_csv_index index;
    struct plx_scratch scratch;
    /* Rows of the block when they are not simply every n_columns separators. */
    guint32 *ragged;
    guint32 *ragged_number;
    gsize ragged_capacity, ragged_numbers_capacity;
    guint8 *block_bad; /* by row of the block, or NULL when all may be read */
    gsize block_bad_capacity;
    gboolean any_block_bad;
    gsize placed, placed_lines; /* the last place told in the block, and the newlines before it */

    struct plx_chunk chunk;
    struct plx_repeats repeats;
    struct plx_seats seats;
    struct plx_dims dims;
    struct plx_subjects subjects;
    GArray *subject_hash;    /* guint64 by subject code */
    guint subject_kinds;     /* mask of 1 << kind of them */
    GArray *journey_hash;    /* guint64 by code of the journey dictionary */
    GArray *journey_subject; /* guint32 subject code by the same */
    struct plx_coder *audience;
    guint32 audience_constant;
    struct plx_coder *dim[PLX_DIMS_MAX];
    guint32 dim_constant[PLX_DIMS_MAX];
    struct plx_time_column *time;
    guint64 dataset;      /* hash of the constant one */
    gboolean is_explicit; /* there is an encounter column */
    /* Columns of the chunk: */
    guint32 *audience_code;
    guint32 *dim_code[PLX_DIMS_MAX];
    gint32 *day, *month;
    gint64 *seconds;
    guint32 *clock_code; /* keeps: how each time was written, a code of PLX_DIM_CLOCK */
    guint16 *group_size;
    guint64 *weight;
    /* Of the rows of chunk.about alone: */
    guint32 *time_identity;
    guint64 *respondent, *encounter_text, *encounter_part, *time_text, *dataset_text;
    guint64 *workshop, *table, *source_text, *language_text;
    /* Of all rows again: */
    struct worker_keys keys;
    gboolean named_all; /* all rows of the chunk name an encounter and a respondent */
    gboolean keyed_all; /* or one of them: none is unlike all others */
    guint8 *known;      /* the unit is a respondent; NULL: no column says who */
    struct worker_view *views;
    guint32 *row_number; /* 0, 1, 2, …; as long as the longest block so far */
    gsize row_numbers;
    guint32 *keep;      /* rows of a view that are observations */
    GPtrArray *columns; /* owns all of the above */
    /* Where compacted columns go; reused. */
    GPtrArray *gathered;
    guint gathered_used;
};

/* records.c: the block into rows. Sets chunk.rows to all rows of the block. */
void plx_worker_records(plx_worker *worker, struct plx_rows *rows);
/* A fault of a whole record or at a place of it. */
void plx_worker_place(plx_worker *worker, gsize offset, guint64 *line, guint64 *column);

/* worker.c: the code of the constant that a coder's pick is. */
gboolean plx_worker_constant(struct plx_coder *coder, guint32 *code, GError **error);

/* view.c */
gboolean plx_view_init(plx_worker *worker, struct worker_view *view,
                       const struct plx_bound_view *bound, GError **error);
void plx_view_clear(struct worker_view *view);
void plx_view_read(plx_worker *worker, struct worker_view *view);

/* keys.c: unit, encounter, constancy of the chunk's rows, then a view's identity. */
void plx_keys_read(plx_worker *worker);
void plx_keys_of_rows(plx_worker *worker, gint audience, const struct worker_keys *keys);
void plx_keys_of_view(plx_worker *worker, struct worker_view *view);
/* Hashes of the texts behind codes, kept up to the dictionary. */
void plx_keys_update(plx_worker *worker);

/* extras.c: what only sinks that keep everything want; nothing where the sink does not. */
void plx_extras_init(plx_worker *worker);
gboolean plx_extras_init_view(plx_worker *worker, struct worker_view *view, GError **error);
void plx_extras_read(plx_worker *worker);
void plx_extras_read_view(plx_worker *worker, struct worker_view *view);

/* emit.c: the observations of a view to where the pass wants them. */
gboolean plx_worker_emit(plx_worker *worker, guint view, GError **error);
void plx_worker_look(plx_worker *worker, guint view, const guint32 *keep, guint32 n);

/* An array for one value per row of a chunk, owned by the worker. */
#define PLX_COLUMN(worker, type)                                                                   \
    ((type *)plx_worker_column((worker), sizeof(type) * (PLX_CHUNK_ROWS + PLX_SPREAD_SLACK)))
gpointer plx_worker_column(plx_worker *worker, gsize bytes);

static inline guint32 plx_row_number(const struct plx_rows *rows, guint32 i)
{
    return rows->number ? rows->number[i] : rows->first + i;
}
