/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of a roll share. Private to them. */

#include "voice/batch.h"
#include "voice/cells.h"
#include "voice/roll.h"
#include "voice/word_map.h"

#define PLX_ROLL_MEASURES 3
#define PLX_ROLL_MEANING 32
#define PLX_ROLL_DIMS 64
/* Of struct plx_roll_kind.journeys: about some point. The bits below are points' homes. */
#define PLX_ROLL_SOME (G_GUINT64_CONSTANT(1) << 63)
#define PLX_ROLL_JOURNEYS 62

/* Codes of one dimension by run, as narrow as they go. */
struct plx_roll_column {
    guint8 dim;
    guint8 bytes; /* 1, 2 or 4; 0: all are `constant` */
    guint32 constant;
    gpointer code;
};

/* What a row says: all rows of a class count alike. */
struct plx_roll_class {
    guint32 audience, subject;
    guint32 cell; /* PLX_NO_CELL: in none */
    gint8 value[PLX_ROLL_MEASURES];
};

struct plx_roll_cell {
    guint32 audience, subject; /* codes */
};

/* What a run says besides: whether there are values, and of which journeys. */
struct plx_roll_kind {
    guint32 audience;
    guint32 values; /* bits by place among the measures held */
    guint64 journeys;
};

/* Of struct plx_roll.place: the unit has no other run, and says nothing twice. */
#define PLX_ROLL_ALONE 0x8000u
/* ... it is of the encounter of the run before, of the same unit. */
#define PLX_ROLL_SAME 0x4000u
/* ... in it alone something is said twice. */
#define PLX_ROLL_TWICE 0x2000u
#define PLX_ROLL_PLACE 0x1fffu

/* Units are of one audience here: all that is known of who said what is known by audience. Rows of
 * a unit in a cell, when they are several, stand together in again_*. */
struct plx_roll {
    guint8 meaning[PLX_ROLL_MEANING];
    guint32 size[PLX_DIMS_MAX]; /* codes of each dimension there were */
    guint n_dims;
    guint n_held;
    guint8 held[PLX_ROLL_MEASURES]; /* measures, ascending */
    guint32 columns;                /* mask of the measures that there is a column of */
    guint32 values;                 /* ... and some value */
    gboolean weighted, timed;
    gint32 first_day, last_day; /* when timed */
    guint32 n_units, n_runs, n_rows;
    guint64 *unit;        /* by audience, ascending */
    guint n_audiences;    /* codes: 0 is none */
    guint32 *first_unit;  /* n_audiences + 1: of an audience's code */
    guint32 *unit_run;    /* n_units + 1 */
    guint32 *unit_repeat; /* n_units + 1: the first in repeat */
    guint8 *known;        /* by unit */
    guint64 *encounter;   /* by run, ascending within a unit */
    guint32 *run_row;     /* n_runs + 1 */
    guint16 *kind;        /* by run */
    guint16 *place;       /* by run: which unit of its chunk | PLX_ROLL_ALONE, _SAME, _TWICE */
    gint32 *day;          /* by run; NULL: none has one */
    guint n_columns;
    struct plx_roll_column column[PLX_ROLL_DIMS];
    guint32 *row; /* class, by row */
    guint32 n_classes, n_cells, n_kinds;
    struct plx_roll_class *classes;
    struct plx_roll_cell *cells;
    struct plx_roll_kind *kinds;
    guint32 n_again, n_repeats;
    guint32 *repeat; /* n_repeats + 1: the first in again_* */
    guint32 *again_run, *again_class;
    guint n_chunks, most_runs; /* of a chunk */
    guint32
        *chunk; /* n_chunks + 1: the first unit of what a thread does at once: of one audience */
    struct plx_roll_totals totals;
    guint64 *filter;   /* bits that encounters set: one whose bits are not set is not here */
    guint filter_bits; /* how many, as a power of two */
    guint64 *block;
    gsize n_blocks;
};

/* Runs as they come from batches: roll_sink.c collects them, roll_make.c puts them in order. */
struct plx_roll_run {
    guint64 unit, encounter;
    guint32 row, n; /* of the worker's rows */
    guint32 audience;
    gint32 day;
    guint8 known;
};

struct plx_roll_worker {
    const struct plx_dims *dims; /* of its batches; NULL: none has come */
    gboolean full;               /* more than fits; or other dictionaries */
    guint n_columns;
    guint8 dim[PLX_ROLL_DIMS];
    GArray *runs;          /* struct plx_roll_run */
    GArray *codes;         /* guint32: n_columns by run */
    struct plx_pages rows; /* guint32: classes of the worker */
    guint32 n_rows;
    struct plx_word_map classes; /* audience, subject, values */
    GArray *blocks;              /* guint64 */
    guint32 columns, values;
    gboolean weighted, timed;
};

/* Puts all workers' runs in order, into a roll that has what does not depend on rows; the workers'
 * rows are used up. FALSE: it would not fit. */
gboolean plx_roll_make(plx_roll *roll, struct plx_roll_worker *workers, guint n_workers,
                       const plx_map *map, gsize most_bytes);
/* roll_totals.c */
void plx_roll_sum_up(plx_roll *roll);
/* roll_again.c: who said several things in one cell. */
void plx_roll_find_again(plx_roll *roll);
/* roll.c: of dictionaries as far as the roll knows them, and the map. */
void plx_roll_meaning(const plx_roll *roll, const struct plx_dims *dims, const plx_map *map,
                      guint8 meaning[PLX_ROLL_MEANING]);

/* Numbers (guint32) of those of the units that the roll has, ascending. */
GArray *plx_roll_find(const plx_roll *roll, const struct plx_roll_units *units);

/* Codes from run `from` on, as a batch has them. */
void plx_roll_codes(const struct plx_roll_column *column, guint32 from, guint32 n, guint32 *out);
