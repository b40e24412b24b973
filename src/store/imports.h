/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The imports a workspace remembers. Test: tests/store/test_import.c. */

#include "store/store.h"

struct plx_imports_entry {
    gint64 id;
    char *kind, *state, *started, *file, *dataset, *recipe; /* recipe may be NULL */
    guint64 rows, observations, rejected, duplicates;
};

/* All that are done or undone, oldest first: struct plx_imports_entry. */
GPtrArray *plx_imports_list(plx_store *store, GError **error);

/* No file with keys is known any more to be here wholly: rows went, on which others may have relied
 * that left theirs out. Such a file again is compared row by row. Within the caller's transaction.
 */
gboolean plx_imports_forget_files(plx_db *db, GError **error);

/* Takes an import's answers out again. Errors: PLX_ERROR_NOT_FOUND; PLX_ERROR_USAGE when it is
 * undone already or is no file's. *observations: how many went. */
gboolean plx_imports_undo(plx_store *store, gint64 id, guint64 *observations, GError **error);
