/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Copies of a workspace: made, verified, brought back, remembered. Test: tests/store/test_copies.c.
 */

#include "store/store.h"

/* Called between pages while a copy is made: FALSE stops it, with PLX_ERROR_IO. */
typedef gboolean (*plx_copies_tick)(gpointer data);

/* A whole copy as `path`, while others read and write: one moment of the workspace, checked before
 * it gets its name. The file must not exist; it may be read by whom the workspace may. A workspace
 * that was opened to be written to remembers that it was made. `tick` may be NULL. */
gboolean plx_copies_backup(plx_store *store, const char *path, plx_copies_tick tick, gpointer data,
                           GError **error);

/* A backup as the workspace `path`. With `replace` it may exist; nobody may be using it then. The
 * copies that the workspace knew stay known, and the backup is one of them.
 * Errors: PLX_ERROR_INPUT for what is no whole workspace. */
gboolean plx_copies_restore(const char *backup, const char *path, gboolean replace,
                            plx_copies_tick tick, gpointer data, GError **error);

/* A copy that was made: a backup, or a copy before an update (whose day is not kept). */
struct plx_copy {
    char *path;
    char *made;     /* "2026-11-25T18:02:11Z", or NULL */
    gboolean there; /* else moved or deleted */
};

/* All that are known, by path: struct plx_copy. */
GPtrArray *plx_copies_list(plx_db *db, GError **error);
