/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* API tokens: what programs show instead of a password. Shown once ("plx_" and a ticket), kept as a
 * hash; known to people by name and first characters. What writes does so within the caller's write
 * transaction. Test: tests/store/test_api_tokens.c. */

#include "store/store.h"
#include "store/ticket.h"

#define PLX_API_TOKEN_BEGIN "plx_"
enum { PLX_API_TOKEN_LENGTH = 4 + PLX_TICKET_LENGTH };

/* What a token may; each only that. */
enum plx_scope {
    PLX_SCOPE_COLLECT = 1 << 0, /* put answers in */
    PLX_SCOPE_READ = 1 << 1     /* readings */
};
#define PLX_SCOPE_WORDS "collect read"
/* "collect read", to be freed. */
char *plx_scopes_text(guint scopes);
/* Errors: PLX_ERROR_USAGE for an unknown word, or none. */
gboolean plx_scopes_read(const char *const *words, guint *scopes, GError **error);

typedef struct plx_api_token plx_api_token;
struct plx_api_token {
    gint64 id;
    char *name, *prefix; /* "till 3", "plx_Ab3x" */
    guint8 hash[PLX_TICKET_HASH];
    guint scopes;
    gint64 created, expires; /* seconds UTC */
    gboolean revoked;
    gint64 used; /* day, or -1: never */
};
void plx_api_token_free(plx_api_token *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_api_token, plx_api_token_free)

/* A new one of name, scopes, created and expires; sets the rest. Returns what is shown, to be freed
 * by plx_ticket_free. */
char *plx_api_tokens_new(plx_store *store, plx_api_token *token, GError **error);
/* By number, revoked ones too: plx_api_token. */
GPtrArray *plx_api_tokens_list(plx_store *store, GError **error);
/* Errors: PLX_ERROR_NOT_FOUND, also for one that is revoked or expired by `now`. */
plx_api_token *plx_api_tokens_by_hash(plx_store *store, const guint8 hash[PLX_TICKET_HASH],
                                      gint64 now, GError **error);
/* Errors: PLX_ERROR_NOT_FOUND where it is not, or is revoked already. */
gboolean plx_api_tokens_revoke(plx_store *store, gint64 id, GError **error);
/* It was used on this day. */
gboolean plx_api_tokens_use(plx_store *store, gint64 id, gint64 day, GError **error);
