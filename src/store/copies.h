/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Copies of a workspace: made, verified, brought back, remembered. Test: tests/store/test_copies.c.
 */

#include "store/store.h"

/* A whole copy as `path`, while others read and write: one moment of the workspace, checked before
 * it gets its name. The file must not exist. The workspace remembers that it was made. */
gboolean plx_copies_backup(plx_store *store, const char *path, GError **error);

/* A backup as the workspace `path`. With `replace` it may exist; nobody may be using it then.
 * Errors: PLX_ERROR_INPUT for what is no whole workspace. */
gboolean plx_copies_restore(const char *backup, const char *path, gboolean replace, GError **error);

/* Paths of the copies that are known and still there (char *): backups, copies before updates. */
GPtrArray *plx_copies_list(plx_db *db, GError **error);
