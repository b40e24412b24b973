/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Bodies of table `inbox`, for those who read all rows (scan.c) and for inbox.c. */

#include "store/inbox.h"
#include "store/rowset.h"
#include "store/store_private.h"

/* Rows (codes of the file) as a body, and appended back to rows that have room. Columns of
 * measures have the codes of the file: `measure_code` by number on the map, `measure` back. */
void plx_inbox_write(const struct plx_rowset *rows, const guint32 *measure_code, GByteArray *out);
gboolean plx_inbox_read(plx_db *db, const guint8 *body, gsize size,
                        const struct plx_lexicon *lexicon, gboolean raw, struct plx_rowset *rows,
                        GError **error);

/* Fills `rows` (emptied first) with the next rows of the inbox behind *after, as many as fit;
 * *after becomes the last id read. No rows: there are no more. Within the caller's transaction. */
gboolean plx_inbox_next(plx_store *store, const struct plx_lexicon *lexicon, gboolean raw,
                        gint64 *after, struct plx_rowset *rows, GError **error);

/* The same as plx_inbox_seal within the caller's transaction. */
gboolean plx_inbox_seal_within(plx_store *store, guint64 *observations, GError **error);
