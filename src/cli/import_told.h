/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an import did, would do, or what is wrong with its files, as JSON ("parallax.import/1",
 * docs/workspace.md). Test: tests/cli/cases/import-json. */

#include "ingest/file_source.h"
#include "store/import.h"

#define PLX_TOLD_ROWS 200 /* wrong rows of one file that are told at most */

struct plx_import_told;

struct plx_import_told *plx_import_told_new(GString *out, gboolean dry_run);
/* The document is whole then, whatever happened. */
void plx_import_told_free(struct plx_import_told *told);

/* A file begins: wrong rows are heard by its options, and kept to be told. */
void plx_import_told_begin(struct plx_import_told *told, const char *path,
                           struct plx_file_options *file);

/* It was taken, or would be. `source`: asked for who says how much about what; NULL: not told.
 * `scaled`: audiences of the map that are on another scale by it, a bit each. */
gboolean plx_import_told_done(struct plx_import_told *told, plx_source *source, const plx_map *map,
                              guint32 scaled, const struct plx_file_summary *summary,
                              const struct plx_import_outcome *outcome, GError **error);
/* Or it was not. */
void plx_import_told_failed(struct plx_import_told *told, const GError *error);
