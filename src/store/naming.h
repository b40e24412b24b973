/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names of workspaces and what lies beside them: a new file is made under another name and gets its
 * own when it is whole, so that a name never stands for half a workspace.
 * Test: tests/store/test_naming.c, tests/store/faults. */

#include <glib.h>

/* A name beside `path` for the file that is to become it, to be freed. PLX_ERROR_IO when `path` is
 * there already. */
char *plx_naming_part(const char *path, GError **error);

/* Gives the file its name, never over another file's, and puts the name on the disk. A log of a
 * file that had the name before would be played into this one: it goes first. On failure the part
 * is removed. Errors: PLX_ERROR_IO. */
gboolean plx_naming_give(const char *part, const char *path, GError **error);

/* Removes a file that was not finished, and the logs beside it. */
void plx_naming_drop(const char *part);

/* Removes the logs beside a file. */
void plx_naming_drop_logs(const char *path);

/* A name is on the disk when its folder is. FALSE: errno. */
gboolean plx_naming_sync(const char *path);

/* An empty file for a workspace, which must not exist yet: for its owner alone, or for whom the
 * file `like` (may be NULL, need not exist) is. Test: tests/store/test_copies.c. */
gboolean plx_naming_create(const char *path, const char *like, GError **error);
