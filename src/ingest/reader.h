/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An input cut into blocks of whole rows, read by many threads in turn.
 *
 * A worker takes the ticket (C11 atomics, in order), reads the next BLOCK bytes behind what the
 * last block left over, finds the end of the last whole row (outside quotes), leaves the rest for
 * the next and passes the ticket on; then it works on its own block. What a block holds depends on
 * the input alone, so {block, row} names the same row whenever the input is read.
 * Test: tests/ingest/test_file_source.c, test_bad_input.c. */

#include "base/csv_index.h"
#include "ingest/faults.h"
#include "ingest/input.h"

#define PLX_READER_BLOCK (256 * 1024)
/* A longer record is taken for a quote that was never closed. */
#define PLX_READER_RECORD_MAX (16 * 1024 * 1024)

typedef struct plx_reader plx_reader;

struct plx_block {
    guint64 number;
    char *text; /* whole rows, each ended by '\n'; PLX_CSV_PAD bytes more are readable */
    gsize length;
    gsize capacity;
};

/* The input is borrowed and is at its beginning. */
plx_reader *plx_reader_new(plx_input *input, char quote);
void plx_reader_free(plx_reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_reader, plx_reader_free)

/* Before the first block: the text that comes next, more than `least` bytes of it unless it ends;
 * and dropping `n` bytes of it (whole records: header, rows above it). */
gboolean plx_reader_peek(plx_reader *reader, gsize least, const char **text, gsize *n,
                         GError **error);
void plx_reader_skip(plx_reader *reader, gsize n);
guint64 plx_reader_lines_skipped(const plx_reader *reader);

/* The next block, FALSE when there is none (or after plx_reader_stop). Faults of reading (I/O,
 * gzip, encoding, a quote that is not closed) go to `faults`; the good rows before them are still
 * given. Safe from many threads, each with its own block and faults. */
gboolean plx_reader_next(plx_reader *reader, struct plx_block *block, struct plx_faults *faults);
void plx_block_clear(struct plx_block *block);

/* No more blocks. */
void plx_reader_stop(plx_reader *reader);

/* Begins again behind what was skipped. */
gboolean plx_reader_rewind(plx_reader *reader, GError **error);
