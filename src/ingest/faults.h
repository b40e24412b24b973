/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is wrong with the input, collected by many threads, told in the order of the file.
 *
 * Each worker has its own list; a fault knows its block and its line within the block. The lines of
 * blocks are added up at the end, so the fault reported is the first by position, whatever thread
 * found it when. Test: tests/ingest/test_bad_input.c, test_accepted.c. */

#include "base/error.h"

#include <glib.h>

#define PLX_FAULTS_SHOWN 20 /* wrong rows that an error lists at most */

struct plx_fault {
    guint64 block;
    guint32 row;         /* record within the block */
    guint64 line;        /* newlines before it in the block */
    guint64 column;      /* byte column from 1; 0: the whole row */
    gboolean fatal;      /* cannot be left out by --max-errors (quoting, encoding, reading) */
    enum plx_error code; /* PLX_ERROR_INPUT or PLX_ERROR_IO */
    gboolean placeless;  /* the message names no line */
    char *message;
    char *raw; /* the row as written, for the rejects; or NULL */
    gsize raw_length;
};

/* Newlines of one block. */
struct plx_block_lines {
    guint64 block;
    guint64 lines;
};

struct plx_faults {
    GArray *list;  /* of struct plx_fault */
    GArray *lines; /* of struct plx_block_lines */
};

void plx_faults_init(struct plx_faults *faults);
void plx_faults_clear(struct plx_faults *faults);
/* Takes the strings. */
void plx_faults_add(struct plx_faults *faults, const struct plx_fault *fault);

/* Lines before each block, from all workers' lists. */
typedef struct plx_line_table plx_line_table;
plx_line_table *plx_line_table_new(const struct plx_faults *const *faults, guint n,
                                   guint64 lines_before);
void plx_line_table_free(plx_line_table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_line_table, plx_line_table_free)
/* Line (from 1) of something `line` newlines into a block. */
guint64 plx_line_table_find(const plx_line_table *table, guint64 block, guint64 line);

/* All faults sorted by position, one per row (the leftmost); borrowed from the lists. */
GPtrArray *plx_faults_sorted(const struct plx_faults *const *faults, guint n);

/* Sets the error for a list that may not stand: the first fault, one line "FILE:LINE:COLUMN: ..."
 * for each that follows and says something else, among the first PLX_FAULTS_SHOWN, and a last line
 * that says how many rows are wrong and how to leave them out, unless that are most of the `rows`
 * of the file; one fault is one line. `wrong` counts the rows of the whole file; 0 = not known,
 * then only that they are more than were allowed. Nothing can be left out of a file with a fatal
 * fault. Always FALSE. */
gboolean plx_faults_report(const GPtrArray *sorted, const plx_line_table *lines, const char *file,
                           guint64 max_errors, guint64 wrong, guint64 rows, GError **error);

/* Writes rejected rows: two columns in front (line, reason), then each row as it was written, under
 * the header as it was written. Replaces the file in one go. */
gboolean plx_faults_write_rejects(const GPtrArray *sorted, const plx_line_table *lines,
                                  const char *path, const char *header, char delimiter,
                                  GError **error);
