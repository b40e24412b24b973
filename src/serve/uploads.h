/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files that people of the app send, for a command to read, and those that a command writes for
 * them: each in a folder of its own, readable by us alone, under the name it had.
 *
 * A file is known to its sender as "TICKET/name.csv"; nobody else's account finds it. What is older
 * than an hour goes with the next one that comes, all of it with the server; where that was killed,
 * with the next server that begins on this machine, for the same user. From any thread.
 * Test: tests/serve/test_uploads.c. */

#include <glib.h>

enum { PLX_UPLOAD_NAME_MAX = 120, PLX_UPLOAD_SECONDS = 3600 };
#define PLX_UPLOAD_BYTES ((guint64)256 * 1024 * 1024)
/* Of one account, of all files that lie here; a small one counts as if it had PLX_UPLOAD_LEAST. */
#define PLX_UPLOADS_BYTES (4 * PLX_UPLOAD_BYTES)
#define PLX_UPLOAD_LEAST ((guint64)256 * 1024)

typedef struct plx_uploads plx_uploads;

/* Makes its folder below the system's for temporary files, and removes those of the dead. Errors:
 * PLX_ERROR_IO. */
plx_uploads *plx_uploads_new(GError **error);
void plx_uploads_free(plx_uploads *uploads); /* NULL: nothing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_uploads, plx_uploads_free)

/* May an account leave so much more here? Errors: PLX_ERROR_INPUT. */
gboolean plx_uploads_fits(plx_uploads *uploads, gint64 account, guint64 bytes, GError **error);

/* Room for a file of this name, whose path is returned: nothing lies there yet. `name` is somebody
 * else's: of it only what a file may be called is taken. To be freed. Errors: PLX_ERROR_IO. */
char *plx_uploads_room(plx_uploads *uploads, gint64 account, const char *name, GError **error);

/* What its sender calls it, "TICKET/name.csv", to be freed. */
char *plx_uploads_reference(const plx_uploads *uploads, const char *path);

/* The path of what is called so; to be freed. Errors: PLX_ERROR_NOT_FOUND. */
char *plx_uploads_find(const plx_uploads *uploads, gint64 account, const char *reference,
                       GError **error);

/* Away with a file and its folder. */
void plx_uploads_drop(const char *path);

/* `text` without the folders of files in it, as errors have them; to be freed. */
char *plx_uploads_plain(const plx_uploads *uploads, const char *text);
