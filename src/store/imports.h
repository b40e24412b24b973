/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The imports a workspace remembers. Test: tests/store/test_import.c. */

#include "store/engine.h"
#include "store/store.h"

/* All that are done or undone, oldest first: struct plx_imports_entry. */
GPtrArray *plx_imports_list(plx_store *store, GError **error);

/* Takes an import's answers out again. Errors: PLX_ERROR_NOT_FOUND; PLX_ERROR_USAGE when it is
 * undone already or is no file's. *observations: how many went. */
gboolean plx_imports_undo(plx_store *store, gint64 id, guint64 *observations, GError **error);
