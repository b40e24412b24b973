/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small delimited file as rows of texts, for what people type by hand: sheets, codes, notes of a
 * walk. (Answers by the million go through base/csv_index.h.)
 *
 * The first record is the header; its names are trimmed, empty cells are "", cells that a row lacks
 * at its end too. Empty lines are skipped. UTF-8, with or without a byte order mark; the delimiter
 * is the header's (comma, semicolon, tab or |). At most PLX_CSV_TABLE_BYTES_MAX bytes.
 * Errors are PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …" and PLX_ERROR_IO.
 * Test: tests/base/test_csv_table.c. */

#include <glib.h>

#define PLX_CSV_TABLE_BYTES_MAX (64 * 1024 * 1024)

typedef struct plx_csv_table plx_csv_table;

/* A file ("-" is standard input), or `length` bytes called `name` in messages. */
plx_csv_table *plx_csv_table_read(const char *path, GError **error);
plx_csv_table *plx_csv_table_read_memory(const char *text, gsize length, const char *name,
                                         GError **error);
void plx_csv_table_free(plx_csv_table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_csv_table, plx_csv_table_free)

guint plx_csv_table_rows(const plx_csv_table *table);
guint plx_csv_table_columns(const plx_csv_table *table);
const char *plx_csv_table_name(const plx_csv_table *table, guint column);

/* The column of a name, or -1. */
gint plx_csv_table_find(const plx_csv_table *table, const char *name);

/* A cell, never NULL; "" where there is no such column (-1). */
const char *plx_csv_table_cell(const plx_csv_table *table, guint row, gint column);

/* FALSE unless each column is one of `names` (NULL-ended), and the first `needed` of them are
 * there. */
gboolean plx_csv_table_only(const plx_csv_table *table, const char *const *names, guint needed,
                            GError **error);

/* "FILE:LINE:COLUMN: …" for a cell; column -1: for its row. Always FALSE. */
gboolean plx_csv_table_error(const plx_csv_table *table, guint row, gint column, GError **error,
                             const char *format, ...) G_GNUC_PRINTF(5, 6);
