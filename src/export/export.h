/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Observations out as a file: canonical CSV (which reads in again as the same), NDJSON, a
 * spreadsheet, SPSS (docs/workspace.md, "Export").
 *
 * An export is a sink that wants all rows two or three times, with all columns and notes, in one
 * thread and always in the same order; it finds out what is used, then writes. Memory does not grow
 * with rows. Nothing is in its place before all of it is; freeing an export that is not done leaves
 * nothing behind. Errors: PLX_ERROR_USAGE (name of the file), PLX_ERROR_IO.
 * Test: tests/export/test_export.c, tests/cli/test_export.py. */

#include "voice/sink.h"

enum plx_export_format {
    PLX_EXPORT_CSV,
    PLX_EXPORT_CSV_GZ,
    PLX_EXPORT_NDJSON,
    PLX_EXPORT_XLSX,
    PLX_EXPORT_SAV,
    PLX_EXPORT_CODEBOOK /* what the columns mean, and no row; by its word alone */
};

/* By the end of a file's name, or by a word ("csv", "csv.gz", "ndjson", "xlsx", "sav", "codebook")
 * that goes before it; NULL: none. */
gboolean plx_export_format_find(const char *path, const char *word, enum plx_export_format *format,
                                GError **error);

#define PLX_EXPORT_SHEET_ROWS 1048575

typedef struct plx_export plx_export;

struct plx_export_options {
    const plx_map *map; /* outlives the export */
    const char *path;   /* "-": standard output */
    enum plx_export_format format;
    guint32 sheet_rows; /* observations on a sheet; 0: as many as there may be */
};

plx_export *plx_export_new(const struct plx_export_options *options, GError **error);
void plx_export_free(plx_export *export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_export, plx_export_free)

/* What gets the rows; its finish ends a pass. Belongs to the export. */
plx_sink *plx_export_sink(plx_export *export);
/* How the rows of the following batches tell themselves apart. */
void plx_export_set_keys(plx_export *export, enum plx_row_keys keys);
/* After each pass: is the file in its place? */
gboolean plx_export_is_done(const plx_export *export);

struct plx_export_outcome {
    guint64 observations;
    guint64 shortened;   /* texts that were longer than the kind of file allows */
    guint split;         /* encounters that had to be written as several */
    gboolean with_items; /* rows were numbered that would else be the same observation */
};
void plx_export_outcome(const plx_export *export, struct plx_export_outcome *outcome);
/* Rows given in this pass so far, and in all where that is known already, else 0. */
void plx_export_progress(const plx_export *export, guint64 *done, guint64 *total);
