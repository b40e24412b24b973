/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* ID tokens of OpenID Connect Core 1.0 (section 3.1.3.7): a JSON Web Token (RFC 7519) signed with
 * RS256 (RFC 7518) by a key of the provider's set (RFC 7517). Strict: one signature, that algorithm
 * and no other, RSA keys from 2048 bits on, "crit" refused. Pure.
 * Tests: tests/serve/test_oidc_token.c, fuzz/fuzz_oidc_token.c. */

#include <glib.h>

/* What must be in it. */
struct plx_oidc_expected {
    const char *issuer, *client, *nonce;
    gint64 now; /* seconds UTC; a minute of difference between clocks is borne */
};

struct plx_oidc_person {
    char *sub;
    char *email; /* NULL when there is none or the provider did not verify it */
    char *name;  /* or NULL */
};
void plx_oidc_person_clear(struct plx_oidc_person *person);

/* `keys` is the text of a JWK set. Errors: PLX_ERROR_INPUT; says what is wrong, for the log. */
gboolean plx_oidc_token_verify(const char *token, const char *keys,
                               const struct plx_oidc_expected *expected,
                               struct plx_oidc_person *person, GError **error);
