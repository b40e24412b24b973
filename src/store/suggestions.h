/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was done to suggestions and complaints, in the order in which it was done; nothing is ever
 * changed or taken away. Their words are notes of the answers and not kept here, and the number of
 * one (reading/letters.h) does not give them away, so erasing people leaves nothing of them
 * behind. What an act says is text here: step/suggestion.h makes and reads it.
 * Test: tests/store/test_suggestions.c. */

#include "store/act.h"
#include "store/store.h"

#define PLX_SUGGESTIONS_KEY 16 /* bytes */

/* All acts, oldest first: struct plx_act, "answer" and "link"; `about` is the number of the
 * suggestion as a signed one. Also what parallax check does. */
GPtrArray *plx_suggestions_read(plx_store *store, GError **error);

/* Adds one, or all of `n` acts or none. Their `number` is the last one's that the caller has seen
 * (0: there was none), of each the same. Errors: PLX_ERROR_IO when another program added one
 * meanwhile. */
gboolean plx_suggestions_add(plx_store *store, const struct plx_act *acts, guint n, GError **error);

/* A private link that a form gave out: the hash of its token (plx_suggestions_token) and the
 * suggestion, in no order of coming and without a time, as the answer itself may still wait for
 * others. Within the caller's write transaction. */
gboolean plx_suggestions_link_within(plx_store *store, const char *hash, guint64 suggestion,
                                     GError **error);
/* The suggestion of such a link; *found is FALSE when no form gave it out. */
gboolean plx_suggestions_of_link(plx_store *store, const char *hash, gboolean *found,
                                 guint64 *suggestion, GError **error);

/* The suggestions of all such links, guint64, in no order; to be unreffed. */
GArray *plx_suggestions_awaited(plx_store *store, GError **error);

/* How many acts there are. */
gboolean plx_suggestions_count(plx_store *store, gint64 *acts, GError **error);

/* What suggestions of this workspace are numbered with: its secret. */
void plx_suggestions_key(const plx_store *store, guint8 key[PLX_SUGGESTIONS_KEY]);

/* A new token of 128 random bits as 32 hexadecimal digits, to be freed; *hash is what is kept of
 * it: BLAKE2b of its digits, 64 hexadecimal digits. */
char *plx_suggestions_token(char **hash);
/* The same of a token that somebody shows; to be freed. */
char *plx_suggestions_hash(const char *token);
