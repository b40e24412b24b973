/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What programs sent with a key of their own (Idempotency-Key), so that sending it again does
 * nothing. Test: tests/store/test_requests.c. */

#include "store/store.h"

#define PLX_REQUEST_HASH 32
#define PLX_REQUEST_DAYS 7

struct plx_request {
    guint8 key[PLX_REQUEST_HASH];    /* of who sent it and its key */
    guint8 body[PLX_REQUEST_HASH];   /* of what was sent */
    gint64 encounters, observations; /* that came of it */
};

/* Fills the hashes. `sender` tells programs apart: their keys never meet. */
void plx_request_hash(struct plx_request *request, gint64 sender, const char *key, const void *body,
                      gsize length);

/* Within the caller's transaction. Was it carried out before? Then *request says what came of it.
 * Errors: PLX_ERROR_USAGE when the key was used for something else; PLX_ERROR_IO. */
gboolean plx_requests_find_within(plx_store *store, struct plx_request *request, gboolean *found,
                                  GError **error);
/* Notes that it was, on a day; drops those that are older than PLX_REQUEST_DAYS. */
gboolean plx_requests_add_within(plx_store *store, const struct plx_request *request, gint32 day,
                                 GError **error);
