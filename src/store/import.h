/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Taking a file of answers into a workspace, wholly or not at all.
 *
 * An import is a sink: a reader gives it batches from its threads; each thread fills a block, which
 * the import's own writer thread puts into the file, eight in a transaction, so that nobody waits
 * long. Nobody sees them until plx_import_finish makes all of them visible with one small last
 * transaction; until then freeing the import takes everything back, and what a killed process left
 * is removed at the next opening. Beside keeping, the import counts (voice/sink.h): that finds
 * duplicates, and gives the answer that readers will want first.
 *
 * Importing again (docs/workspace.md): the same content changes nothing; the same keys with other
 * content, or most rows once more, are refused with PLX_ERROR_INPUT and what to say instead.
 * Test: tests/store/test_import.c. */

#include "store/engine.h"
#include "store/store.h"

typedef struct plx_import plx_import;

/* Begins; the store must be open for writing and have its map set as the file will be read. */
plx_import *plx_import_begin(plx_store *store, const struct plx_import_options *options,
                             GError **error);
void plx_import_free(plx_import *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_import, plx_import_free)

/* Where the reader puts its batches. Belongs to the import. */
plx_sink *plx_import_sink(plx_import *import);
/* Salt for rows without keys (struct plx_file_options.row_salt). */
guint64 plx_import_salt(const plx_import *import);
gboolean plx_import_finish(plx_import *import, const struct plx_import_summary *summary,
                           struct plx_import_outcome *outcome, GError **error);
