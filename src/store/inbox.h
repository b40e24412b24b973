/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers as they arrive: durable rows first, sealed into blocks when there are enough of them.
 *
 * What plx_inbox_append returned TRUE for is on the disk; readings see it at once. Rows lie in
 * table `inbox` as plain columns (docs/file-format.md, "Inbox"); sealing moves them into blocks of
 * one import of the kind 'inbox'. Test: tests/store/test_inbox.c. */

#include "store/store.h"
#include "voice/batch.h"

/* Rows that make a sealing worth while. */
#define PLX_INBOX_ROWS PLX_BATCH_ROWS

/* Errors: PLX_ERROR_IO, also when another program put another map in force since the store was
 * opened; PLX_ERROR_INPUT for a measure or segment too many.
 *
 * Appends batches, each with all that its rows say (voice/batch.h), in one transaction: many
 * batches, one wait for the disk. Seals when there are enough rows. */
gboolean plx_inbox_append(plx_store *store, const struct plx_batch *batches, guint n,
                          GError **error);

/* The same within the caller's transaction, which plx_store_end (store.h) ends. */
gboolean plx_inbox_append_within(plx_store *store, const struct plx_batch *batches, guint n,
                                 GError **error);

/* Seals all there is, whatever how few; *observations: how many. */
gboolean plx_inbox_seal(plx_store *store, guint64 *observations, GError **error);
