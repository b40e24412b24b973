/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the kinds of files have in common, private to export/: a writer is made once the columns
 * are known, gets the rows batch by batch, and ends. Tests: tests/export/test_export.c,
 * tests/export/test_sav.c, tests/cli/test_export.py. */

#include "export/row.h"
#include "export/target.h"

/* What a writer may look at; outlives it. */
struct plx_export_job {
    const plx_map *map;
    const GArray *columns; /* struct plx_export_column */
    guint64 rows;
    const struct plx_target *target;
    gboolean gzip;
    guint32 sheet_rows; /* of .xlsx: observations on a sheet */
    guint64 shortened;  /* texts that the kind of file could not hold whole: writers count them */
};

typedef struct plx_export_writer plx_export_writer;

struct plx_export_writer {
    /* All rows of the view. */
    gboolean (*add)(plx_export_writer *writer, struct plx_export_view *view, GError **error);
    /* All is in the target's file afterwards; the target is not committed. */
    gboolean (*end)(plx_export_writer *writer, GError **error);
    void (*free)(plx_export_writer *writer);
};

/* No rows: what the columns mean. */
plx_export_writer *plx_codebook_writer_new(struct plx_export_job *job, GError **error);
plx_export_writer *plx_csv_writer_new(struct plx_export_job *job, GError **error);
plx_export_writer *plx_ndjson_writer_new(struct plx_export_job *job, GError **error);
plx_export_writer *plx_xlsx_writer_new(struct plx_export_job *job, GError **error);
plx_export_writer *plx_sav_writer_new(struct plx_export_job *job, GError **error);

static inline const struct plx_export_column *plx_export_column(const struct plx_export_job *job,
                                                                guint index)
{
    return &g_array_index(job->columns, struct plx_export_column, index);
}

/* The longest beginning of at most `limit` bytes that is whole characters. */
gsize plx_export_cut(const char *text, gsize length, gsize limit);
