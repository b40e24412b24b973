/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Signing in at a provider: OpenID Connect Core 1.0, the authorisation code flow with PKCE (RFC
 * 7636, S256), state and nonce. Nonce and verifier are keyed hashes of the state, so that nothing
 * is kept of a login that nobody finishes; the state is a ticket in the browser's cookie.
 * Test: tests/serve/test_oidc.c, with a provider of its own. */

#include "serve/oidc_token.h"

struct plx_oidc_options {
    const char *issuer; /* "https://id.example.org" */
    const char *client; /* our id there */
    const char *secret; /* or NULL: a public client */
};

typedef struct plx_oidc plx_oidc;
/* `base_url` is where we are. The provider is not asked yet. Errors: PLX_ERROR_USAGE for an issuer
 * that is neither https nor on this machine. */
plx_oidc *plx_oidc_new(const struct plx_oidc_options *options, const char *base_url,
                       GError **error);
void plx_oidc_free(plx_oidc *oidc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_oidc, plx_oidc_free)

const char *plx_oidc_issuer(const plx_oidc *oidc);

#define PLX_OIDC_BACK "/login/oidc/back" /* where the provider sends people back to */

/* Where the browser goes to, to be freed. `state` is a new ticket. What follows waits for the
 * provider, up to ten seconds, on a worker; what it says of itself one thread alone asks for.
 * Errors: PLX_ERROR_IO: the provider cannot be reached, could not some seconds ago, or is being
 * asked; PLX_ERROR_INPUT: it says nonsense. */
char *plx_oidc_begin(plx_oidc *oidc, const char *state, GError **error);
/* Who came back with this code. */
gboolean plx_oidc_finish(plx_oidc *oidc, const char *state, const char *code, gint64 now,
                         struct plx_oidc_person *person, GError **error);
