/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows that say again what the row above says.
 *
 * Rows of one encounter mostly stand together and repeat who spoke, when, where and how. Adjacent
 * columns of that kind make a stretch; where a row's bytes over a whole stretch are those of the
 * row above, its cells need not be read: their values are the same. One comparison then stands for
 * several columns, and readers go over the fresh rows alone, without a branch per row.
 * Test: tests/ingest/test_repeats.c; test_bad_input.c (repeated faults). */

#include "base/csv_kernels.h"
#include "ingest/binding.h"
#include "ingest/cells.h"

/* The rows of a chunk whose cells in a stretch must be read: each begins a run of equal rows. */
struct plx_fresh {
    guint first, last; /* columns of the stretch */
    guint32 n;
    guint32 row[PLX_CHUNK_ROWS + PLX_CSV_OFFSETS_SLACK]; /* n rows, ascending; [n]: rows in all */
};

struct plx_repeats {
    const struct plx_csv_kernels *kernels;
    GPtrArray *stretches;           /* of struct plx_fresh */
    struct plx_fresh every;         /* all rows: of columns outside stretches */
    struct plx_fresh any;           /* rows that are fresh in some stretch */
    const struct plx_fresh **fresh; /* by column */
    const struct plx_fresh *about;  /* rows where anything about the encounter is fresh */
};

void plx_repeats_init(struct plx_repeats *repeats, const plx_binding *binding,
                      enum plx_csv_kernel kernel);
void plx_repeats_clear(struct plx_repeats *repeats);

/* Compares the rows of a chunk and hands it the result. Rows behind a bad one are all fresh. */
void plx_repeats_find(struct plx_repeats *repeats, struct plx_chunk *chunk);

/* After the fresh rows of a column were read: tells the faults, from number `first` on, of the rows
 * that repeat the wrong cells as well. */
void plx_repeats_fault(struct plx_chunk *chunk, const struct plx_fresh *fresh, guint first);

/* Where the values of the fresh rows are put one after the other: into `out` itself when all rows
 * are fresh, else into a buffer, from where they are spread. */
#define PLX_FRESH_VALUES(fresh, rows, buffer, out) ((fresh)->n == (rows) ? (out) : (buffer))

/* Values of fresh rows go to all rows of their runs; nothing to do when values == out. `out` has
 * PLX_SPREAD_SLACK entries more than rows. */
void plx_spread8(const struct plx_fresh *fresh, const guint8 *values, guint8 *out);
void plx_spread32(const struct plx_fresh *fresh, const guint32 *values, guint32 *out);
void plx_spread64(const struct plx_fresh *fresh, const guint64 *values, guint64 *out);
