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

#include "store/store.h"
#include "voice/sink.h"

enum plx_import_repeat {
    PLX_REPEAT_REFUSE,
    PLX_REPEAT_REPLACE,  /* the new content of keys that are there already is taken */
    PLX_REPEAT_ONLY_NEW, /* rows that are there already are left out */
    PLX_REPEAT_ALLOW     /* rows that look the same are taken as new */
};

/* Called from the first reading thread now and then: rows so far, the reader's block that they are
 * from; and from plx_import_finish, with block 0, until the last moment. FALSE: give up. */
typedef gboolean (*plx_import_tick)(guint64 rows, guint64 block, gpointer data);

struct plx_import_options {
    const char *file;    /* as the user named it */
    const char *dataset; /* scopes its keys */
    const char *recipe;  /* or NULL */
    enum plx_import_repeat repeat;
    gboolean dry_run;             /* finish says what would happen, and nothing does */
    guint n_workers;              /* threads that will add */
    const struct plx_need *needs; /* whose answer is kept for the first reader; may be none */
    guint n_needs;
    plx_import_tick tick; /* or NULL */
    gpointer tick_data;
};

/* What happened. */
struct plx_import_outcome {
    gint64 import;        /* its number; 0: nothing was changed */
    gboolean same;        /* all of it was there already */
    guint64 observations; /* taken */
    guint64 known;        /* left out: there already, with the same content */
    guint64 replaced;     /* taken in place of others */
    guint64 repeated;     /* taken although they look like some that are there */
};

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

/* What the reader found, for the record. */
struct plx_import_summary {
    guint64 rows, rejected, duplicates;
};
gboolean plx_import_finish(plx_import *import, const struct plx_import_summary *summary,
                           struct plx_import_outcome *outcome, GError **error);
