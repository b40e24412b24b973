/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the fields of delimited text end: the separator index.
 *
 * One pass over a block of text finds every delimiter and newline outside quotes (RFC 4180). 64
 * bytes at a time become bit masks, and bits offsets (AVX-512 or AVX2 where the machine has it,
 * else eight bytes in a word: csv_kernels.h); all between is common code, so all ways give the same
 * index. In-quote regions come from the prefix xor of the quote mask (Langdale and Lemire, "Parsing
 * gigabytes of JSON per second", 2019, section 3.1.1).
 * Test: tests/base/test_csv_index.c (a naive scanner must agree on random bytes). */

#include <glib.h>

/* Readable bytes needed behind the text of a block; their content does not matter. */
#define PLX_CSV_PAD 64

/* The best that the machine has, or at most AVX2, or none of it. */
enum plx_csv_kernel { PLX_CSV_BEST, PLX_CSV_AVX2, PLX_CSV_PORTABLE };

struct plx_csv_index {
    guint32 *at; /* [0] = G_MAXUINT32 ("before the text"), then n offsets of separators */
    gsize n;
    gsize capacity;
    guint64 newlines; /* every '\n', also those in quotes */
    gsize rows;       /* those outside quotes */
    gboolean has_quote;
    gboolean has_high; /* a byte above 127: check the encoding */
    gboolean has_nul;
    gboolean open;   /* the text ends inside quotes */
    gsize misplaced; /* offset of the first quote within an unquoted field, or of text behind a
                        closing quote; G_MAXSIZE: none */
};

/* Indexes `n` bytes (below 4 GiB) that begin outside quotes at the start of a record. quote 0: no
 * quoting. The arrays are reused and grow as needed. */
void plx_csv_index_run(struct plx_csv_index *index, const char *text, gsize n, char delimiter,
                       char quote, enum plx_csv_kernel kernel);
void plx_csv_index_clear(struct plx_csv_index *index);

/* Offset behind the last newline outside quotes, 0 when there is none. *open says whether the text
 * ends inside quotes. */
gsize plx_csv_last_row_end(const char *text, gsize n, char quote, gboolean *open,
                           enum plx_csv_kernel kernel);
