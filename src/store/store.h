/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The workspace: one file that holds an organisation's map and answers.
 *
 * Many processes may read while one writes; a reading sees one snapshot. What was acknowledged is
 * on the disk. Everything that asks goes through plx_store_source (voice/source.h); everything that
 * comes in through an import (store/import.h) or the inbox (store/inbox.h).
 * Errors: PLX_ERROR_NOT_FOUND (no such file, import, …), PLX_ERROR_INPUT (no workspace, of a newer
 * program), PLX_ERROR_IO (disk, damage, busy).
 * Test: tests/store/test_store.c. */

#include "store/db.h"
#include "voice/source.h"

typedef struct plx_store plx_store;

/* A new workspace with a map: `yaml` is its text, `name` where it came from. The file must not
 * exist. NULL `yaml`: a map that accepts any point. */
plx_store *plx_store_create(const char *path, const char *yaml, const char *name, GError **error);

enum plx_store_mode { PLX_STORE_READ, PLX_STORE_WRITE };
plx_store *plx_store_open(const char *path, enum plx_store_mode mode, GError **error);
/* A workspace on somebody else's connection (plx_db_adopt), for reading what is in blocks and
 * inbox. Free it before the connection is closed. */
plx_store *plx_store_adopt(sqlite3 *handle, GError **error);
void plx_store_free(plx_store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_store, plx_store_free)

/* TRUE when the file begins like a workspace: to tell it from a file of answers. */
gboolean plx_store_is_one(const char *path);

const char *plx_store_path(const plx_store *store);
plx_db *plx_store_db(plx_store *store); /* for the other files of store/ */

/* The map in force, with the scales that recipes brought. Belongs to the store; commands may set
 * its populations and names for their own run, which is not written. */
plx_map *plx_store_map(plx_store *store);

/* Is the map in force still the one that this store was opened with? Else answers go to another
 * one: open it anew. Test: tests/store/test_inbox.c. */
gboolean plx_store_is_current(plx_store *store, gboolean *current, GError **error);

/* For those who write several things in one transaction of their own (plx_db_begin_write): ends it,
 * commits when all went well so far (`ok`), else takes it back with the words it had numbered. */
gboolean plx_store_end(plx_store *store, gboolean ok, GError **error);

/* What the workspace was told while another process wrote (see plx_db_set_waiting). */
void plx_store_set_waiting(plx_store *store, plx_db_waiting waiting, gpointer data);

/* The answers as a source; the store must outlive it. One thread at a time. `threads` 0: one per
 * core. */
plx_source *plx_store_source(plx_store *store, guint threads);

/* The KEYs of segment.KEY that answers have, sorted; NULL-terminated, for g_strfreev. Errors:
 * PLX_ERROR_IO. */
char **plx_store_segments(plx_store *store, GError **error);

/* What the workspace holds. */
struct plx_store_info {
    guint64 observations, encounters, respondents, bytes;
    guint64 encounters_unknown; /* of nobody known: not of those respondents */
    guint schema_version, maps, imports, inbox, steps, suggestion_acts;
    guint links, waiting; /* to forms; anonymous answers that are not in the inbox yet */
};
gboolean plx_store_info(plx_store *store, guint threads, struct plx_store_info *info,
                        GError **error);
