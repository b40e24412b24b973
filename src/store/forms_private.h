/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What links.c, forms.c and sealing.c share. */

#include "store/forms.h"
#include "store/store_private.h"

#define PLX_FORM_KEY 32 /* bytes of a hash of a token */

/* What a token is hashed for: hashes for different ends cannot be compared. */
void plx_form_key(const plx_store *store, const char *end, const char *token,
                  guint8 key[PLX_FORM_KEY]);
#define PLX_KEY_ADDRESS "address"
#define PLX_KEY_DRAFT "draft"
#define PLX_KEY_LOCK "lock"
#define PLX_KEY_RECEIPT "receipt"

/* Runs a statement of one parameter, a key; *changed (may be NULL): were there such rows? */
gboolean plx_form_drop(plx_db *db, const char *sql, const guint8 key[PLX_FORM_KEY],
                       gboolean *changed, GError **error);

/* Within the transaction: one more form was completed by this link and, of `single`, this address,
 * which is taken away. */
gboolean plx_links_use(plx_store *store, const struct plx_link *link, const char *address,
                       GError **error);

/* Puts an answer to the others that wait. */
gboolean plx_sealing_add(plx_db *db, const char *audience, const char *body, GError **error);
/* Are all that wait there, and whole? */
gboolean plx_sealing_check(plx_store *store, GError **error);
