/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What programs sent with a key of their own (Idempotency-Key), so that sending it again does
 * nothing.
 *
 * Keys are random: an index of them in the file would have every request write a page of its own,
 * sixteen kilobytes for an answer of a hundred bytes. So the file has them in the order of their
 * coming, and where they are is known in memory: 8 to 22 bytes for each, read from the file when
 * first asked for, and what other processes added before every question. Test:
 * tests/store/test_requests.c. */

#include "store/store.h"

#define PLX_REQUEST_HASH 16
#define PLX_REQUEST_DAYS 7

struct plx_request {
    guint8 key[PLX_REQUEST_HASH];    /* of who sent it and its key */
    guint8 body[PLX_REQUEST_HASH];   /* of what was sent */
    gint64 encounters, observations; /* that came of it */
};

/* Fills the hashes. `sender` tells programs apart: their keys never meet. */
void plx_request_hash(struct plx_request *request, gint64 sender, const char *key, const void *body,
                      gsize length);

/* Within the caller's transaction, which ends with plx_store_end. Was it carried out before? Then
 * *request says what came of it. Errors: PLX_ERROR_USAGE when the key was used for something else;
 * PLX_ERROR_IO. */
gboolean plx_requests_find_within(plx_store *store, struct plx_request *request, gboolean *found,
                                  GError **error);
/* Notes that it was, on a day: the last that may fail in what is undone alone. The row is written
 * when the transaction ends. */
gboolean plx_requests_add_within(plx_store *store, const struct plx_request *request, gint32 day,
                                 GError **error);
/* Once a day, in no transaction: drops those that are older than PLX_REQUEST_DAYS. */
gboolean plx_requests_purge(plx_store *store, gint32 day, GError **error);
