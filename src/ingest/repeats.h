/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows that say again what the row above says.
 *
 * Rows of one encounter mostly stand together and repeat who spoke, when, where and how. Adjacent
 * columns of that kind make a stretch; where a row's bytes over a whole stretch are those of the
 * row above, its cells need not be read: their values are the same. One comparison then stands for
 * several columns, and readers go over the fresh rows alone, without a branch per row.
 * Test: tests/ingest/test_accepted.c (repeated rows), test_bad_input.c (repeated faults). */

#include "ingest/binding.h"
#include "ingest/cells.h"

/* The rows of a chunk whose cells in a stretch must be read. */
struct plx_fresh {
    guint first, last; /* columns of the stretch */
    guint32 n;
    guint32 row[PLX_CHUNK_ROWS];  /* n rows, ascending */
    guint32 from[PLX_CHUNK_ROWS]; /* by row: place among `row` of the one it repeats (or itself) */
};

struct plx_repeats {
    GPtrArray *stretches;           /* of struct plx_fresh */
    struct plx_fresh every;         /* all rows: of columns outside stretches */
    const struct plx_fresh **fresh; /* by column */
};

void plx_repeats_init(struct plx_repeats *repeats, const plx_binding *binding);
void plx_repeats_clear(struct plx_repeats *repeats);

/* Compares the rows of a chunk and hands it the result. Rows behind a bad one are all fresh. */
void plx_repeats_find(struct plx_repeats *repeats, struct plx_chunk *chunk);

/* After the fresh rows of a column were read: tells the faults, from number `first` on, of the rows
 * that repeat the wrong cells as well. */
void plx_repeats_fault(struct plx_chunk *chunk, guint column, guint first);

/* Values of the fresh rows, one after the other in `values`, go to all rows. */
#define PLX_SPREAD(fresh, values, rows)                                                            \
    do {                                                                                           \
        for (guint32 plx_i = (fresh)->n < (rows) ? (rows) : 0; plx_i-- > 0;)                       \
            (values)[plx_i] = (values)[(fresh)->from[plx_i]];                                      \
    } while (0)
