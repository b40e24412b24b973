/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A file of ratings as a source: read, counted, dropped.
 *
 * Every ask reads the whole input on all threads and either answers or fails; nothing is ever half
 * loaded. Input: a path or "-" (standard input; kept in an unlinked temporary file when it cannot
 * be read again), gzip by its magic, UTF-8, UTF-16 by BOM, other encodings by name.
 *
 * Errors: PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …" for the first wrong cell by position, whatever
 * the threads; PLX_ERROR_IO when the file cannot be read or the rejects cannot be written.
 *
 * Notes added to the answer: `duplicate_rows` (rows counted once, count), `rejected_rows` (count;
 * detail: the file they are in, or NULL), `rows_without_time` (when only some rows have none),
 * `ignored_columns` (count; detail: their titles).
 * Test: tests/ingest/test_file_source.c. */

#include "ingest/plan.h"
#include "voice/sink.h"
#include "voice/source.h"

/* A wrong row, as it is told to who listens: those that are left out, or the first of those that
 * may not stand. */
struct plx_wrong_row {
    guint64 line, column;      /* from 1; 0: of no line, of the whole row */
    const char *message, *raw; /* the row as written, or NULL */
    gsize raw_length;
    const char *header; /* as written, or NULL */
    char delimiter;
    guint64 of; /* wrong rows in all; 0: not known */
};

struct plx_file_options {
    const plx_plan *plan;      /* of a recipe; NULL: a canonical file */
    const char *dataset;       /* NULL: the plan's, else the file's stem */
    const char *encoding;      /* NULL: the plan's, else UTF-8 or by BOM */
    char delimiter;            /* 0: the plan's, else by the header */
    const char *const *ignore; /* columns to leave aside; NULL-terminated, or NULL */
    const char *const
        *set;            /* plx_plan_set of a canonical file (a recipe: plx_recipe_set); or NULL */
    guint64 max_errors;  /* rows that may be wrong and are then left out */
    const char *rejects; /* where they are written with the reason, or NULL */
    guint threads;       /* 0: one per core */
    gboolean (*stopped)(void); /* TRUE: no more of it is read (input.h); or NULL */
    void (*heard)(const struct plx_wrong_row *row, gpointer data); /* or NULL */
    gpointer heard_data;
    guint64 row_salt; /* tells rows without keys of one import from those of another */
};

/* The map must outlive the source; path and options are copied, the plan is borrowed. The file is
 * opened and its header checked here. */
plx_source *plx_file_source_new(const char *path, plx_map *map,
                                const struct plx_file_options *options, GError **error);

/* The same from memory (borrowed; for tests and fuzzing), called `name` in messages. */
plx_source *plx_file_source_new_memory(const char *text, gsize length, const char *name,
                                       plx_map *map, const struct plx_file_options *options,
                                       GError **error);

/* The data set of a file for which nothing names one, to be freed: "data/ratings.csv.gz" is
 * "ratings", "-" is "stdin". */
char *plx_file_dataset(const char *path);

/* What reading a file found, beside what it gave to the sink. */
struct plx_file_summary {
    guint64 rows;       /* data rows read */
    guint64 rejected;   /* of them left out */
    guint64 duplicates; /* observations taken back */
};

/* Gives a source made by the functions above to any sink (add, retract, suspects; not finish):
 * what ask does before it takes the answer; an import does it with the store's sink. The sink must
 * take plx_file_source_workers(source) workers. */
gboolean plx_file_source_run(plx_source *source, plx_sink *sink, struct plx_file_summary *summary,
                             GError **error);
guint plx_file_source_workers(const plx_source *source);
